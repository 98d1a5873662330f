/// A spool at one moment: counters and lanes that fit each other, while threads go on appending.
///
/// Counters and `released` change together, under the lock under which the cut was made. What was written since is read from
/// each lane once, number and length in one word, so that it is in both sums of the ledger or in neither. The
/// segments are pinned meanwhile.
struct SpoolCut: Sendable {
    /// What the cut adds up to.
    struct Tally: Sendable {
        var counters: DeliveryCounters
        var queued = 0
    }

    let counters: DeliveryCounters
    /// Records that a closed spool has left in files.
    let left: Int
    let segments: [Segment]

    /// Counts the records that lie there, and, on its own account, those that the lanes say were written.
    func walk() -> Tally {
        var tally = Tally(counters: counters, queued: left)
        for segment in segments {
            for lane in segment.lanes {
                let written = segment.written(lane)
                if !segment.isAdopted { tally.counters.produced += written.count }
                let part = lane.range.lowerBound + lane.released.length..<lane.range.lowerBound + written.length
                var reader = unsafe LaneReader(segment.map.bytes, seed: segment.seed, part: part)
                while case .record = unsafe reader.next(verifying: false) { tally.queued += 1 }
            }
        }
        return tally
    }
}

extension Spool {
    /// Runs `body`, under no lock, on a consistent cut; `nil` in a forked child.
    func withCut<Result>(_ body: (SpoolCut) -> Result) -> Result? {
        guard !isForked else { return nil }
        let cut = withState { state in
            for index in state.segments.indices { state.segments[index].pins += 1 }
            return SpoolCut(counters: state.counters, left: state.left, segments: state.segments)
        }
        defer {
            withState { state in
                for segment in cut.segments { state.pin(segment.number, by: -1) }
                if state.isClosed { finishClosing(&state) } else { recycle(&state) }
            }
        }
        return body(cut)
    }
}
