import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Ends every wait of a receiver's threads: a pipe whose write end is closed when it is time.
final class StopSignal: Sendable {
    /// Becomes readable when it is time to stop, and stays so; open as long as the signal lives.
    let descriptor: Int32
    private let writeEnd: Mutex<Int32?>

    init() throws(ReceiverError) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw ReceiverError(call: "pipe", code: errno) }
        for end in ends { LoopbackSocket.closeOnExec(end) }
        descriptor = ends[0]
        writeEnd = Mutex(ends[1])
    }

    deinit {
        raise()
        close(descriptor)
    }

    /// Lets some time pass; true when it was time to stop meanwhile.
    @discardableResult
    func wait(milliseconds: Int32) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&request, 1, milliseconds) > 0
    }

    /// Tells everybody to stop; later calls do nothing.
    func raise() {
        let end = writeEnd.withLock { end in
            defer { end = nil }
            return end
        }
        if let end { close(end) }
    }
}
