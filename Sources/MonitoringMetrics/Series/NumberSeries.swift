public import Synchronization

/// A series that is one number: a counter, an up-down counter or a gauge.
///
/// Whole numbers are added in one word and fractions in another. As long as threads do not meet, that is all there is; the
/// first add that finds another one in its way makes stripes, and from then on whole numbers are added there.
@usableFromInline
final class NumberSeries: MetricSeries, @unchecked Sendable {
    @usableFromInline let whole = Atomic<Int64>(0)
    @usableFromInline let stripes = LazyStripes()
    private let fraction = Atomic<UInt64>(0)

    /// Adds a whole number; sums wrap around beyond 64 bits.
    @inlinable
    func add(_ number: Int64) {
        if !stripes.areMade {
            let value = whole.load(ordering: .relaxed)
            if whole.compareExchange(expected: value, desired: value &+ number, ordering: .relaxed).exchanged { return }
        }
        addStriped(number)
    }

    @usableFromInline
    @inline(never)
    func addStriped(_ number: Int64) {
        if !stripes.areMade { stripes.make(words: 1) }
        stripes.withMade { made in
            unsafe made.withOwn { words in
                _ = unsafe words[0].wrappingAdd(UInt64(bitPattern: number), ordering: .relaxed)
            }
        }
    }

    /// Adds a number, where it is whole as such.
    @usableFromInline
    func add(amount number: Double) {
        if let exact = Int64(exactly: number), exact.magnitude < 1 << 53 { return add(exact) }
        fraction.accumulate(number)
    }

    /// Puts a number in the place of all that was added.
    ///
    /// For gauges, which are never striped: what is set and added to them is kept in one word.
    @usableFromInline
    func set(_ number: Double) { fraction.store(number.bitPattern, ordering: .relaxed) }

    /// Adds to what was set.
    @usableFromInline
    func adjust(by number: Double) { fraction.accumulate(number) }

    override var value: SeriesValue { .number(number) }

    /// The number now.
    var number: Number {
        let fraction = Double(bitPattern: fraction.load(ordering: .relaxed))
        var sum = whole.load(ordering: .relaxed)
        stripes.withMade { made in
            unsafe made.visit { words in sum &+= unsafe Int64(bitPattern: words[0].load(ordering: .relaxed)) }
        }
        return fraction == 0 ? .whole(sum) : .real(Double(sum) + fraction)
    }

    /// A number as it was counted: exact, where all that was added is whole.
    enum Number: Sendable, Hashable {
        case whole(Int64)
        case real(Double)

        var double: Double {
            switch self {
            case .whole(let number): Double(number)
            case .real(let number): number
            }
        }
    }
}

extension Atomic where Value == UInt64 {
    /// Adds to a number whose bits these are.
    ///
    /// - Returns: False when another thread came between at first.
    @discardableResult
    func accumulate(_ number: Double) -> Bool {
        var expected = load(ordering: .relaxed)
        var isFirst = true
        while true {
            let sum = Double(bitPattern: expected) + number
            let (isDone, found) = compareExchange(expected: expected, desired: sum.bitPattern, ordering: .relaxed)
            if isDone { return isFirst }
            (expected, isFirst) = (found, false)
        }
    }
}
