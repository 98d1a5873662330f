/// A kind of key or token that is told by its first letters.
struct TokenShape: Sendable {
    /// Which bytes follow the first letters.
    enum Body: Sendable {
        case alphanumeric
        case upper
        case hex
        case token
        case dotted

        func contains(_ byte: UInt8) -> Bool {
            switch self {
            case .alphanumeric: ByteClass.isAlphanumeric(byte)
            case .upper: ByteClass.isUppercaseOrDigit(byte)
            case .hex: ByteClass.isHex(byte)
            case .token: ByteClass.isToken(byte)
            case .dotted: ByteClass.isDottedToken(byte)
            }
        }
    }

    /// The letters that all tokens of the kind begin with.
    let prefix: [UInt8]
    /// Which three of them are the rarest in other text.
    let rarest: Int
    let body: Body
    let minimum: Int
    let maximum: Int

    init(_ prefix: String, rarest: Int = 0, _ body: Body, _ minimum: Int, max maximum: Int = .max) {
        self.prefix = Array(prefix.utf8)
        self.rarest = rarest
        self.body = body
        self.minimum = minimum
        self.maximum = maximum
    }

    /// The token that begins at `start`, when it has the length and the mix of letters and digits of one.
    func match(_ bytes: Span<UInt8>, _ start: Int) -> Range<Int>? {
        guard bytes.has(prefix, at: start), bytes.isTokenStart(start) else { return nil }
        let first = start + prefix.count
        var end = bytes.endOfRun(from: first, body.contains)
        while end > first, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
        guard end - first >= minimum, end - first <= maximum else { return nil }
        if maximum != .max, ByteClass.isToken(bytes.byte(end)) { return nil }
        return isMixed(bytes, first..<end) ? start..<end : nil
    }

    /// Made by a machine: with a digit, or with both small and capital letters.
    private func isMixed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if bytes.contains(range, where: ByteClass.isDigit) { return true }
        return bytes.contains(range, where: ByteClass.isUppercase)
            && bytes.contains(range) { ByteClass.isLetter($0) && !ByteClass.isUppercase($0) }
    }
}

extension TokenShape {
    /// How long the shortest token is; JSON web tokens, bots' tokens and private keys are longer.
    static var shortest: Int { known.map { $0.prefix.count + $0.minimum }.min() ?? 0 }

    /// The kinds that are known.
    ///
    /// `Tests/` has a made-up example of each.
    static let known: [TokenShape] = [
        // OpenAI, Anthropic, OpenRouter and others that begin alike.
        TokenShape("sk-", .token, 20),
        // Stripe, and its webhooks' secrets.
        TokenShape("sk_live_", .alphanumeric, 10), TokenShape("sk_test_", .alphanumeric, 10),
        TokenShape("rk_live_", .alphanumeric, 10), TokenShape("rk_test_", .alphanumeric, 10),
        TokenShape("whsec_", .alphanumeric, 16),
        // GitHub and GitLab.
        TokenShape("ghp_", rarest: 1, .alphanumeric, 20), TokenShape("gho_", rarest: 1, .alphanumeric, 20),
        TokenShape("ghu_", rarest: 1, .alphanumeric, 20), TokenShape("ghs_", rarest: 1, .alphanumeric, 20),
        TokenShape("ghr_", rarest: 1, .alphanumeric, 20), TokenShape("github_pat_", rarest: 4, .token, 22),
        TokenShape("glpat-", rarest: 1, .dotted, 16), TokenShape("gldt-", rarest: 1, .token, 16),
        TokenShape("glrt-", rarest: 1, .dotted, 16),
        // Slack.
        TokenShape("xoxa-", .token, 10), TokenShape("xoxb-", .token, 10), TokenShape("xoxc-", .token, 10),
        TokenShape("xoxd-", .token, 10), TokenShape("xoxe-", .token, 10), TokenShape("xoxe.xox", .dotted, 10),
        TokenShape("xoxo-", .token, 10), TokenShape("xoxp-", .token, 10), TokenShape("xoxr-", .token, 10),
        TokenShape("xoxs-", .token, 10), TokenShape("xapp-", .token, 10),
        // Amazon and Google.
        TokenShape("AKIA", .upper, 16, max: 16), TokenShape("ASIA", .upper, 16, max: 16),
        TokenShape("AIza", .token, 30), TokenShape("ya29.", .dotted, 20), TokenShape("GOCSPX-", .token, 20),
        // Registries and platforms.
        TokenShape("npm_", rarest: 1, .alphanumeric, 30), TokenShape("hf_", .alphanumeric, 24),
        TokenShape("pypi-", .token, 24), TokenShape("dckr_pat_", rarest: 1, .token, 20),
        TokenShape("dop_v1_", rarest: 2, .hex, 32), TokenShape("shpat_", rarest: 1, .hex, 32),
        TokenShape("hvs.", .token, 20), TokenShape("glsa_", rarest: 1, .token, 24),
        TokenShape("sntrys_", rarest: 4, .token, 24), TokenShape("sntryu_", rarest: 4, .token, 24),
        TokenShape("tskey-", rarest: 0, .token, 16), TokenShape("AGE-SECRET-KEY-1", .upper, 50),
        // Models.
        TokenShape("gsk_", .alphanumeric, 24), TokenShape("xai-", .alphanumeric, 24),
        TokenShape("r8_", .alphanumeric, 24), TokenShape("pplx-", rarest: 1, .alphanumeric, 24),
        // Mail and telephony.
        TokenShape("SG.", .dotted, 32), TokenShape("SK", .hex, 32, max: 32),
    ]
}
