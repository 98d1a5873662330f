import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A receiver of OTLP/HTTP on loopback that reads nothing but names, and accepts everything.
///
/// A request counts once all of it is there.
final class Receiver: Sendable {
    let port: UInt16
    let tally = Tally()
    private let listener: Int32

    init?() {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isOpen = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(listener, address, size) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard isOpen else { return nil }
        port = UInt16(bigEndian: address.sin_port)
    }

    /// Accepts until the process ends, each connection on a thread of its own.
    func start(_ onThread: @escaping (@escaping @Sendable () -> Void) -> Void) {
        onThread { [self] in
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { continue }
                Receiver.thread { [self] in
                    serve(connection)
                    close(connection)
                }
            }
        }
    }

    private func serve(_ connection: Int32) {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            while let request = Request(bytes) {
                let body = bytes[request.body]
                tally.add(SpanNames.spans(in: body), resource: SpanNames.resource(in: body))
                bytes.removeFirst(request.body.upperBound)
                let answer = Array(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}".utf8)
                guard unsafe send(connection, answer, answer.count, Int32(MSG_NOSIGNAL)) == answer.count else {
                    return
                }
            }
            let count = unsafe recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            bytes += chunk[..<count]
        }
    }

    static func thread(_ body: @escaping @Sendable () -> Void) {
        Thread.detachNewThread(body)
    }
}

/// Where the body of the first whole request in some bytes lies.
private struct Request {
    private static let headEnd = ByteSearch("\r\n\r\n")
    let body: Range<Int>

    init?(_ bytes: [UInt8]) {
        guard let end = Self.headEnd.first(in: bytes[...]) else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
        guard let field = head.split(separator: "\r\n").first(where: { $0.hasPrefix("content-length:") }),
            let length = Int(field.dropFirst("content-length:".count).drop { $0 == " " }),
            bytes.count >= end + 4 + length
        else { return nil }
        body = end + 4..<end + 4 + length
    }
}
