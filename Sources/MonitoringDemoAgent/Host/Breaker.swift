import Synchronization

/// Which parts of the demo are broken on purpose.
///
/// Parts ask it each time, so that they can break and heal while running.
final class Breaker: Sendable {
    enum Part: String, Sendable, CaseIterable {
        case llm
        case tool
        case cache
        case clock
    }

    private let damaged: Mutex<Set<Part>>

    init(_ broken: Set<Part> = []) {
        self.damaged = Mutex(broken)
    }

    /// What is broken, in the order of the parts.
    var broken: [Part] { damaged.withLock { damaged in Part.allCases.filter(damaged.contains) } }

    func isBroken(_ part: Part) -> Bool { damaged.withLock { $0.contains(part) } }
    func damage(_ part: Part) { _ = damaged.withLock { $0.insert(part) } }
    func heal(_ part: Part) { _ = damaged.withLock { $0.remove(part) } }
}
