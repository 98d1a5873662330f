import Synchronization

/// Where a monitor is between its start and its end, and the tasks that run meanwhile.
final class Lifecycle: Sendable {
    private enum Phase {
        case running
        case stopping(Task<Bool, Never>)
    }

    private struct State {
        var phase = Phase.running
        var background: [Task<Void, Never>] = []
    }

    private let state = Mutex(State())

    func add(_ task: Task<Void, Never>) {
        state.withLock { $0.background.append(task) }
    }

    /// The one shutdown: the first caller starts it, later ones wait for the same.
    func stop(_ work: @escaping @Sendable () async -> Bool) -> Task<Bool, Never> {
        state.withLock { state in
            if case .stopping(let task) = state.phase { return task }
            let task = Task.detached { await work() }
            state.phase = .stopping(task)
            return task
        }
    }

    func cancelBackground() {
        let tasks = state.withLock { state in
            defer { state.background = [] }
            return state.background
        }
        for task in tasks { task.cancel() }
    }
}
