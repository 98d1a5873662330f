extension Monitor.Baggage {
    /// Above this many bytes a received list is not looked at.
    static let longestReceived = 32 * 1024

    /// Members behind this many are not looked at, so that a hostile list costs little: the grammar has no more.
    static let mostReceived = 180

    private struct Counts {
        var seen = 0
        var kept = 0
    }

    /// Reads every value of the `baggage` header, in order.
    ///
    /// Malformed members, and whole members above the limits, are left out; of two members with one key the last counts.
    /// Nothing is left of more than 32 KiB.
    ///
    /// - Parameter values: The values of all headers of that name.
    public init(parsing values: [String]) {
        self.init(parsing: values) { _ in }
    }

    /// Reads every value of the `baggage` header and tells, once, what was left out.
    init(parsing values: [String], report: (Monitor.HeaderFault) -> Void) {
        guard let length = HeaderText.joinedLength(of: values, limit: Self.longestReceived) else {
            report(.baggageLength)
            self.init()
            return
        }
        var counts = Counts()
        var isComplete = true
        let text = HeaderText.string(capacity: length) { output in
            for value in values {
                let isWhole = HeaderText.withBytes(of: value) { Self.append($0, to: &output, counts: &counts) }
                isComplete = isComplete && isWhole
            }
        }
        if !isComplete { report(.baggageMembers) }
        self.init(text: text)
    }

    /// Appends the members of one value; false when some were left out.
    private static func append(_ bytes: Span<UInt8>, to output: inout OutputSpan<UInt8>, counts: inout Counts) -> Bool {
        var isWhole = true
        var rest: Range<Int>? = bytes.indices
        while let range = HeaderText.nextPiece(of: &rest, in: bytes) {
            if range.isEmpty { continue }
            counts.seen += 1
            guard counts.seen <= mostReceived else { return false }
            guard let member = BaggageMember(range, in: bytes) else {
                isWhole = false
                continue
            }
            if let older = HeaderText.member(named: bytes.extracting(member.key), in: output.span) {
                remove(older, from: &output)
                counts.kept -= 1
            }
            let end = output.count
            if end > 0 { output.append(UInt8(ascii: ",")) }
            member.append(of: bytes, to: &output)
            counts.kept += 1
            if counts.kept > maximumCount || output.count > maximumLength {
                output.removeLast(output.count - end)
                counts.kept -= 1
                isWhole = false
            }
        }
        return isWhole
    }

    private static func remove(_ member: Range<Int>, from output: inout OutputSpan<UInt8>) {
        let gap = HeaderText.cut(member, ofLength: output.count)
        var bytes = output.mutableSpan
        for index in gap.upperBound..<bytes.count { bytes[index - gap.count] = bytes[index] }
        output.removeLast(gap.count)
    }
}
