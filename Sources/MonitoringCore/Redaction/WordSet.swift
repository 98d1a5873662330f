/// A fixed set of lower-case words that is asked with bytes, so that a question makes no string.
struct WordSet: Sendable {
    private var hashes: Set<UInt64> = []
    private var longest = 0

    init(_ words: some Sequence<String>) {
        for word in words {
            hashes.insert(Self.hash(word.utf8))
            longest = max(longest, word.utf8.count)
        }
    }

    /// The words of a text that separates them with white space.
    init(words text: String) {
        self.init(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    var isEmpty: Bool { hashes.isEmpty }

    /// Whether the bytes, in any case, are one of the words.
    func contains(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.count <= longest && hashes.contains(Self.hash(bytes))
    }

    /// Whether the bytes of `range`, in any case, are one of the words.
    func contains(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count <= longest else { return false }
        var hash = WordHash()
        for index in range { hash.add(ByteClass.lowercased(bytes[index])) }
        return hashes.contains(hash.value)
    }

    /// Whether a word with that hash is in the set.
    func contains(hash: UInt64) -> Bool { hashes.contains(hash) }

    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        var hash = WordHash()
        for byte in bytes { hash.add(ByteClass.lowercased(byte)) }
        return hash.value
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
