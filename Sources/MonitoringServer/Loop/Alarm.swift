internal import MonitoringCore

/// Wakes the server's thread at a time of a clock that is not the machine's, which the thread cannot wait for itself.
final class Alarm {
    private let clock: any MonitoringClock
    private let mailbox: Mailbox
    private var task: Task<Void, Never>?
    private var time = UInt64.max

    init(_ clock: any MonitoringClock, _ mailbox: Mailbox) {
        self.clock = clock
        self.mailbox = mailbox
    }

    deinit { task?.cancel() }

    /// Has the thread woken at the time, and at no other.
    func set(_ time: UInt64) {
        guard time != self.time || task == nil else { return }
        self.time = time
        task?.cancel()
        task = nil
        guard time < .max else { return }
        task = Task.detached { [clock, mailbox] in
            do { try await clock.sleep(untilMonotonicNanoseconds: time) } catch { return }
            mailbox.post(.alarm)
        }
    }

    /// Says that the time came.
    func rang() {
        task = nil
        time = .max
    }
}
