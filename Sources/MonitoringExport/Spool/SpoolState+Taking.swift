extension SpoolState {
    /// How far the search for lanes has come.
    struct Position: Sendable {
        static let start = Position(segment: 0, lane: 0)
        /// The sequence of a segment.
        var segment: UInt64
        /// The first lane to look at there.
        var lane: Int
    }

    /// Takes the next lane in which records wait, with all of them, for the caller alone.
    mutating func takeLane(after position: inout Position) -> LaneSpan? {
        guard !isClosed else { return nil }
        for index in segments.indices where segments[index].header.sequence >= position.segment {
            let sequence = segments[index].header.sequence
            let first = sequence == position.segment ? position.lane : 0
            for lane in segments[index].lanes.indices.dropFirst(first) where !segments[index].lanes[lane].isTaken {
                let known = segments[index].lanes[lane]
                let written = segments[index].written(known)
                guard written.count > known.released.count else { continue }
                segments[index].setTaken(true, lane: lane)
                segments[index].pins += 1
                position = Position(segment: sequence, lane: lane + 1)
                return LaneSpan(
                    map: segments[index].map,
                    seed: segments[index].seed,
                    segment: sequence,
                    lane: lane,
                    start: known.range.lowerBound,
                    from: known.released,
                    to: written
                )
            }
        }
        return nil
    }

    /// Lets go of what a batch has; it waits again.
    mutating func putBack(_ spans: [LaneSpan]) {
        for span in spans {
            guard let index = index(of: span.segment) else { continue }
            segments[index].setTaken(false, lane: span.lane)
            segments[index].pins -= 1
        }
    }

    /// Frees what a batch has.
    mutating func settle(_ spans: [LaneSpan]) {
        for span in spans {
            guard let index = index(of: span.segment) else { continue }
            release(lane: span.lane, ofSegmentAt: index, upTo: span.to)
        }
        putBack(spans)
    }

    mutating func pin(_ segment: UInt64, by change: Int) {
        guard let index = index(of: segment) else { return }
        segments[index].pins += change
    }
}
