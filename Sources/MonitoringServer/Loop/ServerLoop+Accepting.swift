internal import CMonitoringShims
internal import MonitoringCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension ServerLoop {
    /// Connections that are accepted before others have their turn.
    private static let acceptedAtOnce = 64
    /// How long nothing is accepted when the system has no descriptors, in nanoseconds.
    private static let acceptPause: UInt64 = 100_000_000

    /// Takes the connections that wait.
    func acceptConnections() {
        for _ in 0..<Self.acceptedAtOnce {
            guard let socket else { return }
            var peer = sockaddr_storage()
            let descriptor = unsafe monitoring_accept(
                socket.descriptor, &peer, MemoryLayout<sockaddr_storage>.size)
            if descriptor >= 0 {
                take(descriptor, PeerAddress(peer)?.host ?? "")
                continue
            }
            switch errno {
            case EAGAIN, EWOULDBLOCK: return
            case EINTR, ECONNABORTED: continue
            case EINVAL, EBADF, ENOTSOCK:
                // Silenced by whoever stops the server.
                stopAccepting()
                return
            default:
                // Without a descriptor the system does not even look whether somebody waits.
                guard Self.hasCaller(socket.descriptor) else { return }
                // A connection that only waits gives up its own.
                if !makeRoom() {
                    pauseAccepting()
                    return
                }
            }
        }
    }

    private static func hasCaller(_ listener: Int32) -> Bool {
        var entry = pollfd(fd: listener, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) > 0
    }

    private func take(_ descriptor: Int32, _ client: String) {
        guard connections.count < max(1, limits.connections) || makeRoom() else {
            refuse(descriptor)
            return
        }
        let connection = connections.insert { id in
            Connection(id: id, descriptor: descriptor, client: client, parser: RequestParser(limits: limits))
        }
        guard poller.watch(descriptor, token: connection.id.token, for: .readable, isKnown: false) else {
            connections.remove(connection)
            connection.phase = .closed
            Self.closeSocket(descriptor)
            return
        }
        gauge.set(connections.count)
        waiting.append(connection)
        setDeadline(of: connection, after: limits.headTime)
    }

    /// Closes the connection that has been waiting longest; false when none is.
    private func makeRoom() -> Bool {
        guard let connection = waiting.first ?? receiving.first else { return false }
        drop(connection)
        return true
    }

    /// Says that there is no room, if the socket takes it at once.
    private func refuse(_ descriptor: Int32) {
        let response = EndpointResponse.sentence("There are too many connections.", status: 503)
        guard case .bytes(let body) = response.body else { return }
        let head = ResponseHead(
            status: 503,
            headers: response.headers + [("Retry-After", "1")],
            framing: .length(body.count),
            connection: "close",
            date: date.text(unixSeconds: clock.unixNanoseconds / 1_000_000_000)
        )
        var output = OutputQueue()
        output.append(head.bytes + body)
        _ = output.write(to: descriptor)
        shutdown(descriptor, Int32(SHUT_WR))
        // What was sent already would otherwise turn the close into a reset, and the answer be lost.
        _ = unsafe recv(descriptor, &buffer, buffer.count, 0)
        Self.closeSocket(descriptor)
    }

    private func pauseAccepting() {
        guard let socket else { return }
        poller.forget(socket.descriptor)
        acceptsAgainAt = now + Self.acceptPause
        nextDeadline = min(nextDeadline, now + Self.acceptPause)
    }

    func acceptAgain() {
        acceptsAgainAt = nil
        guard let socket else { return }
        if !poller.watch(socket.descriptor, token: Self.listenerToken, for: .readable, isKnown: false) {
            pauseAccepting()
        }
    }

    func stopAccepting() {
        guard let socket else { return }
        if acceptsAgainAt == nil { poller.forget(socket.descriptor) }
        acceptsAgainAt = nil
        self.socket = nil
    }

    static func closeSocket(_ descriptor: Int32) { close(descriptor) }
}
