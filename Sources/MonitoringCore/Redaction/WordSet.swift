/// A fixed set of lower-case words that is asked with bytes, so that a question makes no string.
struct WordSet: Sendable {
    /// Hashes at their own places, or at the next free ones: a power of two, at least half of them 0, which is free.
    private var table: [UInt64]
    private var longest = 0

    let isEmpty: Bool

    init(_ words: some Collection<String>) {
        var size = 8
        while size < 2 * words.count { size *= 2 }
        self.table = Array(repeating: 0, count: size)
        self.isEmpty = words.isEmpty
        for word in words {
            var hash = WordHash()
            for byte in word.utf8 { hash.add(ByteClass.lowercased(byte)) }
            table[place(of: hash.value)] = hash.value
            longest = max(longest, word.utf8.count)
        }
    }

    /// The words of a text that separates them with white space.
    init(words text: String) {
        self.init(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    /// Whether the bytes of `range`, in any case, are one of the words.
    func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count <= longest else { return false }
        var hash = WordHash()
        for index in range { hash.add(ByteClass.lowercased(bytes[index])) }
        return contains(hash: hash.value)
    }

    /// Whether a word with that hash is in the set.
    func contains(hash: UInt64) -> Bool { table[place(of: hash)] == hash }

    /// Where the hash stands, or where it would.
    private func place(of hash: UInt64) -> Int {
        let mask = UInt64(table.count - 1)
        var index = hash & mask
        while table[Int(index)] != 0, table[Int(index)] != hash { index = (index + 1) & mask }
        return Int(index)
    }
}

/// 64-bit FNV-1a: enough to tell a few hundred known words from anything else.
struct WordHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}
