internal import MonitoringCore

extension ServerLoop {
    /// Bytes that one connection may write before others have their turn.
    private static let turnBytes = 256 << 10
    /// Pieces are asked for until so many bytes wait.
    private static let gatheredBytes = 16 << 10
    /// Pieces that one connection may ask for before others have their turn.
    private static let turnPieces = 256

    /// Writes what waits, and what the body still brings.
    ///
    /// - Returns: Whether all is written, and the next request may be read.
    func flush(_ connection: Connection) -> Bool {
        var written = 0
        while true {
            guard connection.phase != .closed else { return false }
            if connection.output.isEmpty {
                guard let exchange = connection.exchange, case .answering = connection.phase else {
                    return connection.isReading
                }
                guard exchange.hasMore else {
                    finish(connection, exchange)
                    return connection.isReading
                }
                guard refill(connection, exchange) else { return false }
                continue
            }
            if written >= Self.turnBytes {
                giveTurn(connection)
                return false
            }
            switch connection.output.write(to: connection.descriptor) {
            case .wrote(let count):
                written += count
                if case .answering = connection.phase { setDeadline(of: connection, after: limits.writeTime) }
            case .wouldBlock: return false
            case .broken:
                drop(connection)
                return false
            }
        }
    }

    /// Asks for more of a body.
    ///
    /// - Returns: Whether to go on; if not, the connection is closed, has another turn, or is told of more.
    private func refill(_ connection: Connection, _ exchange: Exchange) -> Bool {
        switch exchange.source {
        case .none: return true
        case .pieces(let next): return gather(next, connection, exchange)
        case .channel(let channel): return take(from: channel, connection, exchange)
        case .failed(let error):
            // The head said that all is well: that it is not can only be told by an end that is none.
            reset(connection, error)
            return false
        }
    }

    /// Asks for pieces until they are worth a write.
    private func gather(_ next: () -> [UInt8]?, _ connection: Connection, _ exchange: Exchange) -> Bool {
        var gathered: [UInt8] = []
        for _ in 0..<Self.turnPieces where gathered.count < Self.gatheredBytes {
            guard let piece = observed(exchange.operation, next) else {
                exchange.source = .none
                break
            }
            gathered += piece
        }
        now = clock.monotonicNanoseconds
        put(gathered, connection, exchange)
        guard connection.output.isEmpty, exchange.hasMore else { return true }
        giveTurn(connection)
        return false
    }

    private func take(from channel: BodyChannel, _ connection: Connection, _ exchange: Exchange) -> Bool {
        let portion = channel.take()
        switch portion.end {
        case .complete: exchange.source = .none
        case .failed(let error): exchange.source = .failed(error)
        case nil:
            if portion.bytes.isEmpty {
                // The maker's time is its own.
                connection.deadline = .max
                return false
            }
        }
        put(portion.bytes, connection, exchange)
        return true
    }

    /// Puts out bytes of a body, and its end if there is nothing more.
    private func put(_ bytes: [UInt8], _ connection: Connection, _ exchange: Exchange) {
        if !bytes.isEmpty { connection.output.append(exchange.framed(bytes)) }
        if !exchange.hasMore { connection.output.append(exchange.trailer) }
        setDeadline(of: connection, after: limits.writeTime)
    }

    /// An answer is wholly written.
    private func finish(_ connection: Connection, _ exchange: Exchange) {
        connection.exchange = nil
        heldBytes -= exchange.heldBytes
        exchange.complete()
        guard connection.keepsAlive, stopTimes == nil else { return beginLingering(connection) }
        connection.parser = RequestParser(limits: limits)
        connection.phase = .waiting
        waiting.append(connection)
        setDeadline(of: connection, after: limits.idleTime)
    }
}
