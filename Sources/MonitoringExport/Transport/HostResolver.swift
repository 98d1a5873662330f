internal import Dispatch
internal import MonitoringCore
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Looks host names up without being held by a resolver that is.
///
/// The system's look-up cannot be interrupted. It runs on a thread of its own, one for each host at a time; who asks
/// for a host that is being looked up waits for the same answer, so that a dead resolver costs one thread.
final class HostResolver: Sendable {
    private final class LookUp: Sendable {
        struct State {
            var addresses: [SocketAddress]?
            var waiting: [Doorbell] = []
        }
        let state = Mutex(State())
    }

    private let running = Mutex<[String: LookUp]>([:])

    /// The addresses of a host, in the order to try them.
    ///
    /// - Parameters:
    ///   - endpoint: The host and the port.
    ///   - deadline: A monotonic time in nanoseconds.
    ///   - cancellation: Ends the wait when it rings.
    /// - Returns: At least one address.
    /// - Throws: `.unresolved`, or what ended the wait.
    func addresses(
        of endpoint: Endpoint, until deadline: UInt64, cancellation: Doorbell
    ) throws(TransportError) -> [SocketAddress] {
        let names = endpoint.host == "localhost" ? ["127.0.0.1", "::1"] : [endpoint.host]
        let numeric = names.flatMap { SocketAddress.lookUp(host: $0, port: endpoint.port, numericOnly: true) }
        guard numeric.isEmpty else { return numeric }

        guard let answered = Doorbell() else { throw TransportError(.other, origin: endpoint.origin) }
        let lookUp = join(endpoint, answered)
        switch cancellation.wait(for: answered.descriptor, events: Int16(POLLIN), until: deadline) {
        case .rang: throw TransportError(.cancelled, origin: endpoint.origin)
        case .timeout: throw TransportError(.timeout, origin: endpoint.origin)
        case .ready: break
        }
        let addresses = lookUp.state.withLock { $0.addresses } ?? []
        guard !addresses.isEmpty else { throw TransportError(.unresolved, origin: endpoint.origin) }
        return addresses
    }

    private func join(_ endpoint: Endpoint, _ answered: Doorbell) -> LookUp {
        let key = endpoint.authority
        let (lookUp, isNew) = running.withLock { running in
            if let lookUp = running[key] { return (lookUp, false) }
            let lookUp = LookUp()
            running[key] = lookUp
            return (lookUp, true)
        }
        let isAnswered = lookUp.state.withLock { state in
            state.waiting.append(answered)
            return state.addresses != nil
        }
        if isAnswered { answered.ring() }
        if isNew {
            DispatchQueue(label: "monitoring.resolver").async { [self] in
                let addresses = SocketAddress.lookUp(host: endpoint.host, port: endpoint.port, numericOnly: false)
                running.withLock { $0[key] = nil }
                let waiting = lookUp.state.withLock { state in
                    state.addresses = addresses
                    return state.waiting
                }
                for doorbell in waiting { doorbell.ring() }
            }
        }
        return lookUp
    }
}
