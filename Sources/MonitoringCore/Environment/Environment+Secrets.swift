extension Monitor.Environment {
    /// A secret: the variable, or else the contents of the file that the variable with `_FILE` appended names.
    ///
    /// A single line break at the end of the file is not part of the secret. With both set the variable counts, and a
    /// notice says so. A file that is not regular, not UTF-8, empty or larger than 64 KiB is a problem. No problem ever
    /// holds the secret.
    ///
    /// - Parameters:
    ///   - name: The variable's name, without `_FILE`.
    ///   - report: Called with what is wrong.
    /// - Returns: The secret, or `nil` when there is none.
    public func secret(_ name: String, report: (Monitor.Problem) -> Void) -> String? {
        let fileVariable = name + "_FILE"
        guard let path = self[fileVariable] else { return self[name] }
        if let value = self[name] {
            report(
                Monitor.Problem(
                    source: "environment",
                    code: "contradiction",
                    subject: name,
                    message: "\(name) and \(fileVariable) are both set, \(name) is used",
                    fix: "unset one of them",
                    severity: .notice
                )
            )
            return value
        }
        do throws(SecretFault) {
            return try Self.readSecret(path)
        } catch {
            report(
                Monitor.Problem(
                    source: "environment",
                    code: "unreadable-file",
                    subject: fileVariable,
                    message: "\(fileVariable)=\(Self.shown(path: path)) cannot be used: \(error.reason)",
                    fix: "let \(fileVariable) name a readable text file with the secret in it, at most 64 KiB",
                    severity: .error
                )
            )
            return nil
        }
    }

    /// Every text that must never leave the process: the values of the secret variables, and for lists of headers
    /// (`name=value,…`) each value, with and without its scheme (`Bearer …`).
    ///
    /// - Parameter variables: The declared variables; those that are not secret are skipped.
    /// - Returns: The texts, each once, longest first.
    package func secretTexts(of variables: [Monitor.Variable]) -> [String] {
        var texts: Set<String> = []
        for name in variables.filter(\.isSecret).flatMap(\.names) {
            guard let value = secret(name, report: { _ in }) else { continue }
            texts.insert(value)
            for header in HeaderList.parse(value).headers where !header.value.isEmpty {
                texts.formUnion([header.value, header.encodedValue])
                if let space = header.value.firstIndex(of: " ") {
                    texts.insert(String(header.value[header.value.index(after: space)...]))
                }
            }
        }
        texts.remove("")
        return texts.sorted { ($0.utf8.count, $1) > ($1.utf8.count, $0) }
    }

    private struct SecretFault: Error {
        var reason: String
    }

    private static func readSecret(_ path: String) throws(SecretFault) -> String {
        var bytes: [UInt8]
        do {
            bytes = try BoundedFile.whole(path, limit: 65_536)
        } catch {
            throw SecretFault(reason: error.description)
        }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else { throw SecretFault(reason: "it is empty") }
        guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
            throw SecretFault(reason: "it is not text in UTF-8")
        }
        return text
    }

    /// The path, unless it could be the secret itself, put into the wrong variable.
    private static func shown(path: String) -> String {
        let isPath = ["/", "./", "../", "~"].contains { path.hasPrefix($0) }
        return ShownText.value(path, isSecret: !isPath)
    }
}
