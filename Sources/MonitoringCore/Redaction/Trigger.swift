/// The prefilter's bits: what kind of place asks for a closer look.
enum Trigger {
    static let equals: UInt32 = 1 << 0
    static let colon: UInt32 = 1 << 1
    static let numberColon: UInt32 = 1 << 2
    static let at: UInt32 = 1 << 3
    static let percent: UInt32 = 1 << 4
    static let flag: UInt32 = 1 << 5
    static let card: UInt32 = 1 << 6
    static let bearer: UInt32 = 1 << 7
    static let basic: UInt32 = 1 << 8
    static let webToken: UInt32 = 1 << 9
    static let privateKey: UInt32 = 1 << 10
    static let element: UInt32 = 1 << 11
    /// Cards of the series 2221 to 2720: a trigger of its own, since dates begin with a 2, too.
    static let secondCard: UInt32 = 1 << 12
    /// The bits that the token shapes share; the last bit is the registered secrets' (``RegisteredSecrets/trigger``).
    static let tokens = 13..<31
    /// What fires on registered secrets and on the shapes of keys and tokens: all that identifiers are looked at for.
    static let shapes = numberColon | webToken | privateKey | UInt32.max << UInt32(tokens.lowerBound)

    /// A prefilter that fires on what is switched on, save for the token shapes and the registered secrets.
    static func prefilter(for redaction: Monitor.Redaction) -> Prefilter {
        var prefilter = Prefilter()
        if redaction.sensitiveKeys || redaction.urlCredentials || !redaction.additionalKeys.isEmpty {
            prefilter.add(equals, endsName, equal("="), differ("="))
            prefilter.add(colon, { endsName($0) && !ByteClass.isDigit($0) }, equal(":"), differ(":"))
            prefilter.add(percent, equal("%"), equal("3"), { "AaDd".utf8.contains($0) })
            prefilter.add(element, ByteClass.isAlphanumeric, equal(">"), differ("<"))
            prefilter.add(flag, equal("-"), equal("-"), ByteClass.isLetter)
        }
        if redaction.sensitiveKeys || redaction.knownTokens {
            prefilter.add(
                numberColon, ByteClass.isDigit, equal(":"), { !ByteClass.isDigit($0) && $0 != UInt8(ascii: ":") })
        }
        if redaction.emailAddresses {
            prefilter.add(at, isLocal, equal("@"), { ByteClass.isAlphanumeric($0) || $0 >= 0xC3 })
        }
        if redaction.paymentCards {
            prefilter.add(card, precedesNumber, { ("3"..."6").contains(Unicode.Scalar($0)) }, ByteClass.isDigit)
            prefilter.add(secondCard, precedesNumber, equal("2"), { ("2"..."7").contains(Unicode.Scalar($0)) })
        }
        if redaction.authorization {
            for letters in ["rer", "RER"] { prefilter.add(bearer, exactly: letters.utf8) }
            for letters in ["asi", "ASI"] { prefilter.add(basic, exactly: letters.utf8) }
        }
        if redaction.knownTokens { prefilter.add(webToken, exactly: "eyJ".utf8) }
        if redaction.privateKeys { prefilter.add(privateKey, exactly: "-BE".utf8) }
        return prefilter
    }

    private static func endsName(_ byte: UInt8) -> Bool {
        ByteClass.isDottedToken(byte) || ByteClass.isQuote(byte) || byte == UInt8(ascii: "]") || ByteClass.isBlank(byte)
    }

    /// Everything but digits, letters and what stands within identifiers and amounts; `n`, `r` and `t` can end an escape.
    private static func precedesNumber(_ byte: UInt8) -> Bool {
        "nrt".utf8.contains(byte) || !(ByteClass.isAlphanumeric(byte) || "_./#+$@~^".utf8.contains(byte))
    }

    private static func isLocal(_ byte: UInt8) -> Bool {
        ByteClass.isDottedToken(byte) || byte == UInt8(ascii: "+") || byte >= 0x80
    }

    private static func equal(_ character: Unicode.Scalar) -> (UInt8) -> Bool {
        { Unicode.Scalar($0) == character }
    }

    private static func differ(_ character: Unicode.Scalar) -> (UInt8) -> Bool {
        { Unicode.Scalar($0) != character }
    }
}
