/// The gate that all text passes on its way to a sink.
///
/// Text in which nothing is found is handed back as it came, without an allocation. All of it may be called from any
/// thread; only ``register(secrets:)`` takes a lock.
package final class Redactor: Sendable {
    /// What ends a text that was cut, and what stands for a value that did not fit into its record.
    package static let truncationMark = "[truncated]"
    private static let mark = Array(truncationMark.utf8)
    /// How far beyond the limit a text is scanned at least, so that a secret that straddles the cut is seen whole.
    static let overlap = 20 * 1024
    /// How often an output is scanned again at most; two rounds are rare, and more were only seen in random text.
    private static let mostRounds = 8

    /// How long a text may be, in bytes.
    package let valueLimit: Int
    /// How many bytes the values of one record may have.
    package let recordLimit: Int
    let replacement: String
    private let custom: (@Sendable (String) -> String)?
    private let keys: KeyRules
    private let scanner: TextScanner
    private let registry: SecretRegistry

    /// Makes the gate that a configuration describes.
    package init(_ redaction: Monitor.Redaction = Monitor.Redaction()) {
        var redaction = redaction
        if redaction.replacement.isEmpty { redaction.replacement = Monitor.Redaction().replacement }
        self.valueLimit = max(redaction.valueLimit, 64)
        self.recordLimit = max(redaction.recordLimit, 1024)
        self.replacement = redaction.replacement
        self.custom = redaction.custom
        self.keys = KeyRules(redaction)
        self.scanner = TextScanner(redaction, keys: keys)
        self.registry = SecretRegistry(prefilter: scanner.prefilter)
        register(secrets: redaction.additionalSecrets)
    }

    /// The text without what is to be removed, and no longer than ``valueLimit``.
    ///
    /// Costs are linear up to the limit and do not grow beyond it: of a longer text only what can be kept, and 20 KiB more, is
    /// looked at.
    package func redact(_ text: String) -> String { redact(text, .text) }

    /// The URL without user info (`REDACTED:REDACTED@`), the values of secret query items and webhook paths (`REDACTED`), and
    /// without all that ``redact(_:)`` removes.
    package func redact(url: String) -> String { redact(url, .url) }

    /// The name or id without registered secrets and keys and tokens of known shapes, and no longer than ``valueLimit``.
    ///
    /// No other rule holds for it: addresses, long numbers and pairs stay. The host's own last step is not called.
    package func redact(identifier: String) -> String {
        if isClear(identifier: identifier) { return identifier }
        return identifier.withBytes { redacted($0, .identifier) } ?? identifier
    }

    /// Whether there is no place in the name or id that is worth a closer look.
    @inline(__always)
    func isClear(identifier: String) -> Bool {
        let count = identifier.utf8.count
        guard count <= valueLimit else { return false }
        return registry.withCurrent { secrets in
            count < secrets.shortest
                || identifier.withBytes { secrets.prefilter.next(in: $0, from: 0, wanted: Trigger.shapes) == nil }
        }
    }

    /// Whether a name says that its value is a secret.
    ///
    /// Case and separators do not matter, words do: `refresh_token` is one,
    /// `max_tokens` is none.
    package func isSensitive(key: String) -> Bool {
        key.withBytes { keys.verdict($0, 0..<$0.count).isSensitive }
    }

    /// Removes `secret` from all text from now on, in its plain, percent-encoded, JSON-escaped and Base64 forms.
    ///
    /// Ignored are secrets of fewer than six bytes, which would be found everywhere, those that the replacement or the mark
    /// of a cut contains, and those beyond the 512th.
    package func register(secret: String) { register(secrets: [secret]) }

    /// Removes all of `secrets` from all text from now on, as ``register(secret:)`` does.
    package func register(secrets: [String]) {
        let marks = [replacement, Self.truncationMark, "REDACTED:REDACTED"].map { Array($0.utf8) }
        let new = secrets.filter { secret in
            guard secret.utf8.count >= SecretForms.minimum else { return false }
            return !marks.contains { Self.contains($0, Array(secret.utf8)) }
        }
        if !new.isEmpty { registry.add(new) }
    }

    /// The text, cut when it is longer than ``valueLimit``, and not scanned.
    private func limited(_ text: String) -> String {
        text.utf8.count > valueLimit ? String(decoding: text.withBytes { cut($0) }, as: UTF8.self) : text
    }

    private func redact(_ text: String, _ reading: Reading) -> String {
        if custom == nil, text.utf8.count <= valueLimit, text.withBytes({ isClear($0) }) { return text }
        let result = text.withBytes { redacted($0, reading) } ?? text
        guard let custom else { return result }
        return limited(custom(result))
    }

    /// Whether there is no place in the text that is worth a closer look, as is so with most texts.
    @inline(__always)
    private func isClear(_ bytes: Span<UInt8>) -> Bool {
        !CardDetector.canBegin(bytes) && registry.withCurrent { $0.prefilter.next(in: bytes, from: 0) == nil }
    }

    /// The redacted text; `nil` when it is the same.
    private func redacted(_ bytes: Span<UInt8>, _ reading: Reading) -> String? {
        registry.withCurrent { secrets in
            if bytes.count <= valueLimit {
                guard let output = scanner.scan(bytes, kept: bytes.count, secrets: secrets, reading: reading) else {
                    return nil
                }
                return settled(output, secrets: secrets, reading: reading)
            }
            let reach = valueLimit + max(Self.overlap, secrets.longest)
            let window = bytes.extracting(first: bytes.scalarBoundary(atOrBefore: reach))
            let kept = bytes.scalarBoundary(atOrBefore: valueLimit - Self.mark.count)
            var output: [UInt8] = []
            if let redacted = scanner.scan(window, kept: kept, secrets: secrets, reading: reading) {
                output = redacted
            } else {
                bytes.copy(0..<kept, to: &output)
            }
            return settled(output + Self.mark, secrets: secrets, reading: reading)
        }
    }

    /// The output as a string, scanned again until nothing more is found.
    ///
    /// What was removed, or cut, gives its neighbours new ends, which can make them look like something to remove; and
    /// replacements can be longer than what they stand for, so that the output has to be cut again.
    private func settled(_ output: [UInt8], secrets: RegisteredSecrets, reading: Reading) -> String {
        var output = output
        for _ in 0..<Self.mostRounds {
            if output.count > valueLimit { output = output.withBytes { cut($0) } }
            let next = output.withBytes { scanner.scan($0, kept: $0.count, secrets: secrets, reading: reading) }
            guard let next else { break }
            output = next
        }
        if output.count > valueLimit { output = output.withBytes { cut($0) } }
        return String(decoding: output, as: UTF8.self)
    }

    /// As much of the bytes as the limit allows, and the mark; a replacement is not cut in two.
    private func cut(_ bytes: Span<UInt8>) -> [UInt8] {
        var end = bytes.scalarBoundary(atOrBefore: valueLimit - Self.mark.count)
        let whole = Array(replacement.utf8)
        for length in stride(from: min(whole.count - 1, end), to: 0, by: -1) where bytes.has(whole, at: end - length) {
            end -= length
            break
        }
        var output: [UInt8] = []
        output.reserveCapacity(end + Self.mark.count)
        bytes.copy(0..<end, to: &output)
        return output + Self.mark
    }

    private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
        text.indices.contains { text[$0...].starts(with: part) }
    }
}
