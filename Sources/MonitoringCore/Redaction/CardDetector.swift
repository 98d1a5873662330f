/// Finds payment card numbers: by prefix, length, grouping, what stands around them, and Luhn's checksum.
enum CardDetector {
    /// Digits in groups: the groups' lengths are the digits of one decimal number, such as 4444 or 465.
    private struct Number {
        var value: UInt64 = 0
        var count = 0
        var groups = 0
        var group = 0
        var isPlain = true
    }

    /// Whether the text begins with digits; the prefilter sees a number only with a byte before it.
    @inline(__always)
    static func canBegin(_ bytes: Span<UInt8>) -> Bool {
        bytes.count >= 14 && ByteClass.isDigit(bytes[0]) && ByteClass.isDigit(bytes[1]) && ByteClass.isDigit(bytes[2])
    }

    /// The number whose first digit stands at `index`.
    static func match(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Range<Int>? {
        guard startsNumber(bytes, index, floor: floor) else { return nil }
        var number = Number()
        let end = read(bytes, index, &number)
        guard number.count >= 14, endsNumber(bytes, end), isCard(number), passesChecksum(number.value) else {
            return nil
        }
        return number.isPlain && isNamedNumber(bytes, index, floor: floor) ? nil : index..<end
    }

    /// Not within a number, a word, a path, a version or an amount.
    private static func startsNumber(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Bool {
        guard index > 0 else { return true }
        let previous = bytes[index - 1]
        if bytes.byte(index - 2) == UInt8(ascii: "\\"), "nrt".utf8.contains(previous) { return true }
        if previous == 0x20 || previous == UInt8(ascii: "-") {
            return !ByteClass.isDigit(bytes.byte(index - 2)) || index == floor
        }
        // Scripts that are written without spaces, from kana on; not a currency's sign.
        if previous >= 0x80 { return bytes.byte(index - 3) >= 0xE3 }
        return !ByteClass.isAlphanumeric(previous) && !"_./#+$@~^".utf8.contains(previous)
    }

    /// Reads at most 19 digits, in groups that a space or a dash separates.
    private static func read(_ bytes: Span<UInt8>, _ start: Int, _ number: inout Number) -> Int {
        var separator: UInt8 = 0
        var end = start
        while number.count < 20 {
            let byte = bytes.byte(end)
            if ByteClass.isDigit(byte) {
                if number.count < 19 { number.value = number.value * 10 + UInt64(byte - 0x30) }
                number.count += 1
                number.group += 1
            } else {
                let isSeparator = byte == 0x20 || byte == UInt8(ascii: "-")
                guard isSeparator, separator == 0 || separator == byte, ByteClass.isDigit(bytes.byte(end + 1)),
                    number.group == 4 || number.groups == 4 && number.group == 6
                else { break }
                separator = byte
                number.groups = number.groups * 10 + number.group
                number.group = 0
                number.isPlain = false
            }
            end += 1
        }
        number.groups = number.groups * 10 + number.group
        return end
    }

    private static func endsNumber(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
        let next = bytes.byte(end)
        if ByteClass.isToken(next) || "/%@:".utf8.contains(next) { return false }
        return !((next == UInt8(ascii: ".") || next == UInt8(ascii: ",")) && ByteClass.isDigit(bytes.byte(end + 1)))
    }

    private static func isCard(_ number: Number) -> Bool {
        var two = number.value
        var four = number.value
        while four > 9999 { four /= 10 }
        two = four / 100
        switch number.count {
        case 14:
            return [36, 38].contains(two) || (3000...3059).contains(four)
                ? number.isPlain || number.groups == 464 : false
        case 15: return [34, 37].contains(two) && (number.isPlain || number.groups == 465)
        case 16: return isSixteen(two: two, four: four) && (number.isPlain || number.groups == 4444)
        case 19: return number.isPlain ? two == 62 : number.groups == 44443 && (two == 62 || two / 10 == 4)
        default: return false
        }
    }

    private static func isSixteen(two: UInt64, four: UInt64) -> Bool {
        two / 10 == 4 || (51...55).contains(two) || (2221...2720).contains(four) || four == 6011 || two == 65
            || (6440...6499).contains(four) || (3528...3589).contains(four) || two == 62
    }

    private static func passesChecksum(_ value: UInt64) -> Bool {
        var rest = value
        var sum: UInt64 = 0
        var isDoubled = false
        while rest > 0 {
            let digit = rest % 10 * (isDoubled ? 2 : 1)
            sum += digit > 9 ? digit - 9 : digit
            rest /= 10
            isDoubled.toggle()
        }
        return sum % 10 == 0
    }

    /// Whether a name says that the number is an id, a time or a size: `order_id: 4…`, `ts=…`.
    private static func isNamedNumber(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Bool {
        let isGap: (UInt8) -> Bool = { ByteClass.isBlank($0) || ByteClass.isQuote($0) }
        var end = bytes.startOfRun(before: index, floor: floor, limit: 4, isGap)
        guard end > floor, bytes[end - 1] == UInt8(ascii: "=") || bytes[end - 1] == UInt8(ascii: ":") else {
            return false
        }
        end = bytes.startOfRun(before: end - 1, floor: floor, limit: 4, isGap)
        let start = bytes.startOfRun(before: end, floor: floor, limit: 32, ByteClass.isLetter)
        return numberNames.contains(bytes, start..<end) || bytes.has("Id", at: end - 2) || bytes.has("ID", at: end - 2)
    }

    private static let numberNames = WordSet(
        words:
            "id ids ts time timestamp nanos micros millis ns us ms offset seq sequence epoch size bytes length count pid seed"
    )
}
