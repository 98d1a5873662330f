/// How many typing errors lie between two words: Damerau and Levenshtein's distance, neighbours swapped at most once.
enum EditDistance {
    /// The distance between two words, or `nil` when it is larger than `limit`.
    static func between(_ left: String, _ right: String, limit: Int) -> Int? {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard abs(left.count - right.count) <= limit else { return nil }
        var beforeLast = [Int](repeating: 0, count: right.count + 1)
        var last = Array(0...right.count)
        var row = last
        for i in left.indices {
            row[0] = i + 1
            for j in right.indices {
                let isSame = left[i] == right[j]
                row[j + 1] = min(last[j] + (isSame ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    row[j + 1] = min(row[j + 1], beforeLast[j - 1] + 1)
                }
            }
            (beforeLast, last, row) = (last, row, beforeLast)
        }
        return last[right.count] <= limit ? last[right.count] : nil
    }

    /// The nearest of the words, without regard to case; the first of several that are as near.
    ///
    /// - Parameters:
    ///   - word: What was written.
    ///   - words: What could have been meant.
    ///   - limit: How far each may be away.
    /// - Returns: The word, or `nil` when none is near enough.
    static func nearest(to word: String, among words: some Sequence<String>, limit: (String) -> Int) -> String? {
        let word = word.uppercased()
        var best: (word: String, distance: Int)?
        for candidate in words {
            let limit = limit(candidate)
            guard abs(candidate.utf8.count - word.utf8.count) <= limit,
                let distance = between(word, candidate.uppercased(), limit: limit)
            else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (candidate, distance) }
        }
        return best?.word
    }
}
