/// What a task knows of where it runs: the current operation, or what stands in its place.
@usableFromInline
package struct Binding: Sendable {
    package let record: Monitor.Record?
    package let frame: Frame?

    /// What is bound besides an operation; rarely anything.
    package final class Frame: Sendable {
        package let monitor: Monitor?
        package let remote: Monitor.RemoteContext?
        package let isSuppressed: Bool

        package init(monitor: Monitor?, remote: Monitor.RemoteContext?, isSuppressed: Bool) {
            self.monitor = monitor
            self.remote = remote
            self.isSuppressed = isSuppressed
        }
    }

    /// Not by the macro, so that binding can be inlined into the caller and specialised there.
    @usableFromInline static let local = TaskLocal(wrappedValue: Binding(record: nil, frame: nil))

    package static var current: Binding { local.get() }

    package init(record: Monitor.Record?, frame: Frame?) {
        self.record = record
        self.frame = frame
    }

    package var isSuppressed: Bool { frame?.isSuppressed ?? false }
    package var remote: Monitor.RemoteContext? { frame?.remote }

    /// The same place with an operation in it; what was passed through from a caller ends there.
    package func entering(_ record: Monitor.Record) -> Binding {
        guard let frame else { return Binding(record: record, frame: nil) }
        if frame.remote == nil { return Binding(record: record, frame: frame) }
        if frame.monitor == nil, !frame.isSuppressed { return Binding(record: record, frame: nil) }
        return Binding(
            record: record,
            frame: Frame(monitor: frame.monitor, remote: nil, isSuppressed: frame.isSuppressed)
        )
    }

    /// The same place with a caller's context to pass through.
    package func passing(_ remote: Monitor.RemoteContext) -> Binding {
        Binding(
            record: nil,
            frame: Frame(monitor: frame?.monitor, remote: remote, isSuppressed: isSuppressed)
        )
    }
}

extension Binding {
    /// Binds, around an async body.
    ///
    /// The body's error travels in its result: `withValue` does not keep error types.
    @inlinable
    static func with<R>(_ binding: Binding, _ body: () async -> R) async -> R {
        await local.withValue(binding, operation: body)
    }

    /// Binds, around a sync body.
    @inlinable
    static func with<R>(_ binding: Binding, _ body: () -> R) -> R {
        local.withValue(binding, operation: body)
    }
}
