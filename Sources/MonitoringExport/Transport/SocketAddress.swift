#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A `sockaddr` as bytes, so that it can be kept and handed over.
struct SocketAddress: Sendable, Hashable {
    /// `AF_INET` or `AF_INET6`.
    let family: Int32
    /// The structure that `connect` takes.
    let bytes: [UInt8]

    /// Looks a host up.
    ///
    /// Blocks unless `numericOnly` is set.
    ///
    /// - Parameters:
    ///   - host: A name or an address.
    ///   - port: The port that the addresses get.
    ///   - numericOnly: Whether only an address is understood, no name.
    /// - Returns: The addresses in the order to try them; empty when there is none.
    static func lookUp(host: String, port: UInt16, numericOnly: Bool) -> [SocketAddress] {
        var hints = unsafe addrinfo()
        #if canImport(Glibc)
            unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            unsafe hints.ai_socktype = SOCK_STREAM
        #endif
        unsafe hints.ai_flags = numericOnly ? AI_NUMERICHOST | AI_NUMERICSERV : AI_NUMERICSERV
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [SocketAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            if let address = unsafe entry.pointee.ai_addr {
                let bytes = unsafe UnsafeRawBufferPointer(start: address, count: Int(entry.pointee.ai_addrlen))
                addresses.append(SocketAddress(family: unsafe entry.pointee.ai_family, bytes: unsafe Array(bytes)))
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses
    }

    /// Begins to connect a socket to the address.
    ///
    /// - Parameter descriptor: A socket that does not block.
    /// - Returns: 0, or the error number; `EINPROGRESS` when the answer has to be waited for.
    func connect(_ descriptor: Int32) -> Int32 {
        let status = unsafe bytes.withUnsafeBytes { buffer -> Int32 in
            guard let base = buffer.baseAddress else { return -1 }
            #if canImport(Glibc)
                return unsafe Glibc.connect(
                    descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
            #elseif canImport(Musl)
                return unsafe Musl.connect(
                    descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
            #else
                return unsafe Darwin.connect(
                    descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(buffer.count))
            #endif
        }
        return status == 0 ? 0 : errno
    }
}
