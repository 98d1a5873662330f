internal import CMonitoringShims

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Waits by `epoll`: what it costs does not grow with the number of descriptors.
final class EpollPoller: Poller {
    private static let capacity = 256

    private let descriptor: Int32
    private var events = [monitoring_event](repeating: monitoring_event(), count: EpollPoller.capacity)

    /// Makes a poller; `nil` where the system has no epoll, or no descriptors left.
    init?() {
        descriptor = monitoring_epoll()
        if descriptor < 0 { return nil }
    }

    deinit { close(descriptor) }

    func watch(_ descriptor: Int32, token: UInt64, for interest: Readiness, isKnown: Bool) -> Bool {
        monitoring_epoll_set(self.descriptor, descriptor, token, interest.rawValue, isKnown ? 1 : 0) == 0
    }

    func forget(_ descriptor: Int32) { _ = monitoring_epoll_remove(self.descriptor, descriptor) }

    func wait(milliseconds: Int32, _ body: (_ token: UInt64, _ ready: Readiness) -> Void) {
        let count = unsafe monitoring_epoll_wait(descriptor, &events, Int32(Self.capacity), milliseconds)
        for index in 0..<max(0, Int(count)) {
            body(events[index].token, Readiness(rawValue: events[index].readiness))
        }
    }
}
