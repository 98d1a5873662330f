#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// An accepted connection, closed with its owner; every wait on it ends when the receiver stops.
struct LoopbackConnection: ~Copyable {
    private let descriptor: Int32
    private let stop: StopSignal

    init(_ descriptor: Int32, stop: StopSignal) {
        self.descriptor = descriptor
        self.stop = stop
        LoopbackSocket.closeOnExec(descriptor)
        LoopbackSocket.doNotBlock(descriptor)
        #if canImport(Darwin)
            var on: Int32 = 1
            _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
        #endif
    }

    deinit {
        close(descriptor)
    }

    /// What came next, at most `limit` bytes; `nil` when the peer is gone or the receiver stops.
    func read(upTo limit: Int = 64 * 1024) -> [UInt8]? {
        while wait(for: POLLIN) {
            var result = 0
            let bytes = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                result = unsafe recv(descriptor, buffer.baseAddress, buffer.count, 0)
                count = max(result, 0)
            }
            if result > 0 { return bytes }
            if result == 0 || errno != EAGAIN { return nil }
        }
        return nil
    }

    /// Writes all bytes; false when the peer is gone or the receiver stops.
    func write(_ bytes: [UInt8]) -> Bool {
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        var start = 0
        while start < bytes.count {
            guard wait(for: POLLOUT) else { return false }
            let count = unsafe bytes[start...].withUnsafeBytes { rest in
                unsafe send(descriptor, rest.baseAddress, rest.count, flags)
            }
            if count < 0, errno != EAGAIN { return false }
            start += max(count, 0)
        }
        return true
    }

    /// Lets some time pass; false when the receiver stops meanwhile.
    func pause(milliseconds: Int32) -> Bool { !stop.wait(milliseconds: milliseconds) }

    /// Has the connection reset, not closed, when it goes.
    func resetAtEnd() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
    }

    private func wait(for event: Int32) -> Bool {
        var requests = [
            pollfd(fd: descriptor, events: Int16(event), revents: 0),
            pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = unsafe poll(&requests, 2, -1)
            if count < 0, errno == EINTR { continue }
            return count > 0 && requests[1].revents == 0
        }
    }
}
