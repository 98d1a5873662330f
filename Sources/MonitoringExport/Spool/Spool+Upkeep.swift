import MonitoringCore

extension Spool {
    /// Looks after the files until the task is cancelled or the spool is closed; returns at once where there are none.
    ///
    /// Adopts what the dead have left, now and every ten seconds; has a map ready for the next segment; removes what nobody
    /// will send any more; syncs, where the disk's survival is asked for. Waits for the disk, on the task's thread.
    package func maintain() async {
        guard let files else { return }
        var schedule = Schedule(now: clock.monotonicNanoseconds, syncs: files.isSynced)
        while !Task.isCancelled, !isForked, !isClosed {
            let epoch = upkeep.epoch
            let now = clock.monotonicNanoseconds
            if schedule.isDue(\.adoption, every: .seconds(10), now) { adopt() }
            if schedule.isDue(\.sweep, every: .seconds(600), now) { sweep() }
            if files.isSynced {
                let isAsked = withState { state in
                    defer { state.wantsSync = false }
                    return state.wantsSync
                }
                if schedule.isDue(\.sync, every: .seconds(1), now) || isAsked { sync() }
            }
            makeSpare()
            await upkeep.wait(after: epoch, until: schedule.next, clock: clock)
        }
    }

    /// When what is next to be done.
    private struct Schedule {
        var adoption: UInt64
        var sweep: UInt64
        var sync: UInt64

        init(now: UInt64, syncs: Bool) {
            (adoption, sweep) = (now, now)
            sync = syncs ? now : .max
        }

        var next: UInt64 { min(adoption, sweep, sync) }

        mutating func isDue(_ time: WritableKeyPath<Self, UInt64>, every interval: Duration, _ now: UInt64) -> Bool {
            guard self[keyPath: time] <= now else { return false }
            self[keyPath: time] = now &+ interval.nanoseconds
            return true
        }
    }

    /// Makes a map ready before a thread that hands over records has to wait for it.
    func makeSpare() {
        let isWanted = withState { state in
            state.newest.map { state.segments[$0].isGettingFull } ?? false && state.warm.isEmpty && !state.isClosed
                && hasRoom(state)
        }
        guard isWanted, case .success(let map) = mapSegment() else { return }
        let isReady = (try? map.populate()) != nil
        withState { state in
            if isReady, !state.isClosed {
                state.warm.append(map)
            } else {
                map.file?.remove()
                state.discarded.append(map)
            }
        }
    }

    /// Has what was handed over by now survive the machine, if that is asked for; soon, from ``maintain()``.
    package func requestSync() {
        guard files?.isSynced == true, !isForked else { return }
        withState { $0.wantsSync = true }
        upkeep.raise()
    }

    /// Writes all segments back to the disk, and waits for it.
    func sync() {
        guard !isForked else { return }
        let maps = withState { state in
            for index in state.segments.indices { state.segments[index].pins += 1 }
            return state.segments.map { ($0.number, $0.map) }
        }
        let failed = maps.count { !$0.1.sync() }
        withState { state in
            for (number, _) in maps { state.pin(number, by: -1) }
            if state.isClosed { finishClosing(&state) } else { recycle(&state) }
        }
        if failed > 0 { tell(.notSynced(segments: failed)) }
    }
}
