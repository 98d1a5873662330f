import Synchronization

/// A series whose number is read from the host at a scrape.
final class ReadSeries: MetricSeries, @unchecked Sendable {
    private let source: Mutex<@Sendable () -> Double>

    init(source: @escaping @Sendable () -> Double, text: consuming LabelText, hash: UInt64) {
        self.source = Mutex(source)
        super.init(text: text, hash: hash)
    }

    /// How to read the number; whoever comes last says.
    var read: @Sendable () -> Double {
        get { source.withLock(\.self) }
        set { source.withLock { $0 = newValue } }
    }
}
