import Synchronization

/// The requests that a receiver got, and who waits for them.
final class RequestLog: Sendable {
    private struct Waiter {
        let id: Int
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var requests: [ReceivedRequest] = []
        var total = 0
        var malformed = 0
        var waiters: [Waiter] = []
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    /// Later requests are counted and not kept.
    static let limit = 10_000

    private let state = Mutex(State())

    var requests: [ReceivedRequest] { state.withLock(\.requests) }
    var total: Int { state.withLock(\.total) }
    var malformed: Int { state.withLock(\.malformed) }

    func append(_ request: ReceivedRequest) {
        let met = state.withLock { state in
            state.total += 1
            if state.requests.count < Self.limit { state.requests.append(request) }
            let total = state.total
            defer { state.waiters.removeAll { $0.count <= total } }
            return state.waiters.filter { $0.count <= total }
        }
        for waiter in met { waiter.continuation.resume() }
    }

    func noteMalformed() { state.withLock { $0.malformed += 1 } }

    /// Suspends until so many came, or the task is cancelled.
    func wait(for count: Int) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.total >= count || state.cancelled.remove(id) != nil { return true }
                    state.waiters.append(Waiter(id: id, count: count, continuation: continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter: Waiter? = state.withLock { state in
                guard let index = state.waiters.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.waiters.remove(at: index)
            }
            waiter?.continuation.resume()
        }
    }
}
