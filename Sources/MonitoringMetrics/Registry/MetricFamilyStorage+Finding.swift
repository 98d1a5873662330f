/// Finding series by their values: one function a number of labels, so that no value is copied on the way.
extension MetricFamilyStorage {
    /// The series with these values, if there is one.
    @inline(__always)
    func existing(_ a: String) -> MetricSeries? {
        var hash = LabelHash()
        hash.combine(a)
        return table.find(hash.value) { series in
            var reader = unsafe LabelText.Reader(series.text)
            return unsafe reader.has(a, after: frame.prefixes.x) && reader.isAtEnd
        }
    }

    /// The series with these values, if there is one.
    @inline(__always)
    func existing(_ a: String, _ b: String) -> MetricSeries? {
        var hash = LabelHash()
        hash.combine(a)
        hash.combine(b)
        return table.find(hash.value) { series in
            var reader = unsafe LabelText.Reader(series.text)
            return unsafe reader.has(a, after: frame.prefixes.x) && reader.has(b, after: frame.prefixes.y)
                && reader.isAtEnd
        }
    }

    /// The series with these values, if there is one.
    @inline(__always)
    func existing(_ a: String, _ b: String, _ c: String) -> MetricSeries? {
        var hash = LabelHash()
        hash.combine(a)
        hash.combine(b)
        hash.combine(c)
        return table.find(hash.value) { series in
            var reader = unsafe LabelText.Reader(series.text)
            return unsafe reader.has(a, after: frame.prefixes.x) && reader.has(b, after: frame.prefixes.y)
                && reader.has(c, after: frame.prefixes.z) && reader.isAtEnd
        }
    }

    /// The series with these values, if there is one.
    @inline(__always)
    func existing(_ a: String, _ b: String, _ c: String, _ d: String) -> MetricSeries? {
        var hash = LabelHash()
        hash.combine(a)
        hash.combine(b)
        hash.combine(c)
        hash.combine(d)
        return table.find(hash.value) { series in
            var reader = unsafe LabelText.Reader(series.text)
            return unsafe reader.has(a, after: frame.prefixes.x) && reader.has(b, after: frame.prefixes.y)
                && reader.has(c, after: frame.prefixes.z) && reader.has(d, after: frame.prefixes.w) && reader.isAtEnd
        }
    }

    /// The series with these values, as many as there are labels, if there is one.
    func existing(_ values: LabelValues) -> MetricSeries? {
        switch values.count {
        case 0: table.find(LabelHash().value) { unsafe LabelText.Reader($0.text).isAtEnd }
        case 1: existing(values.first)
        case 2: existing(values.first, values.second)
        case 3: existing(values.first, values.second, values.third)
        default: existing(values.first, values.second, values.third, values.fourth)
        }
    }

    /// What an instrument holds on to, for a metric without labels.
    @usableFromInline
    func handle() -> MetricHandle { MetricHandle(series(LabelValues())) }

    /// What an instrument holds on to.
    @usableFromInline
    func handle(_ a: String) -> MetricHandle { MetricHandle(existing(a) ?? series(LabelValues(a))) }

    /// What an instrument holds on to.
    @usableFromInline
    func handle(_ a: String, _ b: String) -> MetricHandle { MetricHandle(existing(a, b) ?? series(LabelValues(a, b))) }

    /// What an instrument holds on to.
    @usableFromInline
    func handle(_ a: String, _ b: String, _ c: String) -> MetricHandle {
        MetricHandle(existing(a, b, c) ?? series(LabelValues(a, b, c)))
    }

    /// What an instrument holds on to.
    @usableFromInline
    func handle(_ a: String, _ b: String, _ c: String, _ d: String) -> MetricHandle {
        MetricHandle(existing(a, b, c, d) ?? series(LabelValues(a, b, c, d)))
    }
}
