import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A blocking TCP client of 127.0.0.1 that knows nothing of HTTP.
final class PlainClient {
    struct Failure: Error, Equatable {
        let code: Int32
    }

    private let descriptor: Int32

    init(port: UInt16) throws(Failure) {
        descriptor = Self.open()
        guard systemConnect(descriptor, port) == 0 else { throw Failure(code: errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Whether a connection is established within the milliseconds.
    static func canConnect(port: UInt16, milliseconds: Int32) -> Bool {
        let descriptor = open()
        defer { close(descriptor) }
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        if systemConnect(descriptor, port) == 0 { return true }
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&request, 1, milliseconds) == 1 else { return false }
        var code: Int32 = -1
        var length = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        return code == 0
    }

    func send(_ text: String) throws(Failure) { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws(Failure) {
        var start = 0
        while start < bytes.count {
            let count = write(bytes[start...])
            guard count > 0 else { throw Failure(code: errno) }
            start += count
        }
    }

    /// Writes until the kernel takes no more; false when it took all of the limit.
    func writesUntilBlocked(limit: Int) -> Bool {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        defer { _ = fcntl(descriptor, F_SETFL, 0) }
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 64 * 1024)
        var written = 0
        while written < limit {
            let count = write(piece[...])
            if count < 0 { return errno == EAGAIN }
            written += count
        }
        return false
    }

    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Reads until so many bytes came, or the end.
    func read(atLeast count: Int) throws(Failure) -> [UInt8] {
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16 * 1024)
        while result.count < count {
            let got = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard got >= 0 else { throw Failure(code: errno) }
            if got == 0 { break }
            result += buffer[..<got]
        }
        return result
    }

    /// Reads to the end.
    func readAll() throws(Failure) -> String { String(decoding: try read(atLeast: .max), as: UTF8.self) }

    /// Reads until a text stands at the end of what came.
    func read(until end: String) throws(Failure) -> String {
        var text = ""
        while !text.hasSuffix(end) {
            let more = try read(atLeast: 1)
            if more.isEmpty { break }
            text += String(decoding: more, as: UTF8.self)
        }
        return text
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
