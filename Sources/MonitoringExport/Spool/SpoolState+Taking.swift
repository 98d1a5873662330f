extension SpoolState {
    /// How far the search for lanes has come.
    struct Position: Sendable {
        static let start = Position(segment: 0, lane: 0)
        /// The number of a segment.
        var segment: UInt64
        /// The first lane to look at there.
        var lane: Int
        /// What stands in the headers of the segments that may be taken from; `nil` for any.
        var identity: [UInt8]?
    }

    /// Takes the next lane in which records wait, with all of them, for the caller alone.
    ///
    /// Once the position has an identity, only of segments with the same.
    mutating func takeLane(after position: inout Position) -> LaneSpan? {
        guard !isClosed else { return nil }
        for index in segments.indices where segments[index].number >= position.segment {
            if let identity = position.identity, identity != segments[index].header.identity { continue }
            let number = segments[index].number
            let first = number == position.segment ? position.lane : 0
            for lane in segments[index].lanes.indices.dropFirst(first) where !segments[index].lanes[lane].isTaken {
                let known = segments[index].lanes[lane]
                let written = segments[index].written(known)
                guard written.count > known.released.count else { continue }
                segments[index].setTaken(true, lane: lane)
                segments[index].pins += 1
                position = Position(segment: number, lane: lane + 1, identity: position.identity)
                return LaneSpan(
                    map: segments[index].map,
                    seed: segments[index].seed,
                    segment: number,
                    lane: lane,
                    start: known.range.lowerBound,
                    from: known.released,
                    to: written,
                    header: segments[index].header
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
