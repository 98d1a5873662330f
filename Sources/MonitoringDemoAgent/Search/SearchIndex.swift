import Foundation

/// An inverted index with BM25 ranking: for each term the documents it stands in, and how often.
///
/// Titles count three times. The index is built once and read by many tasks.
struct SearchIndex: Sendable {
    private struct Posting: Sendable {
        var document: Int
        var frequency: Int
    }

    private static let titleWeight = 3
    private static let saturation = 1.2
    private static let lengthWeight = 0.75

    let documents: [SearchDocument]
    private let postings: [String: [Posting]]
    private let lengths: [Int]
    private let averageLength: Double

    init(_ documents: [SearchDocument]) {
        var postings: [String: [Posting]] = [:]
        var lengths: [Int] = []
        for (position, document) in documents.enumerated() {
            var frequencies: [String: Int] = [:]
            for term in Tokenizer.terms(of: document.title) { frequencies[term, default: 0] += Self.titleWeight }
            for term in Tokenizer.terms(of: document.body) { frequencies[term, default: 0] += 1 }
            for (term, frequency) in frequencies {
                postings[term, default: []].append(Posting(document: position, frequency: frequency))
            }
            lengths.append(frequencies.values.reduce(0, +))
        }
        self.documents = documents
        self.postings = postings
        self.lengths = lengths
        self.averageLength = Double(lengths.reduce(0, +)) / Double(max(lengths.count, 1))
    }

    /// How many different terms there are.
    var termCount: Int { postings.count }

    /// The best documents for a query, best first; of equal ones the earlier document first.
    ///
    /// - Parameters:
    ///   - query: Free text; words that no document has are ignored.
    ///   - limit: The most hits wanted.
    /// - Returns: At most so many hits; none when no word is known.
    func search(_ query: String, limit: Int = 3) -> [SearchHit] {
        let terms = Set(Tokenizer.terms(of: query))
        var scores: [Int: Double] = [:]
        for term in terms.sorted() {  // in order, so that sums of doubles are the same in every process
            guard let found = postings[term] else { continue }
            let rarity = inverseDocumentFrequency(of: found.count)
            for posting in found { scores[posting.document, default: 0] += rarity * weight(of: posting) }
        }
        return scores.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(limit).map {
            found in
            let document = documents[found.key]
            return SearchHit(document: document, score: found.value, snippet: document.snippet(matching: terms))
        }
    }

    private func inverseDocumentFrequency(of count: Int) -> Double {
        log(1 + (Double(documents.count) - Double(count) + 0.5) / (Double(count) + 0.5))
    }

    private func weight(of posting: Posting) -> Double {
        let frequency = Double(posting.frequency)
        let length = Double(lengths[posting.document]) / averageLength
        let damping = Self.saturation * (1 - Self.lengthWeight + Self.lengthWeight * length)
        return frequency * (Self.saturation + 1) / (frequency + damping)
    }
}
