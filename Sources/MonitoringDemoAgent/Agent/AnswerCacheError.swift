/// Why the cache could not be asked.
enum AnswerCacheError: Error, Hashable {
    case unavailable
}

extension AnswerCacheError: CustomStringConvertible {
    var description: String { "the answer cache is not available" }
}
