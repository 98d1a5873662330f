/// One name, read as words.
struct NameReading {
    let verdict: KeyRules.Verdict

    init(_ name: Span<UInt8>) {
        self.verdict = Self.read(name, WordList(name))
    }

    private static func read(_ name: Span<UInt8>, _ words: WordList) -> KeyRules.Verdict {
        guard words.count > 0 else { return .harmless }
        var whole = WordHash()
        for position in 0..<words.count {
            for index in words[position] { whole.add(ByteClass.lowercased(name[index])) }
        }
        if KeyWords.names.contains(hash: whole.value) { return .likely }
        let speaksAbout =
            words.count > 1
            && (KeyWords.heads.contains(name, words[words.head])
                || KeyWords.tails.contains(name, words[words.count - 1]))
        var result = KeyRules.Verdict.harmless
        for position in 0..<words.count {
            let word = words[position]
            let previous = position > 0 ? words[position - 1] : nil
            let next = position + 1 < words.count ? words[position + 1] : nil
            if let previous, name.equalsIgnoringCase("webhook", previous), isURL(name, word) { return .secret }
            if speaksAbout { continue }
            if KeyWords.headers.contains(name, word) { return .header }
            switch verdict(of: word, after: previous, before: next, in: name) {
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
}
