#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A listening socket whose backlog is full of connections that nobody accepts.
struct CrowdedSocket: ~Copyable, Sendable {
    private let socket: LoopbackSocket
    private let crowd: [Int32]

    /// The port it listens on.
    var port: UInt16 { socket.port }

    init(port: UInt16) throws(ReceiverError) {
        let socket = try LoopbackSocket(port: port)
        try socket.listen(backlog: 1)
        let port = socket.port
        crowd = try (0..<8).map { _ throws(ReceiverError) in try Self.connect(to: port) }
        self.socket = socket
    }

    deinit {
        for descriptor in crowd { close(descriptor) }
    }

    /// Connects without waiting: the first few get in, the others stay outside.
    private static func connect(to port: UInt16) throws(ReceiverError) -> Int32 {
        let descriptor = try LoopbackSocket.open()
        LoopbackSocket.doNotBlock(descriptor)
        let address = LoopbackSocket.address(port)
        unsafe withUnsafeBytes(of: address) { bytes in
            #if canImport(Glibc)
                let connect = unsafe Glibc.connect
            #elseif canImport(Musl)
                let connect = unsafe Musl.connect
            #else
                let connect = unsafe Darwin.connect
            #endif
            let peer = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            _ = unsafe connect(descriptor, peer, LoopbackSocket.addressLength)
        }
        return descriptor
    }
}
