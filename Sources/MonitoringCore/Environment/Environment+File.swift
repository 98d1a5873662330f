extension Monitor.Environment {
    /// The variables of a `.env` file, beneath those of another environment: a variable that is set there keeps its value.
    ///
    /// Lines are `NAME=value`, with `export ` before it or not. A `#` at the start of a line or after a blank begins a
    /// comment. Values between single quotes are literal; between double quotes `\n`, `\r`, `\t`, `\"`, `\$` and `\\` are
    /// read; both may span lines. Nothing is expanded: a `$` stays. Of two lines with one name the later counts.
    ///
    /// A file that is missing, not regular or larger than 1 MiB, and lines that make no sense, are ``problems``; the rest
    /// of the file counts. Invalid UTF-8 is repaired. Reads the file now; call it at the start of a program.
    ///
    /// - Parameters:
    ///   - path: Where the file is; relative to the working directory.
    ///   - base: What lies above it, by default the environment of the process.
    /// - Returns: Both together.
    public static func file(_ path: String, over base: Monitor.Environment = .process) -> Monitor.Environment {
        let bytes: [UInt8]
        do throws(BoundedFile.Failure) {
            bytes = try BoundedFile.whole(path, limit: 1 << 20)
        } catch {
            let problem = Monitor.Problem(
                source: "environment",
                code: "unreadable-file",
                subject: ShownText.plain(path, limit: 256),
                message: "the environment file \(ShownText.plain(path, limit: 256)) cannot be used: \(error)",
                fix: "name a readable file of at most 1 MiB"
            )
            return Monitor.Environment(base.values, problems: base.problems + [problem])
        }
        var parser = DotEnvParser(bytes)
        parser.parse()
        var problems = base.problems
        if !parser.badLines.isEmpty { problems.append(Self.badLines(parser.badLines, path: path)) }
        return Monitor.Environment(parser.values.merging(base.values) { $1 }, problems: problems)
    }

    private static func badLines(_ lines: [Int], path: String) -> Monitor.Problem {
        let shown = lines.prefix(5).map(String.init).joined(separator: ", ") + (lines.count > 5 ? ", …" : "")
        let path = ShownText.plain(path, limit: 256)
        return Monitor.Problem(
            source: "environment",
            code: "malformed-file",
            subject: path,
            message:
                "\(path): \(lines.count == 1 ? "line" : "lines") \(shown) cannot be read and \(lines.count == 1 ? "is" : "are") left out",
            fix: "write NAME=value, and close every quotation mark"
        )
    }
}
