/// Why a file cannot be written to.
struct LineFileError: Error, Hashable, CustomStringConvertible {
    var path: String
    var reason: String

    var description: String { "cannot write to \(path): \(reason)" }
}
