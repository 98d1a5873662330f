extension Monitor {
    /// One step on the way to an error.
    public struct Breadcrumb: Sendable {
        /// When, in Unix nanoseconds.
        public let unixNanoseconds: UInt64
        /// What happened, redacted.
        public let message: String
        /// What kind of step: `app`, `http`, `query`, …; redacted as identifiers are.
        public let category: String
        /// How bad it was.
        public let level: Severity
        /// What belongs to it, redacted.
        public let data: [Monitor.Attribute]

        package init(
            unixNanoseconds: UInt64, message: String, category: String, level: Severity,
            data: [Monitor.Attribute] = []
        ) {
            self.unixNanoseconds = unixNanoseconds
            self.message = message
            self.category = category
            self.level = level
            self.data = data
        }
    }
}

/// The last crumbs: a ring that grows to its capacity and then overwrites the oldest.
struct BreadcrumbRing: Sendable {
    static let capacity = 100

    private var crumbs: [Monitor.Breadcrumb] = []
    private var next = 0

    mutating func append(_ crumb: Monitor.Breadcrumb) {
        if crumbs.count < Self.capacity {
            crumbs.append(crumb)
        } else {
            crumbs[next] = crumb
            next = (next + 1) % Self.capacity
        }
    }

    var all: [Monitor.Breadcrumb] { Array(crumbs[next...] + crumbs[..<next]) }
}
