import MonitoringCore
import Testing

@Suite struct CorpusTests {
    /// What the gate made of some lines.
    private struct Figures {
        var secrets = 0
        var removed = 0
        var marks = 0
        var wrongMarks = 0
        var lines = 0
        var exactLines = 0
        var wrong: [String] = []

        var recall: Double { secrets == 0 ? 1 : Double(removed) / Double(secrets) }
        var precision: Double { marks == 0 ? 1 : Double(marks - wrongMarks) / Double(marks) }

        mutating func add(_ line: Corpus.Line, _ output: String) {
            let found = output.ranges(of: "[redacted]").count
            lines += 1
            secrets += line.secrets.count
            removed += line.secrets.count { !output.contains($0) }
            marks += found
            wrongMarks += max(0, found - line.secrets.count)
            if output == line.expected { exactLines += 1 } else { wrong.append("\(line)\n    → \(output)") }
        }
    }

    private func measure(_ lines: [Corpus.Line]) -> Figures {
        let redactor = Redactor()
        return lines.reduce(into: Figures()) { $0.add($1, redactor.redact($1.text)) }
    }

    @Test func `precision and recall on the corpus hold and are told`() throws {
        let written = measure(try Corpus.load("positives") + Corpus.load("negatives"))
        let made = measure(Corpus.generatedPositives(seed: 1) + Corpus.generatedNegatives(seed: 2))
        for (name, figures) in [("written", written), ("generated", made)] {
            print(
                """
                redaction corpus, \(name): \(figures.lines) lines, \(figures.secrets) secrets, recall \(figures.recall), \
                precision \(figures.precision), exact \(figures.exactLines)
                """
            )
            for line in figures.wrong { print("  \(line)") }
        }
        #expect(written.recall >= 0.95)
        #expect(written.precision >= 0.98)
        #expect(made.recall >= 0.99)
        #expect(made.precision >= 0.98)
    }

    @Test func `nothing in the negative lines is touched`() throws {
        let redactor = Redactor()
        for line in try Corpus.load("negatives") { #expect(redactor.redact(line.text) == line.text) }
    }

    @Test func `redacting twice changes nothing`() throws {
        let redactor = Redactor()
        for line in try Corpus.load("positives") {
            let once = redactor.redact(line.text)
            #expect(redactor.redact(once) == once)
        }
    }
}
