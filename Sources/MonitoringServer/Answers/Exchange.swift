internal import MonitoringCore

/// One request that is being answered.
///
/// The server's thread alone has it.
final class Exchange {
    /// Where the rest of the body comes from.
    enum Source {
        case none
        case pieces(@Sendable () -> [UInt8]?)
        case channel(BodyChannel)
        /// From nowhere: whoever made it failed.
        case failed(any Error)
    }

    /// Which request of its connection it is, from 1.
    let number: Int
    let isHead: Bool
    let minorVersion: Int
    /// Observes it; `nil` where nobody is to hear of it.
    let operation: Monitor.Operation?
    /// What is asked; `nil` when the request is refused.
    var endpoint: Endpoint?
    /// Makes the answer, or its streamed body.
    var task: Task<Void, Never>?
    /// What the task writes the body to.
    var channel: BodyChannel?
    var source = Source.none
    var framing = ResponseHead.Framing.none
    /// Bytes of the request's body that count against all requests' limit.
    var heldBytes = 0
    /// Bytes of the body that were put out, without frames.
    var bodyBytes = 0

    init(number: Int, _ head: RequestHead, operation: Monitor.Operation?) {
        self.number = number
        self.isHead = head.method == "HEAD"
        self.minorVersion = head.minorVersion
        self.operation = operation
    }

    /// Whether more is to be written than what waits already.
    var hasMore: Bool { if case .none = source { false } else { true } }

    /// Puts a piece of the body into its frame.
    func framed(_ piece: [UInt8]) -> [UInt8] {
        bodyBytes += piece.count
        guard framing == .chunked else { return piece }
        return Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [0x0D, 0x0A]
    }

    /// What ends the body.
    var trailer: [UInt8] { framing == .chunked ? Array("0\r\n\r\n".utf8) : [] }

    /// Ends the operation of an answer that was wholly written.
    func complete() {
        operation?[.responseBodySize] = bodyBytes
        operation?.end()
        stop()
    }

    /// Ends the operation of an answer that was not wholly written.
    ///
    /// - Parameter error: Why; `nil` when the reader is gone, which is nobody's fault.
    func abandon(_ error: (any Error)? = nil) {
        operation?[.responseBodySize] = bodyBytes
        operation?.end(throwing: error ?? CancellationError())
        stop()
    }

    /// Stops whoever makes the body.
    func stop() {
        if let channel { channel.close(cancelling: task) } else { task?.cancel() }
        source = .none
    }
}
