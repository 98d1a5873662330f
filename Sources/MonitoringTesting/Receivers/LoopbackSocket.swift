#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A TCP socket that is bound to 127.0.0.1, closed with its owner.
struct LoopbackSocket: ~Copyable, Sendable {
    let descriptor: Int32
    /// The port it is bound to.
    let port: UInt16

    /// Binds to a port, 0 for a free one, and does not listen yet: connecting is refused, and nobody else gets the port.
    ///
    /// Reusable means that another socket can have the port when this one is gone, though connections linger on it.
    init(port: UInt16 = 0, isReusable: Bool = true) throws(ReceiverError) {
        let descriptor = try Self.open()
        var on: Int32 = isReusable ? 1 : 0
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
        let address = Self.address(port)
        let bound = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe bind(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, Self.addressLength)
        }
        guard bound == 0 else {
            let code = errno
            close(descriptor)
            throw ReceiverError(call: "bind", code: code)
        }
        self.descriptor = descriptor
        self.port = Self.boundPort(of: descriptor)
    }

    deinit {
        close(descriptor)
    }

    /// Starts to take connections, of which `backlog` may wait to be accepted.
    func listen(backlog: Int32) throws(ReceiverError) {
        #if canImport(Glibc)
            let result = Glibc.listen(descriptor, backlog)
        #elseif canImport(Musl)
            let result = Musl.listen(descriptor, backlog)
        #else
            let result = Darwin.listen(descriptor, backlog)
        #endif
        guard result == 0 else { throw ReceiverError(call: "listen", code: errno) }
    }

    /// Makes the kernel take little in advance, so that a slow reader is felt by the writer.
    func shrinkReceiveBuffer() {
        var size: Int32 = 1024
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Opens a socket that no child process inherits.
    static func open() throws(ReceiverError) -> Int32 {
        #if canImport(Glibc)
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #endif
        guard descriptor >= 0 else { throw ReceiverError(call: "socket", code: errno) }
        closeOnExec(descriptor)
        return descriptor
    }

    static func closeOnExec(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    static func doNotBlock(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    static let addressLength = socklen_t(MemoryLayout<sockaddr_in>.size)

    static func address(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        #if canImport(Darwin)
            address.sin_len = UInt8(addressLength)
        #endif
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func boundPort(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var length = addressLength
        unsafe withUnsafeMutableBytes(of: &address) { bytes in
            _ = unsafe getsockname(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        return UInt16(bigEndian: address.sin_port)
    }
}
