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
    /// - Parameter handler: Called for each signal, one after the other.
    init(_ handler: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "demo-agent.signals")
        self.sources = [SIGTERM, SIGINT].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler(handler: handler)
            source.activate()
            return source
        }
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
