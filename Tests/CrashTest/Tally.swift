import Synchronization

/// What arrived: for every writer and thread which numbers, and how often too often.
final class Tally: Sendable {
    /// One thread of one process.
    struct Source: Hashable {
        let process: Int
        let thread: Int
    }

    /// What became of a thread's spans.
    struct Account {
        let arrived: Int
        let lost: Int
        let unknown: Int
        let interrupted: Int
        let wronglyInterrupted: Int
    }

    private struct State {
        var arrived: [Source: [Bool]] = [:]
        var interrupted: [Source: Set<Int>] = [:]
        var repeats = 0
        var strangers = 0
        var requests = 0
    }

    private let state = Mutex(State())

    /// Enters the spans of one request.
    ///
    /// - Parameters:
    ///   - spans: Who wrote them, and their numbers.
    ///   - resource: The process that the request says they are of.
    func add(_ spans: [SpanNames.Span], resource: Int?) {
        state.withLock { state in
            state.requests += 1
            for span in spans {
                if resource != span.source.process { state.strangers += 1 }
                guard !span.isInterrupted else {
                    if state.interrupted[span.source, default: []].insert(span.number).inserted { continue }
                    state.repeats += 1
                    continue
                }
                var numbers = state.arrived[span.source] ?? []
                // Out of the dictionary, so that the array is not copied.
                state.arrived[span.source] = nil
                if numbers.count <= span.number {
                    let grown = max(span.number + 1, numbers.count * 2)
                    numbers += [Bool](repeating: false, count: grown - numbers.count)
                }
                if numbers[span.number] { state.repeats += 1 }
                numbers[span.number] = true
                state.arrived[span.source] = numbers
            }
        }
    }

    /// What of a thread's spans arrived, and forgets it.
    ///
    /// - Returns: Those that did, those that did not though they were handed over, those that nobody can have made, and those
    ///   that are told as interrupted, rightly or not.
    func take(_ source: Source, handedOver: Int) -> Account {
        let (numbers, interrupted) = state.withLock { state in
            (state.arrived.removeValue(forKey: source) ?? [], state.interrupted.removeValue(forKey: source) ?? [])
        }
        let known = numbers.prefix(handedOver)
        let arrived = numbers.count { $0 }
        let lost = handedOver - known.count { $0 }
        // The one that was being handed over may be there.
        let unknown = numbers.dropFirst(handedOver + 1).count { $0 }
        // One can be in flight, and it is the next.
        let wrong = interrupted.count { $0 != handedOver || ($0 < numbers.count && numbers[$0]) }
        return Account(
            arrived: arrived, lost: lost, unknown: unknown, interrupted: interrupted.count, wronglyInterrupted: wrong)
    }

    /// Repeats, spans under another's resource, and requests since the last call; spans of unknown writers are strangers.
    func takeCounts() -> (repeats: Int, strangers: Int, requests: Int) {
        state.withLock { state in
            defer { state = State() }
            let unknown = state.arrived.values.reduce(state.interrupted.count) { $0 + $1.count { $0 } }
            return (state.repeats, state.strangers + unknown, state.requests)
        }
    }
}
