extension Monitor {
    /// What is removed from text before any of it reaches a sink, the disk included.
    ///
    /// Everything is on by default. Two things cannot be switched off: registered secrets (``additionalSecrets``, and the
    /// value of every variable that is declared secret) are always removed, and the limits always hold.
    ///
    /// ```swift
    /// var redaction = Monitor.Redaction()
    /// redaction.additionalKeys = ["patient_name"]
    /// redaction.emailAddresses = false
    /// ```
    ///
    /// Text is redacted before it is cut, so that a secret that straddles the cut does not survive as a stump. Numbers
    /// (``Monitor/ValueClass``) are never scanned; names, enumerated values and identifiers lose registered secrets and known
    /// tokens and private keys alone. `docs/redaction.md` has the shapes, the measured precision and recall, and what this
    /// cannot find.
    public struct Redaction: Sendable {
        /// Replaces values under sensitive names, such as `password`, `X-Api-Key` and `refresh_token`.
        ///
        /// The name may be an attribute's, a map entry's or that of a `name=value` pair within text. `true` by default.
        public var sensitiveKeys = true
        /// Removes what follows `Bearer` and `Basic` where it stands without a header's name.
        ///
        /// `true` by default.
        public var authorization = true
        /// Removes keys and tokens of well-known shapes, such as `sk-…`, `ghp_…`, `AKIA…` and JSON web tokens.
        ///
        /// `true` by default.
        public var knownTokens = true
        /// Removes private keys in PEM blocks.
        ///
        /// `true` by default.
        public var privateKeys = true
        /// Removes user info, secret query items and webhook paths from URLs.
        ///
        /// `true` by default.
        public var urlCredentials = true
        /// Removes e-mail addresses.
        ///
        /// `true` by default.
        public var emailAddresses = true
        /// Removes payment card numbers, told by prefix, length, grouping and checksum.
        ///
        /// `true` by default.
        public var paymentCards = true

        /// Names that are sensitive besides those built in.
        ///
        /// Case and the separators `_`, `-`, `.` and space are ignored; a name fits a whole key and the end of a dotted one.
        /// Empty by default.
        public var additionalKeys: [String] = []
        /// Names that are not sensitive although they look so, compared as ``additionalKeys`` are.
        ///
        /// Empty by default.
        public var allowedKeys: [String] = []
        /// Exact texts to remove wherever they occur, also percent-encoded, JSON-escaped or in Base64.
        ///
        /// Texts of fewer than six bytes are ignored: they would be found everywhere. Empty by default.
        public var additionalSecrets: [String] = []

        /// What stands for removed text; in values that are URLs it is always `REDACTED`.
        ///
        /// `[redacted]` by default, and when it is empty. Keep it free of `@`, `=`, `:` and quotation marks: redacting a text twice then gives what redacting it once does.
        public var replacement = "[redacted]"
        /// A last step of the host's own, called for every text that is scanned by all rules, whether or not something was found in it.
        ///
        /// It runs on the caller's thread and must be quick. Its result is cut to ``valueLimit`` and not scanned again. `nil` by default.
        public var custom: (@Sendable (String) -> String)?

        /// How long a text may be, in bytes of UTF-8; what is longer is cut and ends in `[truncated]`.
        ///
        /// 64 KiB by default, at least 64.
        public var valueLimit = 64 * 1024
        /// How many bytes all values of one record may have together; what does not fit is replaced by `[truncated]`.
        ///
        /// 1 MiB by default, at least 1 KiB.
        public var recordLimit = 1024 * 1024

        /// The defaults: everything on.
        public init() {}
    }
}
