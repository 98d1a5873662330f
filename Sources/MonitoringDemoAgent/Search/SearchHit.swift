/// A document that was found.
struct SearchHit: Sendable, Hashable {
    var document: SearchDocument
    /// How well it fits; only comparable within one search.
    var score: Double
    /// The sentence that fits best.
    var snippet: String
}

extension SearchDocument {
    /// The sentence with the most different terms of a query; of equal ones the first.
    func snippet(matching terms: Set<String>) -> String {
        var best = (sentence: "", matches: -1)
        for sentence in sentences {
            let matches = terms.intersection(Tokenizer.terms(of: sentence)).count
            if matches > best.matches { best = (sentence, matches) }
        }
        return best.sentence
    }

    /// The body's sentences: each ends at a full stop, question or exclamation mark before a blank.
    private var sentences: [String] {
        var sentences: [String] = []
        var sentence = ""
        var mayEnd = false
        for character in body {
            if mayEnd, character == " " {
                sentences.append(sentence)
                sentence = ""
            } else {
                sentence.append(character)
            }
            mayEnd = ".?!".contains(character)
        }
        if !sentence.isEmpty { sentences.append(sentence) }
        return sentences
    }
}
