import Synchronization

/// A series that is a histogram: how many observations each bucket has, and their sum.
///
/// The words are the buckets' counts, the infinite one's last, and then the sum. They are striped once two threads met at
/// the sum.
@usableFromInline
@safe final class HistogramSeries: MetricSeries, @unchecked Sendable {
    let shape: HistogramShape
    private let words: UnsafeMutablePointer<Atomic<UInt64>>
    private let stripes = LazyStripes()

    init(shape: HistogramShape, text: consuming LabelText, hash: UInt64) {
        self.shape = shape
        let count = shape.bounds.count + 2
        unsafe words = .allocate(capacity: count)
        for index in 0..<count { unsafe (words + index).initialize(to: Atomic(0)) }
        super.init(text: text, hash: hash)
    }

    deinit { unsafe words.deinitialize(count: shape.bounds.count + 2).deallocate() }

    /// Counts an observation; what is not finite is not counted.
    @usableFromInline
    func observe(_ number: Double) {
        guard number.isFinite else { return }
        let bucket = shape.bucket(of: number)
        let sum = shape.bounds.count + 1
        let isCounted: Void? = stripes.withMade { made in
            unsafe made.withOwn { _ = unsafe Self.count(number, $0, bucket, sum) }
        }
        guard isCounted == nil else { return }
        if unsafe !Self.count(number, words, bucket, sum) { stripes.make(words: sum + 1) }
    }

    /// - Returns: False when another thread came between.
    @inline(__always)
    private static func count(
        _ number: Double,
        _ words: UnsafeMutablePointer<Atomic<UInt64>>,
        _ bucket: Int,
        _ sum: Int
    ) -> Bool {
        unsafe words[bucket].wrappingAdd(1, ordering: .relaxed)
        return unsafe words[sum].accumulate(number)
    }

    override var value: SeriesValue { .histogram(distribution, shape) }

    /// What was counted until now.
    var distribution: Distribution {
        let sum = shape.bounds.count + 1
        var distribution = Distribution(counts: [UInt64](repeating: 0, count: sum), sum: 0)
        unsafe distribution.add(words, sum)
        stripes.withMade { made in unsafe made.visit { unsafe distribution.add($0, sum) } }
        return distribution
    }

    /// A histogram at one moment.
    struct Distribution: Sendable, Hashable {
        /// How many observations each bucket has for itself, the infinite one last.
        var counts: [UInt64]
        /// The sum of the observations; while threads observe, those between count and sum are in one of them alone.
        var sum: Double

        /// How many observations there are.
        var count: UInt64 { counts.reduce(0, &+) }

        fileprivate mutating func add(_ words: UnsafeMutablePointer<Atomic<UInt64>>, _ sum: Int) {
            for index in counts.indices { counts[index] &+= unsafe words[index].load(ordering: .relaxed) }
            self.sum += unsafe Double(bitPattern: words[sum].load(ordering: .relaxed))
        }
    }
}
