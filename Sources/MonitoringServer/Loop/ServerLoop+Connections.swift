internal import MonitoringCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension ServerLoop {
    /// How long, in nanoseconds, and for how many bytes what still comes after the last answer is thrown away.
    private static let lingerTime: UInt64 = 2_000_000_000
    private static let lingerBytes = 1 << 20

    /// Does what an event asks for.
    func serve(_ connection: Connection, _ readiness: Readiness) {
        if readiness.contains(.broken) {
            drop(connection)
        } else if readiness.contains(.peerClosed), !connection.isReading {
            // Whoever asked has closed the connection, or sends nothing more: taken for gone while others work for it.
            drop(connection)
        } else if readiness.contains(.readable) {
            receive(connection)
        } else {
            advance(connection)
        }
    }

    private func receive(_ connection: Connection) {
        let count = unsafe recv(connection.descriptor, &buffer, buffer.count, 0)
        guard count > 0 else {
            if count == 0 || errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR { drop(connection) }
            return
        }
        if case .lingering = connection.phase {
            connection.discarded += count
            if connection.discarded > Self.lingerBytes { drop(connection) }
            return
        }
        connection.unread = buffer[..<count]
        advance(connection)
        // What is left stays with the connection, so that the buffer is nobody's.
        if !connection.unread.isEmpty { connection.unread = Array(connection.unread)[...] }
    }

    /// Writes and reads in turns until the connection has to wait.
    func advance(_ connection: Connection) {
        var requests = max(1, limits.pipelinedRequests)
        while flush(connection), readNext(connection, &requests) {}
        // An empty slice would keep what it was cut from.
        if connection.unread.isEmpty { connection.unread = [] }
        updateInterest(of: connection)
    }

    func updateInterest(of connection: Connection) {
        let interest: Readiness
        switch connection.phase {
        case .closed: return
        case .waiting, .head, .body, .lingering: interest = connection.output.isEmpty ? .readable : .writable
        case .handling: interest = .peerClosed
        case .answering:
            // A whole answer is written to one that only stopped sending; for a stream somebody goes on working.
            let isStreaming = connection.exchange?.channel != nil
            let base: Readiness = connection.output.isEmpty ? [] : .writable
            interest = isStreaming ? base.union(.peerClosed) : base
        }
        // Until its next turn nothing needs to be told but an end.
        let wanted: Readiness = connection.isReady ? [] : interest
        guard wanted != connection.interest else { return }
        connection.interest = wanted
        if !poller.watch(connection.descriptor, token: connection.id.token, for: wanted, isKnown: true) {
            drop(connection)
        }
    }

    /// Gives a connection another turn when the others had theirs.
    func giveTurn(_ connection: Connection) {
        guard !connection.isReady else { return }
        connection.isReady = true
        ready.append(connection.id)
    }

    func setDeadline(of connection: Connection, after time: Duration) {
        connection.deadline = now &+ time.nanoseconds
        nextDeadline = min(nextDeadline, connection.deadline)
    }

    /// A connection's time is over.
    func expire(_ connection: Connection) {
        connection.deadline = .max
        switch connection.phase {
        case .closed: break
        case .waiting, .lingering: drop(connection)
        case .head, .body:
            if !connection.output.isEmpty {
                drop(connection)
            } else {
                refuse(connection, RequestFailure(408, "The request took too long to come."))
                advance(connection)
            }
        case .handling:
            guard let exchange = connection.exchange else { return drop(connection) }
            exchange.stop()
            answer(connection, exchange, .sentence("The answer took too long.", status: 503))
            advance(connection)
        case .answering: reset(connection)
        }
    }

    /// The last answer is written: lets the reader read it.
    func beginLingering(_ connection: Connection) {
        shutdown(connection.descriptor, Int32(SHUT_WR))
        connection.phase = .lingering
        connection.unread = []
        connection.deadline = now &+ Self.lingerTime
        nextDeadline = min(nextDeadline, connection.deadline)
        waiting.append(connection)
    }

    /// Closes a connection so that the reader can tell that the answer is not whole.
    func reset(_ connection: Connection, _ error: (any Error)? = nil) {
        var option = linger(l_onoff: 1, l_linger: 0)
        _ = unsafe setsockopt(
            connection.descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        drop(connection, error)
    }

    /// Closes a connection, whatever is under way on it.
    func drop(_ connection: Connection, _ error: (any Error)? = nil) {
        if case .closed = connection.phase { return }
        connection.phase = .closed
        connection.deadline = .max
        connection.line?.remove(connection)
        connection.unread = []
        connection.output.removeAll()
        if let exchange = connection.exchange {
            connection.exchange = nil
            heldBytes -= exchange.heldBytes
            exchange.abandon(error)
        }
        poller.forget(connection.descriptor)
        connections.remove(connection)
        gauge.set(connections.count)
        Self.closeSocket(connection.descriptor)
    }
}
