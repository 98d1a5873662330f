/// What a task knows of where it runs: the current operation, and what stands beside or in place of one.
@usableFromInline
package struct Binding: Sendable {
    package let record: Monitor.Record?
    package let frame: Frame?

    /// What is bound besides an operation; rarely anything.
    package final class Frame: Sendable {
        /// The monitor that a task was given.
        package let monitor: Monitor?
        /// A caller's context that is passed through.
        package let passed: Passed?
        /// The scope of a request that nobody hears of.
        package let scope: Monitor.Scope?
        package let isSuppressed: Bool

        package init(
            monitor: Monitor? = nil,
            passed: Passed? = nil,
            scope: Monitor.Scope? = nil,
            isSuppressed: Bool = false
        ) {
            self.monitor = monitor
            self.passed = passed
            self.scope = scope
            self.isSuppressed = isSuppressed
        }
    }

    /// A caller's context, and the monitor whose rules it is passed on by.
    package struct Passed: Sendable {
        package let remote: Monitor.RemoteContext
        package let monitor: Monitor
    }

    /// Not by the macro, so that binding can be inlined into the caller and specialised there.
    @usableFromInline static let local = TaskLocal(wrappedValue: Binding(record: nil, frame: nil))

    package static var current: Binding { local.get() }

    package init(record: Monitor.Record?, frame: Frame?) {
        self.record = record
        self.frame = frame
    }

    package var isSuppressed: Bool { frame?.isSuppressed ?? false }
    package var remote: Monitor.RemoteContext? { frame?.passed?.remote }

    /// The same place with an operation in it; what was passed through from a caller ends there.
    package func entering(_ record: Monitor.Record) -> Binding {
        guard let frame, frame.passed != nil || frame.scope != nil else { return Binding(record: record, frame: frame) }
        if frame.monitor == nil, !frame.isSuppressed { return Binding(record: record, frame: nil) }
        return Binding(record: record, frame: Frame(monitor: frame.monitor, isSuppressed: frame.isSuppressed))
    }

    /// The same place with a caller's context to pass through, a scope of its own, or both.
    package func unobserved(passing passed: Passed?, scope: Monitor.Scope?) -> Binding {
        Binding(
            record: passed == nil ? record : nil,
            frame: Frame(
                monitor: frame?.monitor,
                passed: passed ?? frame?.passed,
                scope: scope ?? frame?.scope,
                isSuppressed: isSuppressed
            )
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
