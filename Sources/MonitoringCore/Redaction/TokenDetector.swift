/// Finds keys and tokens by their shape.
final class TokenDetector: Sendable {
    /// The shapes that a trigger can mean, by the trigger's bit.
    private let shapes: [[TokenShape]]
    /// The bit of the first shape.
    private let firstBit: Int

    /// Enters the shapes' rarest letters into the prefilter.
    ///
    /// - Parameters:
    ///   - prefilter: What the letters are added to.
    ///   - bits: Which triggers may be used. Shapes share them once there are more kinds of letters than triggers.
    init(_ prefilter: inout Prefilter, bits: Range<Int>) {
        self.firstBit = bits.lowerBound
        var letters: [[UInt8]] = []
        var shapes: [[TokenShape]] = []
        for shape in TokenShape.known {
            let rarest = Array(shape.prefix[shape.rarest...].prefix(3))
            let position = letters.firstIndex(of: rarest) ?? letters.count
            if position == letters.count { letters.append(rarest) }
            let bit = position % bits.count
            if bit == shapes.count { shapes.append([]) }
            shapes[bit].append(shape)
            let trigger: UInt32 = 1 << UInt32(bits.lowerBound + bit)
            if rarest.count == 3 {
                prefilter.add(trigger, exactly: rarest)
            } else {
                prefilter.add(trigger, { $0 == rarest[0] }, { $0 == rarest[1] }, shape.body.contains)
            }
        }
        self.shapes = shapes
    }

    /// The longest token whose rarest letters stand at `index`.
    func match(_ bytes: Span<UInt8>, _ index: Int, triggers: UInt32, floor: Int) -> Range<Int>? {
        var longest: Range<Int>?
        for (position, shapes) in shapes.enumerated() where triggers & (1 << UInt32(firstBit + position)) != 0 {
            for shape in shapes where index - shape.rarest >= floor {
                guard let match = shape.match(bytes, index - shape.rarest) else { continue }
                if match.count > longest?.count ?? 0 { longest = match }
            }
        }
        return longest
    }

    /// A JSON web token or its encrypted form, which begins with `eyJ` at `index`.
    static func webToken(_ bytes: Span<UInt8>, _ index: Int) -> Range<Int>? {
        guard bytes.isTokenStart(index) else { return nil }
        var end = bytes.endOfRun(from: index, ByteClass.isToken)
        guard end - index >= 8 else { return nil }
        var parts = 1
        while parts < 5, bytes.byte(end) == UInt8(ascii: ".") {
            let next = bytes.endOfRun(from: end + 1, ByteClass.isToken)
            guard next > end + 1 || parts == 1 || parts == 2 else { break }
            end = next
            parts += 1
        }
        guard parts >= 2, end - index >= 20 else { return nil }
        return index..<(bytes[end - 1] == UInt8(ascii: ".") && parts == 2 ? end - 1 : end)
    }

    /// A Telegram bot's token around the colon at `colon`: eight to ten digits before, 35 letters after.
    static func botToken(_ bytes: Span<UInt8>, _ colon: Int, floor: Int) -> Range<Int>? {
        let start = bytes.startOfRun(before: colon, floor: floor, limit: 11, ByteClass.isDigit)
        let end = bytes.endOfRun(from: colon + 1, limit: 37, ByteClass.isToken)
        guard (8...10).contains(colon - start), end - colon - 1 == 35 else { return nil }
        let previous = bytes.byte(start - 1)
        let isBot = bytes.has("bot", at: start - 3)
        return isBot || !ByteClass.isAlphanumeric(previous) ? start..<end : nil
    }
}
