/// Why there is nothing to search in.
enum CorpusError: Error, Hashable {
    case missing(places: [String])
    case unreadable(place: String, reason: String)
    case empty(place: String)
}

extension CorpusError: CustomStringConvertible {
    var description: String {
        switch self {
        case .missing(let places): "the corpus was not found; looked in \(places.joined(separator: ", "))"
        case .unreadable(let place, let reason): "the corpus in \(place) cannot be read: \(reason)"
        case .empty(let place): "there are no documents in \(place)"
        }
    }
}
