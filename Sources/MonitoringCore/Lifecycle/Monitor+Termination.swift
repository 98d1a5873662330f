internal import CMonitoringShims
import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Monitor {
    /// Has the monitor shut down when the process is asked to end, for hosts that do not hear SIGTERM themselves.
    ///
    /// At the first SIGTERM or SIGINT it shuts down within the limit, and then the process ends as the signal has it; at the second
    /// it ends at once. A signal that the host handles or ignores by then is left to it. To be called once, after the start;
    /// on a monitor that is off it does nothing.
    ///
    /// - Parameter limit: How long the shutdown may take.
    public func shutDownOnTermination(within limit: Duration = .seconds(5)) {
        guard isOn else { return }
        let watch = TerminationWatch { [self] in await shutdown(within: limit) }
        for number in [SIGTERM, SIGINT] { watch.listen(to: number) }
    }
}

/// Hears the signals that ask a process to end, does something first, and lets it end by them.
///
/// Once it listens it stays as long as the process.
private final class TerminationWatch: Sendable {
    private let isAsked = Atomic(false)
    private let queue = DispatchQueue(label: "monitoring.termination")
    private let work: @Sendable () async -> Void

    init(_ work: @escaping @Sendable () async -> Void) { self.work = work }

    /// Listens, unless somebody else does or the signal is ignored.
    func listen(to number: Int32) {
        guard Self.isUnhandled(number) else { return }
        // A dispatch source hears of a signal that is ignored otherwise.
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
        source.setEventHandler { [self] in
            withExtendedLifetime(source) {
                guard !isAsked.exchange(true, ordering: .relaxed) else { return Self.end(by: number) }
                Task.detached { [self] in
                    await work()
                    Self.end(by: number)
                }
            }
        }
        source.activate()
    }

    private static func isUnhandled(_ number: Int32) -> Bool { monitoring_signal_is_unhandled(number) != 0 }

    private static func end(by number: Int32) {
        signal(number, SIG_DFL)
        kill(getpid(), number)
    }
}
