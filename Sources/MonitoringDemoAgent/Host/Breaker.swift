import Synchronization

/// Which parts of the demo are broken on purpose.
///
/// Parts ask it each time, so that they can break and heal while running.
final class Breaker: Sendable {
    enum Part: String, Sendable, CaseIterable {
        case llm
        case tool
        case cache
    }

    private let broken: Mutex<Set<Part>>

    init(_ broken: Set<Part> = []) {
        self.broken = Mutex(broken)
    }

    func isBroken(_ part: Part) -> Bool { broken.withLock { $0.contains(part) } }
    func damage(_ part: Part) { _ = broken.withLock { $0.insert(part) } }
    func heal(_ part: Part) { _ = broken.withLock { $0.remove(part) } }
}
