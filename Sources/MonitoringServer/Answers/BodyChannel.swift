internal import MonitoringCore
internal import Synchronization

/// Brings a streamed body from the task that makes it to the server's thread, and holds the task up while the reader is
/// slow.
///
/// It holds at most ``capacity`` bytes and the pieces of those who wait: a task that writes one piece after the other has
/// one there.
final class BodyChannel: EndpointBodyWriter {
    /// What the server's thread takes.
    struct Portion {
        var bytes: [UInt8]
        var end: End?
    }

    /// How a body ended.
    enum End {
        case complete
        case failed(any Error)
    }

    private struct State {
        var bytes: [UInt8] = []
        var end: End?
        var isReaderGone = false
        var isAnnounced = false
        var waiters: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var nextID = 0
        var cancelled: Set<Int> = []
    }

    /// More bytes than these make a writer wait.
    static let capacity = 64 << 10

    private let state = Mutex(State())
    private let announce: @Sendable () -> Void

    /// Makes a channel.
    ///
    /// - Parameter announce: Called when there is something to take, not again before it was taken.
    init(announce: @escaping @Sendable () -> Void) { self.announce = announce }

    func write(_ bytes: [UInt8]) async throws {
        let id: Int? = try append(bytes)
        guard let id else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in enlist(id, continuation) }
        } onCancel: {
            cancel(id)
        }
    }

    /// Says that nothing comes after what was written.
    func finish(throwing error: (any Error)? = nil) {
        let announces = state.withLock { state in
            guard state.end == nil, !state.isReaderGone else { return false }
            state.end = error.map { .failed($0) } ?? .complete
            return Self.noteAnnouncement(&state)
        }
        if announces { announce() }
    }

    /// What has come since the last time; on the server's thread.
    func take() -> Portion {
        let (portion, waiters) = state.withLock { state in
            let portion = Portion(bytes: state.bytes, end: state.end)
            state.bytes = []
            state.isAnnounced = false
            defer { state.waiters = [] }
            return (portion, state.waiters)
        }
        for waiter in waiters { waiter.continuation.resume() }
        return portion
    }

    /// Says that nobody reads any more: writers, waiting or to come, are told.
    ///
    /// - Parameter task: Cancelled before anybody is told.
    func close(cancelling task: Task<Void, Never>? = nil) {
        let waiters = state.withLock { state in
            state.isReaderGone = true
            state.bytes = []
            defer { state.waiters = [] }
            return state.waiters
        }
        task?.cancel()
        for waiter in waiters { waiter.continuation.resume(throwing: EndpointServer.ReaderGone()) }
    }

    /// Whether nobody reads any more.
    var isReaderGone: Bool { state.withLock(\.isReaderGone) }

    /// Appends a piece.
    ///
    /// - Returns: A number to wait with; `nil` when there is no need to wait.
    private func append(_ bytes: [UInt8]) throws -> Int? {
        let (id, announces) = try state.withLock { state -> (Int?, Bool) in
            if state.isReaderGone { throw EndpointServer.ReaderGone() }
            try Task.checkCancellation()
            guard !bytes.isEmpty, state.end == nil else { return (nil, false) }
            state.bytes += bytes
            let announces = Self.noteAnnouncement(&state)
            guard state.bytes.count > Self.capacity else { return (nil, announces) }
            state.nextID += 1
            return (state.nextID, announces)
        }
        if announces { announce() }
        return id
    }

    private static func noteAnnouncement(_ state: inout State) -> Bool {
        defer { state.isAnnounced = true }
        return !state.isAnnounced
    }

    private func enlist(_ id: Int, _ continuation: CheckedContinuation<Void, any Error>) {
        let result: Result<Void, any Error>? = state.withLock { state in
            if state.isReaderGone { return .failure(EndpointServer.ReaderGone()) }
            if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
            // What was to be waited for may have been taken meanwhile.
            if state.bytes.count <= Self.capacity { return .success(()) }
            state.waiters.append((id, continuation))
            return nil
        }
        if let result { continuation.resume(with: result) }
    }

    private func cancel(_ id: Int) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                state.cancelled.insert(id)
                return nil
            }
            return state.waiters.remove(at: index).continuation
        }
        continuation?.resume(throwing: CancellationError())
    }
}

extension EndpointServer {
    /// What writing a streamed body throws when nobody reads it any more.
    public struct ReaderGone: Error, Sendable, Hashable, CustomStringConvertible {
        /// One line.
        public var description: String { "the reader of the body is gone" }
    }
}
