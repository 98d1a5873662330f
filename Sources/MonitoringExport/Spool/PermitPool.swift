import Synchronization

/// Permits to append, as many as records may wait.
///
/// Stripes take them in lots.
struct PermitPool: ~Copyable {
    private let available: Atomic<Int>

    init(_ count: Int) { available = Atomic(count) }

    /// Up to `lot` permits, 0 when there are none.
    func take(_ lot: Int) -> Int {
        var seen = available.load(ordering: .relaxed)
        while seen > 0 {
            let taken = min(lot, seen)
            let result = available.weakCompareExchange(expected: seen, desired: seen - taken, ordering: .relaxed)
            if result.exchanged { return taken }
            seen = result.original
        }
        return 0
    }

    func give(_ count: Int) { available.wrappingAdd(count, ordering: .relaxed) }
}
