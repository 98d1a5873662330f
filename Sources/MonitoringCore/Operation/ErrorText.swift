/// An error in words: its `error.type` and what it says, redacted and bounded.
package struct ErrorText: Sendable {
    package let type: String
    package let message: String

    /// Longest message kept, in bytes.
    package static let limit = 8 * 1024

    package init(describing error: any Error, redactor: Redactor) {
        type = Self.type(Self.name(of: error), redactor: redactor)
        message = Self.bounded(redactor.redact(String(describing: error)))
    }

    /// Longest `error.type`, in bytes.
    package static let typeLimit = 256

    /// The error's own name for itself, else its type's name with the module, the same in every build; bounded, and not
    /// redacted.
    package static func type(of error: any Error) -> String { cut(name(of: error), to: typeLimit) }

    /// The `error.type` that a name makes: redacted as identifiers are, then bounded.
    package static func type(_ name: String, redactor: Redactor) -> String {
        name.isEmpty ? "_OTHER" : cut(redactor.redact(identifier: name), to: typeLimit)
    }

    private static func name(of error: any Error) -> String {
        if let naming = error as? any Monitor.ErrorTypeNaming {
            let name = naming.monitoringErrorType
            if !name.isEmpty { return name }
        }
        let full = String(reflecting: Swift.type(of: error))
        guard full.contains("(unknown context at ") else { return full }
        let parts = full.split(separator: ".").filter { !$0.hasPrefix("(unknown context at ") }
        return parts.joined(separator: ".")
    }

    /// The text, cut when it is longer than the limit in bytes, and then with an ellipsis.
    package static func bounded(_ text: String, to limit: Int = limit) -> String {
        text.utf8.count > limit ? cut(text, to: limit) + "…" : text
    }

    /// As many whole Unicode scalars of the text as fit into the limit in bytes.
    package static func cut(_ text: String, to limit: Int) -> String {
        guard text.utf8.count > limit else { return text }
        var end = text.utf8.index(text.startIndex, offsetBy: limit)
        while end.samePosition(in: text.unicodeScalars) == nil { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }
}
