internal import MonitoringCore
internal import Synchronization

/// What other threads have to tell the server's thread.
final class Mailbox: Sendable {
    enum Letter: Sendable {
        /// A handler has its answer.
        case answered(ConnectionID, exchange: Int, EndpointResponse)
        /// A streamed body has another piece, or its end.
        case streamed(ConnectionID, exchange: Int)
        /// The server is to stop.
        case stop(StopTimes)
        /// A deadline has come.
        case alarm
    }

    private struct State {
        var letters: [Letter] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let bell: Bell

    init(_ bell: Bell) { self.bell = bell }

    /// Leaves a letter, from any thread; nobody reads it once the server has stopped.
    func post(_ letter: Letter) {
        let isFirst = state.withLock { state in
            if state.isClosed { return false }
            state.letters.append(letter)
            return state.letters.count == 1
        }
        if isFirst { bell.ring() }
    }

    /// The letters so far, in order.
    func collect() -> [Letter] {
        state.withLock { state in
            defer { state.letters = [] }
            return state.letters
        }
    }

    func close() {
        state.withLock { state in
            state.isClosed = true
            state.letters = []
        }
    }
}

/// Which connection is meant: a place that is used again, and how often it was.
struct ConnectionID: Hashable, Sendable {
    let slot: UInt32
    let generation: UInt32

    init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    init(token: UInt64) {
        slot = UInt32(truncatingIfNeeded: token)
        generation = UInt32(truncatingIfNeeded: token >> 32)
    }

    var token: UInt64 { UInt64(generation) << 32 | UInt64(slot) }
}

/// When a stop goes how far, in monotonic nanoseconds.
struct StopTimes: Sendable {
    /// From here on handlers and streams that still run are cancelled.
    let cancelsAt: UInt64
    /// From here on everything is closed.
    let closesAt: UInt64
}
