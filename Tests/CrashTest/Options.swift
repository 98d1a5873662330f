/// What the command line says.
struct Options {
    enum Role: String {
        case parent
        case producer
        case deliverer
    }

    /// A word that is not understood.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    var role = Role.parent
    var kills = 100
    var seed: UInt64 = 1
    /// How many processes hand over at once in a crowded round.
    var crowd = 4
    var directory: String?

    static let usage = """
        usage: CrashTest [--kills N] [--seed N] [--crowd N] [--directory PATH]
          --kills N         how many processes are killed (100)
          --seed N          chooses moments and signals (1)
          --crowd N         processes on one folder in every fifth round (4)
          --directory PATH  where the spool lies (a folder of its own, removed at the end)
        """

    init(_ arguments: some Sequence<String>) throws {
        var words = arguments.makeIterator()
        while let word = words.next() {
            guard let value = words.next() else { throw Fault(description: "\(word) needs a value\n\(Self.usage)") }
            switch word {
            case "--as": role = try Self.parse(word, value, Role.init(rawValue:))
            case "--kills":
                kills = try Self.parse(word, value) { Int($0).flatMap { (1...1_000_000).contains($0) ? $0 : nil } }
            case "--seed": seed = try Self.parse(word, value) { UInt64($0) }
            case "--crowd": crowd = try Self.parse(word, value) { Int($0).flatMap { (1...8).contains($0) ? $0 : nil } }
            case "--directory": directory = value
            default: throw Fault(description: "\(word) is not an option\n\(Self.usage)")
            }
        }
    }

    private static func parse<T>(_ word: String, _ value: String, _ read: (String) -> T?) throws -> T {
        guard let result = read(value) else { throw Fault(description: "\(word) \(value) is not allowed\n\(usage)") }
        return result
    }
}
