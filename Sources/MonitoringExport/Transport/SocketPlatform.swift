#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The socket calls that differ between platforms, with descriptors that no child inherits and that never block.
enum SocketPlatform {
    #if os(Linux)
        private static let flags: Int32 = 0o2_000_000 | 0o4_000  // SOCK_CLOEXEC | SOCK_NONBLOCK
        /// Keeps a write to a closed connection from raising SIGPIPE.
        static let sendFlags = Int32(MSG_NOSIGNAL)
    #else
        private static let flags: Int32 = 0
        /// Nothing: the socket itself is told.
        static let sendFlags: Int32 = 0
    #endif

    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
    #else
        private static let stream = SOCK_STREAM
    #endif

    /// A stream socket, or -1 with `errno` set.
    static func makeSocket(family: Int32) -> Int32 {
        let descriptor = socket(family, stream | flags, 0)
        if descriptor >= 0 { prepare(descriptor) }
        return descriptor
    }

    /// Two sockets joined to each other, or `nil` when there are no more descriptors.
    static func makePair() -> (Int32, Int32)? {
        var pair: (Int32, Int32) = (-1, -1)
        let status = unsafe withUnsafeMutablePointer(to: &pair) { pointer in
            unsafe pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
                unsafe socketpair(AF_UNIX, stream | flags, 0, $0)
            }
        }
        guard status == 0 else { return nil }
        prepare(pair.0)
        prepare(pair.1)
        return pair
    }

    private static func prepare(_ descriptor: Int32) {
        #if !os(Linux)
            var one: Int32 = 1
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            _ = unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_NOSIGPIPE, &one, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }
}
