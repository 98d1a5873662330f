internal import CMonitoringShims

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Waits by `poll`, which every system has, at a cost that grows with the number of descriptors.
final class PollPoller: Poller {
    private struct Watch {
        let token: UInt64
        let interest: Readiness
    }

    private var entries: [pollfd] = []
    private var watches: [Watch] = []
    private var places: [Int32: Int] = [:]

    func watch(_ descriptor: Int32, token: UInt64, for interest: Readiness, isKnown: Bool) -> Bool {
        let entry = pollfd(fd: descriptor, events: monitoring_poll_events(interest.rawValue), revents: 0)
        let watch = Watch(token: token, interest: interest)
        if let place = places[descriptor] {
            entries[place] = entry
            watches[place] = watch
        } else {
            places[descriptor] = entries.count
            entries.append(entry)
            watches.append(watch)
        }
        return true
    }

    func forget(_ descriptor: Int32) {
        guard let place = places.removeValue(forKey: descriptor) else { return }
        let last = entries.count - 1
        if place != last {
            entries[place] = entries[last]
            watches[place] = watches[last]
            places[entries[place].fd] = place
        }
        entries.removeLast()
        watches.removeLast()
    }

    func wait(milliseconds: Int32, _ body: (_ token: UInt64, _ ready: Readiness) -> Void) {
        guard unsafe poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return }
        // Collected first: the body changes the lists.
        let ready = entries.indices.compactMap { index -> (UInt64, Readiness)? in
            guard entries[index].revents != 0 else { return nil }
            let watch = watches[index]
            let bits = monitoring_poll_readiness(entries[index].revents, watch.interest.rawValue)
            return (watch.token, Readiness(rawValue: bits))
        }
        for (token, readiness) in ready { body(token, readiness) }
    }
}
