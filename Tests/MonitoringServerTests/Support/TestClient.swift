import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A TCP client of 127.0.0.1 whose waits end after a minute, and block none of the threads that tasks run on.
final class TestClient: Sendable {
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    let descriptor: Int32
    private let unread = Mutex<[UInt8]>([])

    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = Self.open()
        if var receiveBuffer {
            _ = unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        var patience = timeval(tv_sec: 240, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, option, &patience, socklen_t(MemoryLayout<timeval>.size))
        }
        guard systemConnect(descriptor, UInt16(port)) == 0 else {
            let code = errno
            throw Failure(call: "connect", code: code)
        }
    }

    deinit {
        close(descriptor)
    }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await offPool { [self] in
            var start = 0
            while start < bytes.count {
                let count = write(bytes[start...])
                guard count > 0 else { throw Failure(call: "send", code: errno) }
                start += count
            }
        }
    }

    /// What comes next; empty at the end.
    func read() async throws -> [UInt8] {
        let kept = unread.withLock { unread in
            defer { unread = [] }
            return unread
        }
        if !kept.isEmpty { return kept }
        return try await offPool { [self] in
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { throw Failure(call: "recv", code: errno) }
            return Array(buffer.prefix(count))
        }
    }

    /// Has bytes read again.
    func putBack(_ bytes: [UInt8]) { unread.withLock { $0 = bytes + $0 } }

    func readAll() async throws -> String {
        var all: [UInt8] = []
        while true {
            let more = try await read()
            if more.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += more
        }
    }

    /// Whether the server closed the connection, in order or not.
    func isClosed() async -> Bool {
        do { return try await readAll().isEmpty } catch let failure as Failure {
            return failure.code == ECONNRESET
        } catch { return false }
    }

    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads the next answer, which has no body when it answers HEAD.
    func response(isHead: Bool = false) async throws -> TestResponse {
        var reader = TestResponse.Reader(isHead: isHead)
        while true {
            let bytes = try await read()
            if let (response, rest) = try reader.consume(bytes) {
                putBack(rest)
                return response
            }
        }
    }

    /// Sends a request and reads its answer.
    func get(_ path: String, host: String = "127.0.0.1", _ headers: String...) async throws -> TestResponse {
        let lines = headers.map { $0 + "\r\n" }.joined()
        try await send("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\(lines)\r\n")
        return try await response()
    }

    /// Sends and reads once, on the calling thread.
    func exchange(_ text: String) -> String {
        _ = write(Array(text.utf8)[...])
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
    }

    private func write(_ bytes: ArraySlice<UInt8>) -> Int {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        return unsafe bytes.withUnsafeBytes { unsafe systemSend(descriptor, $0.baseAddress, $0.count, flags) }
    }

    private static func open() -> Int32 {
        #if canImport(Glibc)
            socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }
}

/// Runs what blocks on a thread of its own.
func offPool<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "client").async { continuation.resume(with: Result { try body() }) }
    }
}

private func systemSend(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int, _ flags: Int32) -> Int {
    unsafe send(file, bytes, count, flags)
}

private func systemConnect(_ file: Int32, _ port: UInt16) -> Int32 {
    var address = sockaddr_in()
    #if canImport(Darwin)
        address.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
    #endif
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    return unsafe withUnsafeBytes(of: address) { bytes in
        let peer = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
        return unsafe connect(file, peer, socklen_t(MemoryLayout<sockaddr_in>.size))
    }
}
