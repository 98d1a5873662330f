/// Finds payment card numbers: by prefix, length, grouping, what stands around them, and Luhn's checksum.
enum CardDetector {
    /// The number whose first digit stands at `index`.
    static func match(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Range<Int>? {
        guard startsNumber(bytes, index, floor: floor) else { return nil }
        var digits: [UInt8] = []
        var groups: [Int] = [0]
        var separator: UInt8 = 0
        var end = index
        scan: while end < bytes.count, digits.count < 20 {
            let byte = bytes[end]
            if ByteClass.isDigit(byte) {
                digits.append(byte - 0x30)
                groups[groups.count - 1] += 1
            } else {
                guard byte == 0x20 || byte == UInt8(ascii: "-"), separator == 0 || separator == byte,
                    ByteClass.isDigit(bytes.byte(end + 1)), isGroup(groups)
                else { break scan }
                separator = byte
                groups.append(0)
            }
            end += 1
        }
        guard endsNumber(bytes, end), isCard(digits, groups), passesChecksum(digits) else { return nil }
        return separator == 0 && isNamedNumber(bytes, index, floor: floor) ? nil : index..<end
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

    private static func endsNumber(_ bytes: Span<UInt8>, _ end: Int) -> Bool {
        let next = bytes.byte(end)
        if ByteClass.isToken(next) || "/%@:".utf8.contains(next) { return false }
        return !((next == UInt8(ascii: ".") || next == UInt8(ascii: ",")) && ByteClass.isDigit(bytes.byte(end + 1)))
    }

    /// Whether another group may follow: groups of four, or American Express's 4-6-5 and Diners' 4-6-4.
    private static func isGroup(_ groups: [Int]) -> Bool {
        groups.allSatisfy { $0 == 4 } && groups.count < 5 || groups == [4, 6]
    }

    private static func isCard(_ digits: [UInt8], _ groups: [Int]) -> Bool {
        guard digits.count >= 14, digits.count <= 19 else { return false }
        let two = Int(digits[0]) * 10 + Int(digits[1])
        let four = two * 100 + Int(digits[2]) * 10 + Int(digits[3])
        let isPlain = groups.count == 1
        let isFours = isPlain || groups == [4, 4, 4, 4] || (groups == [4, 4, 4, 4, 3] && digits.count == 19)
        switch digits.count {
        case 14: return (two == 36 || two == 38 || (3000...3059).contains(four)) && (isPlain || groups == [4, 6, 4])
        case 15: return (two == 34 || two == 37) && (isPlain || groups == [4, 6, 5])
        case 16: return isFours && isSixteen(two: two, four: four)
        case 19: return isFours && (two == 62 || (!isPlain && digits[0] == 4))
        default: return false
        }
    }

    private static func isSixteen(two: Int, four: Int) -> Bool {
        two / 10 == 4 || (51...55).contains(two) || (2221...2720).contains(four) || four == 6011 || two == 65
            || (6440...6499).contains(four) || (3528...3589).contains(four) || two == 62
    }

    private static func passesChecksum(_ digits: [UInt8]) -> Bool {
        var sum = 0
        for (position, digit) in digits.reversed().enumerated() {
            let doubled = Int(digit) * (position % 2 + 1)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }

    /// Whether a name says that the number is an id, a time or a size: `order_id: 4…`, `ts=…`.
    private static func isNamedNumber(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Bool {
        var end = bytes.startOfRun(before: index, floor: floor, limit: 4) {
            ByteClass.isBlank($0) || ByteClass.isQuote($0)
        }
        guard end > floor, bytes[end - 1] == UInt8(ascii: "=") || bytes[end - 1] == UInt8(ascii: ":") else {
            return false
        }
        end -= 1
        end = bytes.startOfRun(before: end, floor: floor, limit: 4) { ByteClass.isBlank($0) || ByteClass.isQuote($0) }
        let start = bytes.startOfRun(before: end, floor: floor, limit: 32, ByteClass.isLetter)
        if numberNames.contains(bytes, start..<end) { return true }
        return bytes.has("Id", at: end - 2) || bytes.has("ID", at: end - 2)
    }

    private static let numberNames = WordSet(
        words:
            "id ids ts time timestamp nanos micros millis ns us ms offset seq sequence epoch size bytes length count pid tid seed"
    )
}
