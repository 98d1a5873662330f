/// Which problems came, and which of them have been told since they last began.
struct DiagnosticsState: Sendable {
    /// What is to be said of a report.
    enum Telling {
        case nothing
        case problem
        /// That there are more problems than are listed.
        case overflow
    }

    private struct Entry {
        /// Where it stands among the problems.
        let index: Int
        var count = 1
        var lastTold: UInt64
        /// Whether it was told since its last end.
        var isTold = true
    }

    /// How many different problems are kept.
    static let limit = 256
    /// How long a problem that ended is not told anew.
    ///
    /// It is when it comes after that: what goes on and off every second is not a line every second.
    static let pauseNanoseconds: UInt64 = 60_000_000_000

    /// Each once.
    private(set) var problems: [Monitor.Problem] = []
    private var entries: [Diagnostics.Topic: Entry] = [:]
    private var isOverflowTold = false

    /// Counts a problem, and decides whether it is told.
    mutating func note(_ problem: Monitor.Problem, at now: UInt64) -> Telling {
        let topic = Diagnostics.Topic(problem)
        guard var entry = entries[topic] else { return add(problem, topic, at: now) }
        entry.count += 1
        let isDue = !entry.isTold && now &- entry.lastTold >= Self.pauseNanoseconds
        if isDue {
            (entry.isTold, entry.lastTold) = (true, now)
            problems[entry.index] = problem
        }
        entries[topic] = entry
        return isDue ? .problem : .nothing
    }

    private mutating func add(_ problem: Monitor.Problem, _ topic: Diagnostics.Topic, at now: UInt64) -> Telling {
        guard problems.count < Self.limit else {
            defer { isOverflowTold = true }
            return isOverflowTold ? .nothing : .overflow
        }
        entries[topic] = Entry(index: problems.count, lastTold: now)
        problems.append(problem)
        return .problem
    }

    /// Ends problems; returns whether one of them had been told.
    mutating func end(_ topics: [Diagnostics.Topic]) -> Bool {
        var wasTold = false
        for topic in topics where entries[topic]?.isTold == true {
            entries[topic]?.isTold = false
            wasTold = true
        }
        return wasTold
    }

    /// How often each problem came, in the order of ``problems``.
    var occurrences: [Int] { problems.map { entries[Diagnostics.Topic($0)]?.count ?? 0 } }
}
