import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Hears SIGTERM and SIGINT instead of being ended by them.
final class SignalWatch {
    typealias Handler = @Sendable (_ isFirst: Bool) -> Void

    /// The signals that came, and who is told.
    private final class Arrivals: Sendable {
        private let state = Mutex<(count: Int, handler: Handler?)>((0, nil))

        func add() {
            let (isFirst, handler) = state.withLock { state in
                state.count += 1
                return (state.count == 1, state.handler)
            }
            handler?(isFirst)
        }

        func tell(_ handler: @escaping Handler) {
            let count = state.withLock { state in
                state.handler = handler
                return state.count
            }
            for number in 0..<count { handler(number == 0) }
        }
    }

    private let sources: [any DispatchSourceSignal]
    private let arrivals = Arrivals()

    /// Starts to listen.
    init() {
        let queue = DispatchQueue(label: "demo-agent.signals")
        self.sources = [SIGTERM, SIGINT].map { [arrivals] number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { arrivals.add() }
            source.activate()
            return source
        }
    }

    /// Says whom to tell of signals, those that came before included.
    ///
    /// - Parameter handler: Called for each signal; told whether it is the first.
    func tell(_ handler: @escaping Handler) {
        arrivals.tell(handler)
    }

    /// Stops to listen; signals are ignored from now on.
    func cancel() {
        for source in sources { source.cancel() }
    }
}
