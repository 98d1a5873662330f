import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Hears SIGTERM and SIGINT instead of being ended by them.
final class SignalWatch {
    private let sources: [any DispatchSourceSignal]

    /// Starts to listen.
    ///
    /// - Parameter handler: Called for each signal, one after the other; told whether it is the first.
    init(_ handler: @escaping @Sendable (_ isFirst: Bool) -> Void) {
        let queue = DispatchQueue(label: "demo-agent.signals")
        let first = Once()
        self.sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { handler(first.take()) }
            source.activate()
            return source
        }
    }

    /// Stops to listen; signals are ignored from now on.
    func cancel() {
        for source in sources { source.cancel() }
    }
}
