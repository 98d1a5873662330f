/// Up to four label values, in the order of the family's label names, without an allocation of their own.
@usableFromInline
struct LabelValues: Sendable {
    /// The most labels that a family has.
    static let limit = 4

    let count: Int
    let first: String
    let second: String
    let third: String
    let fourth: String

    @usableFromInline
    init() { (count, first, second, third, fourth) = (0, "", "", "", "") }

    @usableFromInline
    init(_ first: String) {
        self.count = 1
        self.first = first
        (second, third, fourth) = ("", "", "")
    }

    @usableFromInline
    init(_ first: String, _ second: String) {
        self.count = 2
        self.first = first
        self.second = second
        (third, fourth) = ("", "")
    }

    @usableFromInline
    init(_ first: String, _ second: String, _ third: String) {
        self.count = 3
        self.first = first
        self.second = second
        self.third = third
        fourth = ""
    }

    @usableFromInline
    init(_ first: String, _ second: String, _ third: String, _ fourth: String) {
        self.count = 4
        self.first = first
        self.second = second
        self.third = third
        self.fourth = fourth
    }

    /// The values of a list; those beyond the fourth are left out.
    init(_ values: [String]) {
        count = min(values.count, Self.limit)
        first = values.count > 0 ? values[0] : ""
        second = values.count > 1 ? values[1] : ""
        third = values.count > 2 ? values[2] : ""
        fourth = values.count > 3 ? values[3] : ""
    }

    subscript(_ index: Int) -> String {
        switch index {
        case 0: first
        case 1: second
        case 2: third
        default: fourth
        }
    }

    /// Each value changed.
    func map(_ change: (Int, String) -> String) -> LabelValues {
        LabelValues((0..<count).map { change($0, self[$0]) })
    }

    /// How long all values are together, in bytes.
    var byteCount: Int { first.utf8.count &+ second.utf8.count &+ third.utf8.count &+ fourth.utf8.count }

    /// A hash that nobody outside of the process can foresee.
    @inline(__always)
    func hash() -> UInt64 {
        var hash = LabelHash()
        if count > 0 { hash.combine(first) }
        if count > 1 { hash.combine(second) }
        if count > 2 { hash.combine(third) }
        if count > 3 { hash.combine(fourth) }
        return hash.value
    }
}

extension String {
    /// The string's bytes, in place where it has them in one piece.
    @inline(__always)
    func withUTF8Bytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        if let result = unsafe utf8.withContiguousStorageIfAvailable({ unsafe body($0) }) { return result }
        var copy = self
        return copy.withUTF8 { unsafe body($0) }
    }
}
