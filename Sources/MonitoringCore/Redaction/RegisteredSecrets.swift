/// All secrets that were registered up to some moment, and the prefilter that also fires on them.
final class RegisteredSecrets: Sendable {
    /// The trigger that is the secrets' own.
    static let trigger: UInt32 = 1 << 31

    let prefilter: Prefilter
    /// How long the longest form is.
    let longest: Int
    /// Shorter texts hold neither a secret nor a token.
    let shortest: Int
    let isEmpty: Bool
    private let secrets: Set<String>
    /// The forms, ordered by their first three bytes.
    private let forms: [SecretForms.Form]

    /// No secrets.
    init(prefilter: Prefilter) {
        self.prefilter = prefilter
        self.longest = 0
        self.shortest = TokenShape.shortest
        self.isEmpty = true
        self.secrets = []
        self.forms = []
    }

    /// Those of `previous` and some more.
    private init(_ previous: RegisteredSecrets, adding secrets: [String]) {
        let added = secrets.flatMap(SecretForms.all)
        var prefilter = previous.prefilter
        for form in added { prefilter.add(Self.trigger, exactly: form.bytes) }
        self.prefilter = prefilter
        self.longest = added.reduce(previous.longest) { max($0, $1.bytes.count) }
        self.shortest = added.reduce(previous.shortest) { min($0, $1.bytes.count) }
        self.isEmpty = false
        self.secrets = previous.secrets.union(secrets)
        self.forms = (previous.forms + added).sorted { Self.order(of: $0.bytes) < Self.order(of: $1.bytes) }
    }

    /// These and those of `secrets` that are new; `nil` when none is.
    func adding(_ secrets: [String], limit: Int) -> RegisteredSecrets? {
        let new = Set(secrets).subtracting(self.secrets).prefix(limit - self.secrets.count)
        return new.isEmpty ? nil : RegisteredSecrets(self, adding: Array(new))
    }

    func contains(_ secret: String) -> Bool { secrets.contains(secret) }

    /// The longest secret that stands at `index`, the Base64 around it included.
    func match(_ bytes: Span<UInt8>, _ index: Int, floor: Int) -> Range<Int>? {
        guard !isEmpty, index + 3 <= bytes.count else { return nil }
        let order = Self.order(bytes[index], bytes[index + 1], bytes[index + 2])
        var position = firstForm(notBefore: order)
        var longest: Range<Int>?
        while position < forms.count, Self.order(of: forms[position].bytes) == order {
            let form = forms[position]
            position += 1
            guard bytes.has(form.bytes, at: index) else { continue }
            var range = index..<index + form.bytes.count
            if form.isBase64 {
                let start = bytes.startOfRun(before: index, floor: floor, limit: .max, ByteClass.isBase64)
                range = start..<bytes.endOfRun(from: range.upperBound, ByteClass.isBase64)
            }
            if range.count > longest?.count ?? 0 { longest = range }
        }
        return longest
    }

    /// `range`, made longer as long as a secret begins within it and ends behind it.
    func extend(_ range: Range<Int>, in bytes: Span<UInt8>) -> Range<Int> {
        guard !isEmpty else { return range }
        var end = range.upperBound
        var index = range.lowerBound + 1
        while index < end, let candidate = prefilter.next(in: bytes, from: index), candidate.index < end {
            if candidate.triggers & Self.trigger != 0,
                let match = self.match(bytes, candidate.index, floor: candidate.index)
            {
                end = max(end, match.upperBound)
            }
            index = candidate.index + 1
        }
        return range.lowerBound..<end
    }

    private func firstForm(notBefore order: UInt32) -> Int {
        var low = 0
        var high = forms.count
        while low < high {
            let middle = (low + high) / 2
            if Self.order(of: forms[middle].bytes) < order { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func order(of bytes: [UInt8]) -> UInt32 { order(bytes[0], bytes[1], bytes[2]) }

    private static func order(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt32 {
        UInt32(first) << 16 | UInt32(second) << 8 | UInt32(third)
    }
}
