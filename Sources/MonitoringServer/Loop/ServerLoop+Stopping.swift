extension ServerLoop {
    /// Whether the thread may end: it was told to, and every answer is written or late.
    var isFinished: Bool {
        guard let times = stopTimes else { return false }
        return now >= times.closesAt
            || connections.all.allSatisfy { if case .lingering = $0.phase { true } else { false } }
    }

    /// Takes no more connections and requests; those under way go on.
    func beginStop(_ times: StopTimes) {
        guard stopTimes == nil else { return }
        stopTimes = times
        stopAccepting()
        for connection in connections.all {
            connection.keepsAlive = false
            switch connection.phase {
            case .waiting, .head: drop(connection)
            case .body, .handling, .answering, .lingering, .closed: break
            }
        }
        nextDeadline = min(nextDeadline, times.cancelsAt)
    }

    /// Cancels what still runs when it is time.
    ///
    /// - Returns: When to look again.
    func continueStop(_ times: StopTimes) -> UInt64 {
        guard !hasCancelled, now >= times.cancelsAt else { return hasCancelled ? times.closesAt : times.cancelsAt }
        hasCancelled = true
        for connection in connections.all { connection.exchange?.task?.cancel() }
        return times.closesAt
    }

    /// Ends what has not ended.
    func closeEverything() {
        mailbox.close()
        stopAccepting()
        for connection in connections.all {
            if case .answering = connection.phase { reset(connection) } else { drop(connection) }
        }
    }
}
