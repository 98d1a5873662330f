/// Collects records for a batch until a limit is met.
struct BatchFilling: Sendable {
    enum Addition {
        case taken
        /// The lane's first record is too large for what is left.
        case nothingFits
        /// The lane's first record is none.
        case damaged
    }

    private(set) var spans: [LaneSpan] = []
    private(set) var count = 0
    private(set) var bytes = 0
    private(set) var oldest = UInt64.max
    private(set) var isOpen = true
    private let maximumCount: Int
    private let maximumBytes: Int

    init(countLeft: Int, bytesLeft: Int) {
        maximumCount = countLeft
        maximumBytes = bytesLeft
    }

    /// Adds as much of the span as fits, from its beginning, checking every record.
    mutating func add(_ span: LaneSpan, now: Moment) -> Addition {
        let begun = now.earliestAppend(inSegmentWith: span.header)
        var reader = unsafe LaneReader(span.map.bytes, seed: span.seed, part: span.range)
        var reached = span.from
        while reached.count < span.to.count {
            guard case .record(let record) = unsafe reader.next(verifying: true) else {
                // The sound part is taken first; the damage is the first thing found in this lane the next time.
                return finish(span, reached, isDamaged: true)
            }
            let size = unsafe record.payload.count
            guard count == 0 || (count < maximumCount && size <= maximumBytes - bytes) else {
                isOpen = false
                break
            }
            count += 1
            bytes += size
            oldest = unsafe min(oldest, max(record.appended, begun))
            reached = unsafe LaneExtent(length: reader.offset - span.start, count: reached.count + 1)
        }
        return finish(span, reached, isDamaged: false)
    }

    private mutating func finish(_ span: LaneSpan, _ reached: LaneExtent, isDamaged: Bool) -> Addition {
        guard reached.count > span.from.count else { return isDamaged ? .damaged : .nothingFits }
        var taken = span
        taken.to = reached
        spans.append(taken)
        return .taken
    }
}
