/// Cuts text into search terms: runs of letters and digits, lower case, without stop words, plurals as singulars.
enum Tokenizer {
    private static let stopWords: Set<String> = [
        "a", "about", "after", "all", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "does", "for",
        "from", "has", "have", "how", "i", "if", "in", "is", "it", "its", "many", "may", "me", "much", "must", "my",
        "no", "not", "of", "on", "one", "or", "our", "should", "that", "the", "their", "them", "there", "they", "this",
        "to", "we", "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
    ]

    /// The terms of a text, in order, repeated ones repeated.
    static func terms(of text: String) -> [String] {
        var terms: [String] = []
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
            let word = String(word)
            if !stopWords.contains(word) { terms.append(singular(word)) }
        }
        return terms
    }

    /// The word without its plural ending; short words and those on "ss", "us" and "is" stay.
    private static func singular(_ word: String) -> String {
        guard word.utf8.count > 3, word.hasSuffix("s") else { return word }
        if ["ss", "us", "is"].contains(where: word.hasSuffix) { return word }
        if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
        if ["ches", "shes", "sses", "xes"].contains(where: word.hasSuffix) { return String(word.dropLast(2)) }
        return String(word.dropLast())
    }
}
