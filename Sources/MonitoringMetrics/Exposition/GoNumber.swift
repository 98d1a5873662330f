/// Floating-point numbers as Go's `strconv` writes them with `'g'` and the shortest precision: what the text format's own
/// servers and clients compare labels such as `le` by.
enum GoNumber {
    /// From this power of ten on numbers are written with an exponent.
    private static let largestPlain = 6

    static func text(_ number: Double) -> String {
        if number.isNaN { return "NaN" }
        if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
        if number == 0 { return number.sign == .minus ? "-0" : "0" }
        let (digits, exponent) = decimal(number.magnitude)
        let sign = number < 0 ? "-" : ""
        let isPlain = (-4..<largestPlain).contains(exponent)
        return sign + (isPlain ? plain(digits, exponent) : scientific(digits, exponent))
    }

    /// The same with a fraction where there is neither fraction nor exponent, as OpenMetrics wants it in labels.
    static func canonicalText(_ number: Double) -> String {
        let text = text(number)
        return number.isFinite && !text.contains(".") && !text.contains("e") ? text + ".0" : text
    }

    /// The shortest digits that mean the number, without zeros at either end, and the power of ten of the first.
    private static func decimal(_ number: Double) -> (digits: [UInt8], exponent: Int) {
        var digits: [UInt8] = []
        var exponent = 0
        var point: Int?
        var text = number.description.utf8[...]
        if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(decoding: text[text.index(after: mark)...], as: UTF8.self)) ?? 0
            text = text[..<mark]
        }
        for byte in text {
            if byte == UInt8(ascii: ".") { point = digits.count } else { digits.append(byte) }
        }
        exponent += (point ?? digits.count) - 1
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        exponent -= zeros
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        return (digits, exponent)
    }

    private static func scientific(_ digits: [UInt8], _ exponent: Int) -> String {
        var text = String(decoding: digits.prefix(1), as: UTF8.self)
        if digits.count > 1 { text += "." + String(decoding: digits.dropFirst(), as: UTF8.self) }
        let size = String(exponent.magnitude)
        return text + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
    }

    private static func plain(_ digits: [UInt8], _ exponent: Int) -> String {
        let zero = UInt8(ascii: "0")
        guard exponent >= 0 else {
            let zeros = [UInt8](repeating: zero, count: -exponent - 1)
            return "0." + String(decoding: zeros + digits, as: UTF8.self)
        }
        let whole = exponent + 1
        let padded = digits + [UInt8](repeating: zero, count: max(whole - digits.count, 0))
        let text = String(decoding: padded.prefix(whole), as: UTF8.self)
        return padded.count > whole ? text + "." + String(decoding: padded.dropFirst(whole), as: UTF8.self) : text
    }
}
