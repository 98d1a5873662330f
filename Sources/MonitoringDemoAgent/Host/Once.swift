import Synchronization

/// Something that can be taken once, by whoever comes first.
final class Once: Sendable {
    private let isTaken = Atomic(false)

    /// True the first time.
    func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
}
