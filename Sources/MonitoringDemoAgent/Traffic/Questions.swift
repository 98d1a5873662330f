/// The questions that readers ask.
enum Questions {
    static let thanks = "Thank you!"

    /// A question: mostly about the manual, some to be calculated, compared or researched, a few that go wrong.
    static func any(using draw: inout SplitMix64) -> String {
        switch Double.random(in: 0..<1, using: &draw) {
        case ..<0.4: pick(facts, &draw)
        case ..<0.45: time(&draw)
        case ..<0.65: sum(&draw)
        case ..<0.75: "\(pick(facts, &draw)) And what is \(expression(&draw))?"
        case ..<0.92: comparison(&draw)
        case ..<0.97: "Research \(pick(topics, &draw))."
        default: divisionByZero(&draw)
        }
    }

    private static let facts = [
        "When does the library open on Saturday?",
        "How long are films lent?",
        "What does a replacement for a lost card cost?",
        "How often can a loan be renewed?",
        "How long do reserved items wait on the shelf?",
        "How many seats has the reading room?",
        "May maps be lent or traced?",
        "At what humidity is the vault kept?",
        "How early can a study room be booked?",
        "What does a colour page cost?",
        "When is story hour?",
        "On which days are books delivered at home?",
        "When does the boat stay in the harbour?",
        "Is adhesive tape used for torn pages?",
        "Which donated textbooks are not accepted?",
        "Where is the gathering point after an alarm?",
        "From which year is the Mercury complete?",
        "How many people does the events hall seat?",
        "Which seeds are best for beginners?",
        "What is the deposit for a violin?",
    ]

    private static let topics = [
        "inter-library loans", "overdue charges", "rare books", "home delivery", "the library boat", "book repair",
        "study rooms", "the city archive", "volunteers", "the seed library", "reservations", "membership",
    ]

    private static func time(_ draw: inout SplitMix64) -> String {
        draw.chance(0.5) ? "What time is it?" : "What time is it? \(pick(facts, &draw))"
    }

    private static func sum(_ draw: inout SplitMix64) -> String {
        let books = Int.random(in: 1...9, using: &draw)
        let days = Int.random(in: 1...30, using: &draw)
        return switch Int.random(in: 0..<3, using: &draw) {
        case 0: "A reader returns \(books) books \(days) days late. What is \(books) * \(days) * 0.25?"
        case 1: "Please calculate (\(books) + \(days)) * 0.35 - 2."
        default: "What is \(expression(&draw))?"
        }
    }

    private static func expression(_ draw: inout SplitMix64) -> String {
        let numbers = (0..<4).map { _ in Int.random(in: 2...40, using: &draw) }
        return "(\(numbers[0]) + \(numbers[1])) * \(numbers[2]) / \(numbers[3])"
    }

    private static func divisionByZero(_ draw: inout SplitMix64) -> String {
        let number = Int.random(in: 1...20, using: &draw)
        return "What is \(number * 7) / (\(number) - \(number))?"
    }

    private static func comparison(_ draw: inout SplitMix64) -> String {
        let first = Int.random(in: 0..<topics.count, using: &draw)
        let second = (first + Int.random(in: 1..<topics.count, using: &draw)) % topics.count
        return "Compare \(topics[first]) with \(topics[second])."
    }

    private static func pick(_ texts: [String], _ draw: inout SplitMix64) -> String {
        texts[Int.random(in: 0..<texts.count, using: &draw)]
    }
}
