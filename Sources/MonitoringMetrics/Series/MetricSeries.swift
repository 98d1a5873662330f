/// One series of a family: its label values, and in subclasses what was counted.
///
/// A series lives as long as its family or a handle to it, whichever is longer, and is never removed from its family.
@usableFromInline
class MetricSeries: @unchecked Sendable {
    // Sendable though a class that can be inherited from: what subclasses add are atomics and memory that is written
    // through atomics alone.

    /// The labels as the text format writes them.
    let text: LabelText
    /// The hash by which the family finds the series.
    let hash: UInt64

    init(text: consuming LabelText, hash: UInt64) {
        self.text = text
        self.hash = hash
    }

    /// What it counted until now.
    var value: SeriesValue { .unread }
}

/// What a series is worth at one moment.
enum SeriesValue: Sendable {
    case number(NumberSeries.Number)
    case histogram(HistogramSeries.Distribution, HistogramShape)
    /// Only the host knows.
    case unread
}
