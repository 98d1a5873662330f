/// Held by the copies of a handle that `begin` returned and by nothing else: when the last goes, the operation ends.
@usableFromInline
final class AbandonmentToken: Sendable {
    private let record: Monitor.Record

    init(_ record: Monitor.Record) {
        self.record = record
    }

    deinit {
        record.finish(failureType: "abandoned")
    }
}
