import MonitoringExport
import Synchronization
import Testing

/// A queue in memory that remembers what became of each record.
final class DeliveryQueueFake: RecordQueue {
    struct Record {
        let id: Int
        let bytes: [UInt8]
        let unixNanoseconds: UInt64
    }

    private struct State {
        var waiting: [Record] = []
        var pinned = 0
        var pinnedBytes = 0
        var last = 0
        var outcomes: [Int: [BatchOutcome]] = [:]
        var batches: [[Int]] = []
        var wake: (count: Int, bytes: Int, handler: @Sendable () -> Void)?
        var armed: [Int] = []
    }

    private let state = Mutex(State())
    let identity: [UInt8]

    init(identity: String = "R") { self.identity = Array(identity.utf8) }

    /// Appends records; returns their numbers, which go up from 1.
    @discardableResult
    func append(_ count: Int = 1, bytes: [UInt8] = Array("r".utf8), unixNanoseconds: UInt64 = 0) -> [Int] {
        let (ids, handler) = state.withLock { state in
            var ids: [Int] = []
            for _ in 0..<count {
                state.last += 1
                ids.append(state.last)
                state.waiting.append(Record(id: state.last, bytes: bytes, unixNanoseconds: unixNanoseconds))
            }
            let queued = Self.queued(state)
            guard let wake = state.wake, queued.count >= wake.count || queued.bytes >= wake.bytes else {
                return (ids, nil as (@Sendable () -> Void)?)
            }
            state.wake = nil
            return (ids, wake.handler)
        }
        handler?()
        return ids
    }

    /// What became of a record for good.
    func outcomes(of id: Int) -> [BatchOutcome] { state.withLock { $0.outcomes[id] ?? [] } }
    /// The records of each batch that was taken.
    var batches: [[Int]] { state.withLock { $0.batches } }
    /// The thresholds that were asked for.
    var armed: [Int] { state.withLock { $0.armed } }
    /// How many records have an outcome.
    var settledCount: Int { state.withLock { $0.outcomes.count } }
    /// Whether every record with an outcome has exactly one.
    var isEachSettledOnce: Bool { state.withLock { $0.outcomes.values.allSatisfy { $0.count == 1 } } }

    var queued: (count: Int, bytes: Int) { state.withLock { Self.queued($0) } }

    private static func queued(_ state: State) -> (count: Int, bytes: Int) {
        (state.waiting.count + state.pinned, state.waiting.reduce(state.pinnedBytes) { $0 + $1.bytes.count })
    }

    func wake(afterCount count: Int, bytes: Int, _ handler: (@Sendable () -> Void)?) {
        state.withLock { state in
            state.wake = handler.map { (count, bytes, $0) }
            if handler != nil { state.armed.append(count) }
        }
    }

    func nextBatch(maximumCount: Int, maximumBytes: Int) -> (any SpooledBatch)? {
        state.withLock { state -> Batch? in
            var records: [Record] = []
            var bytes = 0
            for record in state.waiting.prefix(maximumCount) {
                guard records.isEmpty || bytes + record.bytes.count <= maximumBytes else { break }
                records.append(record)
                bytes += record.bytes.count
            }
            guard !records.isEmpty else { return nil }
            state.waiting.removeFirst(records.count)
            state.pinned += records.count
            state.pinnedBytes += bytes
            state.batches.append(records.map(\.id))
            return Batch(queue: self, records: records)
        }
    }

    fileprivate func settle(_ records: [Record], _ outcome: BatchOutcome) {
        state.withLock { state in
            state.pinned -= records.count
            state.pinnedBytes -= records.reduce(0) { $0 + $1.bytes.count }
            if outcome == .putBack {
                state.waiting.insert(contentsOf: records, at: 0)
            } else {
                for record in records { state.outcomes[record.id, default: []].append(outcome) }
            }
        }
    }

    final class Batch: SpooledBatch {
        private let queue: DeliveryQueueFake
        private let records: [Record]
        private let isSettled = Atomic(false)

        fileprivate init(queue: DeliveryQueueFake, records: [Record]) {
            self.queue = queue
            self.records = records
        }

        deinit {
            if !isSettled.load(ordering: .relaxed) { queue.settle(records, .putBack) }
        }

        var identity: [UInt8] { queue.identity }
        var count: Int { records.count }
        var byteCount: Int { records.reduce(0) { $0 + $1.bytes.count } }
        var oldestUnixNanoseconds: UInt64 { records.map(\.unixNanoseconds).min() ?? 0 }

        func forEachRecord(_ body: (UInt8, UnsafeRawBufferPointer) -> Void) {
            for record in records {
                unsafe record.bytes.withUnsafeBytes { unsafe body(1, $0) }
            }
        }

        func settle(_ outcome: BatchOutcome) {
            if isSettled.exchange(true, ordering: .relaxed) {
                Issue.record("a batch was settled twice")
                return
            }
            queue.settle(records, outcome)
        }
    }
}
