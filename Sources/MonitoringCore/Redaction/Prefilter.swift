/// Finds, in one pass of three table look-ups a byte, the few places of a text that are worth a closer look.
///
/// Up to 32 triggers share the tables, a bit each: a trigger fires where its bit is set for three bytes in a row.
struct Prefilter: Sendable {
    /// The place where at least one trigger fired.
    struct Candidate {
        /// Where the three bytes begin.
        var index: Int
        /// The triggers that fired there.
        var triggers: UInt32
    }

    /// One byte's table after the other: for the first, the second and the third byte, 256 entries each.
    private var table = [UInt32](repeating: 0, count: 3 * 256)

    /// Lets `trigger` fire on three bytes that fit the three conditions.
    mutating func add(_ trigger: UInt32, _ conditions: ((UInt8) -> Bool)...) {
        for (position, condition) in conditions.enumerated() {
            for byte in UInt8.min...UInt8.max where condition(byte) { table[position * 256 + Int(byte)] |= trigger }
        }
    }

    /// Lets `trigger` fire on exactly these three bytes.
    mutating func add(_ trigger: UInt32, exactly bytes: some Sequence<UInt8>) {
        for (position, byte) in bytes.prefix(3).enumerated() { table[position * 256 + Int(byte)] |= trigger }
    }

    /// The first candidate at or after `start` of which one of `wanted` is a trigger.
    func next(in bytes: Span<UInt8>, from start: Int, wanted: UInt32 = .max) -> Candidate? {
        let end = bytes.count - 2
        var index = start
        guard index >= 0, index < end else { return nil }
        return unsafe table.withUnsafeBufferPointer { table in
            // The table has 3 * 256 entries and `index + 2` stays below `bytes.count`: no access needs a check.
            func triggers(_ index: Int) -> UInt32 {
                unsafe table[Int(bytes[unchecked: index])] & table[256 + Int(bytes[unchecked: index + 1])]
                    & table[512 + Int(bytes[unchecked: index + 2])]
            }
            while index + 8 <= end {
                let left = triggers(index) | triggers(index + 1) | triggers(index + 2) | triggers(index + 3)
                let right = triggers(index + 4) | triggers(index + 5) | triggers(index + 6) | triggers(index + 7)
                if (left | right) & wanted != 0 { break }
                index += 8
            }
            while index < end {
                let found = triggers(index) & wanted
                if found != 0 { return Candidate(index: index, triggers: found) }
                index += 1
            }
            return nil
        }
    }
}
