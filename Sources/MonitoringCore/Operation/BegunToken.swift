/// Held by the copies of a handle that `begin` returned and by nothing else: when the last goes, the operation ends.
///
/// Where nobody listens it keeps the caller's context for the handle instead.
@usableFromInline
final class BegunToken: Sendable {
    private let record: Monitor.Record?
    let passing: Binding?

    init(_ record: Monitor.Record) {
        self.record = record
        self.passing = nil
    }

    init(passing: Binding) {
        self.record = nil
        self.passing = passing
    }

    deinit {
        record?.finish(failureType: "abandoned")
    }
}
