/// What a question asks for, read from its words.
struct QuestionIntent: Sendable, Hashable {
    /// Arithmetic in the question.
    var expression: String?
    /// What to search for; nil for small talk and mere sums.
    var query: String?
    /// Whether it asks for the time.
    var asksTime: Bool
    /// Topics to look into at length: two when they are to be compared.
    var researchTopics: [String]

    init(_ question: String) {
        self.expression = Self.longestExpression(in: question)
        let (rest, asksTime) = Self.withoutTimeQuestion(question)
        self.asksTime = asksTime
        let words = expression.map { rest.replacing($0, with: " ") } ?? rest
        let telling = words.split(whereSeparator: \.isWhitespace).filter(Self.isTelling)
        self.query = telling.isEmpty ? nil : telling.map(Self.withoutPunctuation).joined(separator: " ")
        self.researchTopics = Self.researchTopics(in: question)
    }

    private static let smallTalk: Set<String> = [
        "hello", "thank", "thanks", "please", "library", "calculate", "result", "tell", "say", "day", "cost", "reader",
        "late", "book", "return", "s",
    ]

    private static let timeQuestions = ["what time is it", "what is the time", "which day is it", "what is the date"]

    /// What is left to be searched for once a question for the time is taken out.
    private static func withoutTimeQuestion(_ question: String) -> (rest: String, asksTime: Bool) {
        let text = question.lowercased()
        guard let asked = timeQuestions.first(where: text.contains) else { return (question, false) }
        return (text.replacing(asked, with: " "), true)
    }

    private static func isTelling(_ word: Substring) -> Bool {
        !smallTalk.isSuperset(of: Tokenizer.terms(of: String(word)))
    }

    private static func withoutPunctuation(_ word: Substring) -> Substring {
        var word = word
        while let last = word.last, ".,;:?!".contains(last) { word.removeLast() }
        return word
    }

    /// The longest run of digits, operators, dots, blanks and parentheses that stands alone and has an operator in it.
    private static func longestExpression(in text: String) -> String? {
        var best: Substring?
        var rest = text[...]
        while let start = rest.firstIndex(where: isArithmetic) {
            let end = rest[start...].firstIndex { !isArithmetic($0) } ?? rest.endIndex
            let run = trimmed(rest[start..<end])
            if stands(alone: run, in: text), isExpression(run), run.count > best?.count ?? 0 { best = run }
            rest = rest[end...]
        }
        return best.map(String.init)
    }

    private static func isArithmetic(_ character: Character) -> Bool { "0123456789.+-*/%^() ".contains(character) }

    private static func trimmed(_ run: Substring) -> Substring {
        var run = run.drop { !"0123456789.(-".contains($0) }
        while let last = run.last, !"0123456789)".contains(last) { run.removeLast() }
        return run
    }

    private static func isExpression(_ run: Substring) -> Bool {
        run.contains { $0.isNumber } && run.dropFirst().contains { "+-*/%^".contains($0) }
    }

    /// False inside a word or an identifier, such as in `api03-7`.
    private static func stands(alone run: Substring, in text: String) -> Bool {
        let before = run.startIndex > text.startIndex ? text[text.index(before: run.startIndex)] : " "
        let after = run.endIndex < text.endIndex ? text[run.endIndex] : " "
        return !isWord(before) && !isWord(after)
    }

    private static func isWord(_ character: Character) -> Bool { character.isLetter || "_@:-".contains(character) }

    private static func researchTopics(in question: String) -> [String] {
        let text = question.lowercased().drop { $0 == " " }.prefix { !".?!".contains($0) }
        if text.hasPrefix("research ") { return [String(text.dropFirst("research ".count))] }
        guard text.hasPrefix("compare ") else { return [] }
        return text.dropFirst("compare ".count).split(separator: " with ", maxSplits: 1).map(String.init)
    }
}
