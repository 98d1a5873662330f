internal import CMonitoringShims

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A socket that takes connections, closed with its last owner.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    /// Where it listens.
    let address: PeerAddress

    private init(descriptor: Int32, address: PeerAddress) {
        self.descriptor = descriptor
        self.address = address
    }

    deinit { close(descriptor) }

    /// Takes no more connections, while others may still hold the socket.
    func silence() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Listens.
    ///
    /// - Parameters:
    ///   - host: An address, or a name that leads to one.
    ///   - port: The port; 0 for any that is free.
    /// - Returns: The socket.
    /// - Throws: What kept the last address from being listened on.
    static func open(host: String, port: Int) throws(ServerError) -> ListeningSocket {
        guard let number = UInt16(exactly: port) else { throw .badPort(port) }
        var failure = ServerError.badAddress
        for address in ListenAddress.lookUp(host, port: number) {
            switch listen(on: address) {
            case .success(let socket): return socket
            case .failure(let cause): failure = .listening(port: port, cause.code)
            }
        }
        throw failure
    }

    private struct Cause: Error {
        let code: Int32
    }

    private static func listen(on address: ListenAddress) -> Result<ListeningSocket, Cause> {
        let descriptor = monitoring_socket(address.family)
        guard descriptor >= 0 else { return .failure(Cause(code: errno)) }
        var isKept = false
        defer { if !isKept { close(descriptor) } }
        if address.family == AF_INET6 {
            var off: Int32 = 0
            _ = unsafe setsockopt(
                descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &off, socklen_t(MemoryLayout<Int32>.size))
        }
        let bound = unsafe address.bytes.withUnsafeBytes { bytes -> Int32 in
            guard let base = bytes.baseAddress else { return -1 }
            return unsafe bind(descriptor, base.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
        guard bound == 0, startListening(descriptor) == 0 else { return .failure(Cause(code: errno)) }
        guard let address = boundAddress(of: descriptor) else { return .failure(Cause(code: EINVAL)) }
        isKept = true
        return .success(ListeningSocket(descriptor: descriptor, address: address))
    }

    private static func startListening(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.listen(descriptor, SOMAXCONN)
        #elseif canImport(Musl)
            Musl.listen(descriptor, SOMAXCONN)
        #else
            Darwin.listen(descriptor, SOMAXCONN)
        #endif
    }

    private static func boundAddress(of descriptor: Int32) -> PeerAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let status = unsafe withUnsafeMutableBytes(of: &storage) { bytes in
            let address = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return unsafe getsockname(descriptor, address, &length)
        }
        return status == 0 ? PeerAddress(storage) : nil
    }
}

extension ServerError {
    static let badAddress = ServerError(
        .badAddress,
        "the host to listen on is no address of this machine, and no name that leads to one",
        fix: "use 127.0.0.1 for this machine alone, 0.0.0.0 or :: for every network"
    )

    static func badPort(_ port: Int) -> ServerError {
        ServerError(.badPort, "\(port) is no port", fix: "use 1 to 65535, or 0 for any that is free")
    }

    static func listening(port: Int, _ code: Int32) -> ServerError {
        switch code {
        case EADDRINUSE:
            ServerError(
                .portInUse,
                "port \(port) is in use",
                fix: "use another port, or 0 for any that is free, or stop who listens there"
            )
        case EACCES, EPERM:
            ServerError(
                .notPermitted,
                "this process may not listen on port \(port)",
                fix: "use a port from 1024 on"
            )
        case EADDRNOTAVAIL, EAFNOSUPPORT: .badAddress
        default: .noResources(code)
        }
    }

    static let stopping = ServerError(.stopping, "the server is being stopped", fix: "wait for the stop to return")

    static func noResources(_ code: Int32) -> ServerError {
        ServerError(
            .noResources,
            "the system has nothing left to listen with (errno \(code))",
            fix: "raise the limits of the process, of open files first"
        )
    }
}
