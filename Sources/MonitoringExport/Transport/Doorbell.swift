internal import MonitoringCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Something that a thread can wait for beside a socket, and that another thread rings.
final class Doorbell: Sendable {
    /// Becomes readable once it has rung, and stays so.
    let descriptor: Int32
    private let button: Int32

    /// Makes a doorbell; `nil` when there are no more descriptors.
    init?() {
        guard let (descriptor, button) = SocketPlatform.makePair() else { return nil }
        self.descriptor = descriptor
        self.button = button
    }

    deinit {
        close(descriptor)
        close(button)
    }

    /// Rings.
    ///
    /// May be called from any thread, any number of times.
    func ring() {
        var byte: UInt8 = 1
        _ = unsafe send(button, &byte, 1, SocketPlatform.sendFlags)
    }
}

/// What a thread waited for.
enum Readiness {
    /// The descriptor has one of the events, or has failed.
    case ready(events: Int16)
    /// The time is over.
    case timeout
    /// The doorbell rang.
    case rang
}

extension Doorbell {
    /// Waits on this thread for a descriptor, the doorbell or the deadline; the bell is heard before the descriptor.
    ///
    /// - Parameters:
    ///   - other: The descriptor to wait for beside the doorbell.
    ///   - events: The events of `poll` to wait for.
    ///   - deadline: A monotonic time in nanoseconds.
    /// - Returns: What came first.
    func wait(for other: Int32, events: Int16, until deadline: UInt64) -> Readiness {
        var descriptors: (pollfd, pollfd) = (
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0), pollfd(fd: other, events: events, revents: 0)
        )
        while true {
            let now = SystemClock().monotonicNanoseconds
            guard now < deadline else { return .timeout }
            let milliseconds = Int32(clamping: (deadline - now + 999_999) / 1_000_000)
            let count = unsafe withUnsafeMutablePointer(to: &descriptors) { pointer in
                unsafe pointer.withMemoryRebound(to: pollfd.self, capacity: 2) { unsafe poll($0, 2, milliseconds) }
            }
            if count < 0 && errno != EINTR { return .ready(events: Int16(POLLERR)) }
            guard count > 0 else { continue }
            if descriptors.0.revents != 0 { return .rang }
            if descriptors.1.revents != 0 { return .ready(events: descriptors.1.revents) }
        }
    }
}
