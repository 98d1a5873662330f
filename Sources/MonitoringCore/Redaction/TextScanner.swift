/// Finds what is to be removed from one text and puts the replacement there.
final class TextScanner: Sendable {
    /// What was found, and what it is.
    private struct Finding {
        var range: Range<Int>
        var isUserInfo = false
    }

    /// What stands for removed text in a URL, where brackets would not be valid.
    private static let inURL = Array("REDACTED".utf8)
    private static let userInfoInURL = Array("REDACTED:REDACTED".utf8)

    /// The prefilter without registered secrets.
    let prefilter: Prefilter
    private let replacement: [UInt8]
    private let removed: [[UInt8]]
    private let pairs: PairDetector
    private let tokens: TokenDetector?
    private let checksURLs: Bool
    private let checksCards: Bool

    init(_ redaction: Monitor.Redaction, keys: KeyRules) {
        var prefilter = Trigger.prefilter(for: redaction)
        self.tokens = redaction.knownTokens ? TokenDetector(&prefilter, bits: Trigger.tokens) : nil
        self.prefilter = prefilter
        self.replacement = Array(redaction.replacement.utf8)
        self.removed = [replacement, Self.inURL, Array(Redactor.truncationMark.utf8)].filter { !$0.isEmpty }
        self.pairs = PairDetector(keys: keys, checksQueryItems: redaction.urlCredentials, removed: removed)
        self.checksURLs = redaction.urlCredentials
        self.checksCards = redaction.paymentCards
    }

    /// The first `kept` bytes without what is to be removed; `nil` when there is nothing to remove.
    ///
    /// - Parameters:
    ///   - bytes: The text. What lies behind `kept` is there to tell what a finding that begins before it really is.
    ///   - kept: How much of the text the result stands for.
    ///   - secrets: The registered secrets.
    ///   - reading: Which rules hold.
    /// - Returns: The redacted text.
    func scan(_ bytes: Span<UInt8>, kept: Int, secrets: RegisteredSecrets, reading: Reading) -> [UInt8]? {
        var output: [UInt8] = []
        var copied = 0
        var position = 0
        var isChanged = false
        // The trigger for cards looks at the byte before the number; a number that begins the text has none.
        var finding =
            checksCards && reading != .identifier && CardDetector.canBegin(bytes)
            ? CardDetector.match(bytes, 0, floor: 0).map { Finding(range: $0) } : nil
        let wanted = reading == .identifier ? Trigger.shapes : .max
        while true {
            if finding == nil {
                guard let candidate = secrets.prefilter.next(in: bytes, from: position, wanted: wanted) else { break }
                position = candidate.index + 1
                finding = self.finding(bytes, candidate, floor: copied, secrets: secrets, reading: reading)
            }
            guard let found = finding.take(), found.range.lowerBound < kept else { continue }
            if copied == 0 { output.reserveCapacity(kept + replacement.count) }
            let range = secrets.extend(found.range, in: bytes)
            let replacement = replacement(of: found, reading: reading)
            isChanged = isChanged || range.count != replacement.count || !bytes.has(replacement, at: range.lowerBound)
            bytes.copy(copied..<range.lowerBound, to: &output)
            output += replacement
            copied = range.upperBound
            position = max(position, copied)
        }
        guard isChanged else { return nil }
        if copied < kept { bytes.copy(copied..<kept, to: &output) }
        return output
    }

    private func replacement(of finding: Finding, reading: Reading) -> [UInt8] {
        guard reading == .url else { return replacement }
        return finding.isUserInfo ? Self.userInfoInURL : Self.inURL
    }

    /// The widest of what the candidate's triggers find.
    private func finding(
        _ bytes: Span<UInt8>, _ candidate: Prefilter.Candidate, floor: Int, secrets: RegisteredSecrets, reading: Reading
    ) -> Finding? {
        var triggers = candidate.triggers
        var widest: Finding?
        while triggers != 0 {
            let trigger = triggers & (0 &- triggers)
            triggers &= triggers - 1
            let found: Finding?
            if trigger == RegisteredSecrets.trigger {
                found = secrets.match(bytes, candidate.index, floor: floor).map { Finding(range: $0) }
            } else if trigger >= 1 << UInt32(Trigger.tokens.lowerBound) {
                found = tokens?.match(bytes, candidate.index, triggers: trigger, floor: floor).map {
                    Finding(range: $0)
                }
            } else {
                found = self.found(by: trigger, bytes, candidate.index, floor: floor, reading: reading)
            }
            if let found, found.range.count > widest?.range.count ?? 0 { widest = found }
        }
        return widest
    }

    private func found(by trigger: UInt32, _ bytes: Span<UInt8>, _ index: Int, floor: Int, reading: Reading) -> Finding?
    {
        let range: Range<Int>?
        switch trigger {
        case Trigger.colon where checksURLs && bytes.byte(index + 2) == UInt8(ascii: "/"):
            guard bytes.byte(index + 3) == UInt8(ascii: "/") else {
                range = pair(bytes, index + 1..<index + 2, floor: floor, reading: reading)
                break
            }
            return URLDetector.match(bytes, index + 1, removed: removed).map {
                Finding(range: $0.range, isUserInfo: $0.isUserInfo)
            }
        case Trigger.equals, Trigger.colon: range = pair(bytes, index + 1..<index + 2, floor: floor, reading: reading)
        case Trigger.numberColon:
            let token = tokens == nil ? nil : TokenDetector.botToken(bytes, index + 1, floor: floor)
            guard token == nil, reading != .identifier else {
                range = token
                break
            }
            range = pair(bytes, index + 1..<index + 2, floor: floor, reading: reading)
        case Trigger.percent: range = pair(bytes, index..<index + 3, floor: floor, reading: reading)
        case Trigger.element: range = pairs.matchElement(bytes, tagEnd: index + 1, floor: floor)
        case Trigger.flag: range = pairs.matchFlag(bytes, index)
        case Trigger.at: range = MailDetector.match(bytes, index + 1, floor: floor, removed: removed)
        case Trigger.card, Trigger.secondCard: range = CardDetector.match(bytes, index + 1, floor: floor)
        case Trigger.bearer: range = AuthorizationDetector.bearer(bytes, index, floor: floor)
        case Trigger.basic: range = AuthorizationDetector.basic(bytes, index, floor: floor)
        case Trigger.webToken: range = TokenDetector.webToken(bytes, index)
        case Trigger.privateKey: range = PrivateKeyDetector.match(bytes, index, floor: floor)
        default: range = nil
        }
        return range.map { Finding(range: $0) }
    }

    private func pair(_ bytes: Span<UInt8>, _ separator: Range<Int>, floor: Int, reading: Reading) -> Range<Int>? {
        pairs.match(bytes, separator: separator, floor: floor, isURL: reading == .url)
    }
}
