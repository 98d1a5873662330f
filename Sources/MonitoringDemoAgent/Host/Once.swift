import Synchronization

/// Something that can be taken once, by whoever comes first.
final class Once: Sendable {
    private let taken = Atomic(false)

    var isTaken: Bool { taken.load(ordering: .relaxed) }

    /// True the first time.
    func take() -> Bool { !taken.exchange(true, ordering: .relaxed) }
}
