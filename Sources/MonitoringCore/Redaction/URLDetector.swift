/// Finds user info and webhook paths of URLs.
///
/// Query items are pairs (``PairDetector``).
enum URLDetector {
    /// How long user info may be.
    static let reach = 1024

    /// The secret part of the URL whose `://` stands at `colon`.
    static func match(
        _ bytes: Span<UInt8>, _ colon: Int, removed: [[UInt8]]
    ) -> (range: Range<Int>, isUserInfo: Bool)? {
        guard bytes.has("://", at: colon), ByteClass.isAlphanumeric(bytes.byte(colon - 1)) else { return nil }
        let start = colon + 3
        // Passwords that were not encoded can hold anything but the marks that end an authority in practice.
        let bound = bytes.endOfRun(from: start, limit: reach) {
            !ByteClass.isSpace($0) && !ByteClass.isQuote($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
                && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "\\") && $0 != UInt8(ascii: "?")
        }
        if let at = lastAt(bytes, start..<bound) {
            return isHarmlessUser(bytes, start..<at, removed) ? nil : (start..<at, true)
        }
        guard let hook = webhook(bytes, authority: start..<bound) else { return nil }
        return removed.contains { bytes.has($0, at: hook.lowerBound) } ? nil : (hook, false)
    }

    /// The last `@` before the path, so that a password may hold one.
    private static func lastAt(_ bytes: Span<UInt8>, _ authority: Range<Int>) -> Int? {
        var index = authority.upperBound - 1
        while index > authority.lowerBound {
            if bytes[index] == UInt8(ascii: "@") { return index }
            index -= 1
        }
        return nil
    }

    /// `git@`, and what was removed before.
    private static func isHarmlessUser(_ bytes: Span<UInt8>, _ user: Range<Int>, _ removed: [[UInt8]]) -> Bool {
        bytes.equalsIgnoringCase("git", user) || bytes.equalsIgnoringCase("redacted:redacted", user)
            || removed.contains { $0.count == user.count && bytes.has($0, at: user.lowerBound) }
    }

    /// The path that is a webhook's secret: Slack's, Discord's, Microsoft's.
    private static func webhook(_ bytes: Span<UInt8>, authority: Range<Int>) -> Range<Int>? {
        let path = authority.upperBound
        for (host, prefix) in hooks {
            let first = authority.upperBound - host.utf8.count
            guard first >= authority.lowerBound, bytes.hasIgnoringCase(host, at: first),
                first == authority.lowerBound || bytes[first - 1] == UInt8(ascii: "."),
                bytes.hasIgnoringCase(prefix, at: path)
            else { continue }
            let start = path + prefix.utf8.count
            let end = bytes.endOfRun(from: start) {
                ByteClass.isBase64($0) || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "%")
            }
            if end - start >= 8 { return start..<end }
        }
        return nil
    }

    private static let hooks = [
        ("hooks.slack.com", "/services/"), ("hooks.slack.com", "/workflows/"), ("hooks.slack.com", "/triggers/"),
        ("discord.com", "/api/webhooks/"), ("discordapp.com", "/api/webhooks/"), ("webhook.office.com", "/webhookb2/"),
        ("outlook.office.com", "/webhook/"), ("chat.googleapis.com", "/v1/spaces/"),
    ]
}
