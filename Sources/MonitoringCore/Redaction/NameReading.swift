/// One name, read as words.
struct NameReading {
    /// A word of the name: where it stands, and whether a dot stands before it.
    private struct Word {
        var range: Range<Int>
        var followsDot: Bool
    }

    let verdict: KeyRules.Verdict

    init(_ name: Span<UInt8>) {
        self.verdict = Self.read(name, Self.words(of: name))
    }

    private static func read(_ name: Span<UInt8>, _ words: [Word]) -> KeyRules.Verdict {
        guard let last = words.last else { return .harmless }
        var whole = WordHash()
        for word in words { for index in word.range { whole.add(ByteClass.lowercased(name[index])) } }
        if KeyWords.names.contains(hash: whole.value) { return .likely }
        let head = words.last { $0.followsDot } ?? words[0]
        let speaksAbout =
            words.count > 1 && (KeyWords.heads.contains(name, head.range) || KeyWords.tails.contains(name, last.range))
        var result = KeyRules.Verdict.harmless
        for (position, word) in words.enumerated() {
            let previous = position > 0 ? words[position - 1].range : nil
            let next = position + 1 < words.count ? words[position + 1].range : nil
            if let previous, name.equalsIgnoringCase("webhook", previous), isURL(name, word.range) { return .secret }
            if speaksAbout { continue }
            if KeyWords.headers.contains(name, word.range) { return .header }
            switch verdict(of: word.range, after: previous, before: next, in: name) {
            case .secret: result = .secret
            case .likely where result == .harmless: result = .likely
            default: break
            }
        }
        return result
    }

    private static func verdict(
        of word: Range<Int>, after previous: Range<Int>?, before next: Range<Int>?, in name: Span<UInt8>
    ) -> KeyRules.Verdict {
        if KeyWords.secrets.contains(name, word) { return .secret }
        if name.equalsIgnoringCase("token", word) {
            if let previous, KeyWords.beforeToken.contains(name, previous) { return .harmless }
            guard let next else { return .likely }
            return name.equalsIgnoringCase("value", next) || name.equalsIgnoringCase("key", next) ? .likely : .harmless
        }
        if name.equalsIgnoringCase("key", word) || name.equalsIgnoringCase("keys", word) {
            guard let previous, KeyWords.beforeKey.contains(name, previous) else { return .harmless }
            return .secret
        }
        if name.equalsIgnoringCase("auth", word) {
            guard let next else { return .likely }
            return KeyWords.afterAuth.contains(name, next) ? .likely : .harmless
        }
        if name.equalsIgnoringCase("pass", word), next == nil, let previous {
            return KeyWords.beforePass.contains(name, previous) ? .secret : .harmless
        }
        if name.equalsIgnoringCase("phrase", word), let previous, name.equalsIgnoringCase("seed", previous) {
            return .secret
        }
        return endsAsSecret(word, in: name) ? .secret : .harmless
    }

    /// Whether several words were written as one and the last of them is a secret: `dbpassword`, `accesstoken`.
    private static func endsAsSecret(_ word: Range<Int>, in name: Span<UInt8>) -> Bool {
        for suffix in KeyWords.suffixes where word.count > suffix.utf8.count {
            let start = word.upperBound - suffix.utf8.count
            guard name.hasIgnoringCase(suffix, at: start) else { continue }
            return suffix != "token" || !KeyWords.beforeToken.contains(name, word.lowerBound..<start)
        }
        return false
    }

    private static func isURL(_ name: Span<UInt8>, _ word: Range<Int>) -> Bool {
        name.equalsIgnoringCase("url", word) || name.equalsIgnoringCase("uri", word)
    }

    /// Words end at separators and digits, where a capital follows a small letter, and before the last capital of several
    /// (`APIKey` is `API`, `Key`).
    private static func words(of name: Span<UInt8>) -> [Word] {
        var words: [Word] = []
        var start: Int?
        var followsDot = false
        for index in 0...name.count {
            let byte = name.byte(index)
            guard ByteClass.isLetter(byte) || byte >= 0x80 else {
                if let first = start { words.append(Word(range: first..<index, followsDot: followsDot)) }
                if start != nil || byte == UInt8(ascii: ".") { followsDot = byte == UInt8(ascii: ".") }
                start = nil
                continue
            }
            guard let first = start else {
                start = index
                continue
            }
            let isCapital = ByteClass.isUppercase(byte)
            let followsSmall = !ByteClass.isUppercase(name[index - 1])
            let startsWord = isCapital && (followsSmall || isSmall(name.byte(index + 1)))
            if startsWord, index > first {
                words.append(Word(range: first..<index, followsDot: followsDot))
                followsDot = false
                start = index
            }
        }
        return words
    }

    private static func isSmall(_ byte: UInt8) -> Bool { ByteClass.isLetter(byte) && !ByteClass.isUppercase(byte) }
}
