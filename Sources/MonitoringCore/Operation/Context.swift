extension Monitor {
    /// Where a task runs: its operation, scope and monitor.
    ///
    /// A value to hand to detached tasks, queues and callbacks, which do not inherit it.
    ///
    /// ```swift
    /// let context = Monitor.Context.current
    /// queue.async { context.run { work() } }
    /// ```
    public struct Context: Sendable {
        private let binding: Binding

        /// Where this task runs.
        public static var current: Context { Context(binding: Binding.current) }

        /// Runs a body as if it stood where the context was taken.
        public func run<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
            let result = await Binding.with(binding) { () async -> Result<R, E> in
                do throws(E) { return .success(try await body()) } catch { return .failure(error) }
            }
            return try result.get()
        }

        /// Runs a body as if it stood where the context was taken.
        public func run<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
            let result = Binding.with(binding) { () -> Result<R, E> in
                do throws(E) { return .success(try body()) } catch { return .failure(error) }
            }
            return try result.get()
        }
    }

    /// Runs a body in which this is ``current``: for tests, and for hosts with several monitors.
    public func withCurrent<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        let current = Binding.current
        let frame = Binding.Frame(
            monitor: self,
            passed: current.frame?.passed,
            scope: current.frame?.scope,
            isSuppressed: current.isSuppressed
        )
        let result = await Binding.with(Binding(record: current.record, frame: frame)) {
            () async -> Result<R, E> in
            do throws(E) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Runs a body in which nothing is observed: for the layer's own export, and for health checks.
    ///
    /// Context is not passed on either: what runs in it belongs to no trace.
    public static func suppressed<R, E: Error>(_ body: () async throws(E) -> R) async throws(E) -> R {
        let frame = Binding.Frame(monitor: Binding.current.frame?.monitor, isSuppressed: true)
        let result = await Binding.with(Binding(record: nil, frame: frame)) { () async -> Result<R, E> in
            do throws(E) { return .success(try await body()) } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// Runs a body in which nothing is observed, on a thread that is no task's.
    ///
    /// Not an overload of ``suppressed(_:)``: a closure that does not suspend would choose it, wherever it stands.
    package static func suppressedSynchronously<R>(_ body: () -> R) -> R {
        let frame = Binding.Frame(monitor: Binding.current.frame?.monitor, isSuppressed: true)
        return Binding.with(Binding(record: nil, frame: frame), body)
    }
}
