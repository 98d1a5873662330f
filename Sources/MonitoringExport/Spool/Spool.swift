import CMonitoringShims
package import MonitoringCore
import Synchronization

/// Keeps encoded records until they are settled: in files or memory of fixed bounds, written by any thread without waiting.
///
/// The first append maps the first segment; an idle spool has touched a few pages. When the budget is used up, the oldest
/// records that nobody is sending are dropped and counted. `docs/decisions/0001-spool.md` has the format and every
/// crash point, `0004-files.md` those of the files.
///
/// After `fork` the child's copy is off: appends are refused as `forked`, nothing is queued, settling does nothing.
package final class Spool: RecordQueue, Sendable {
    package let configuration: SpoolConfiguration
    let limits: SpoolLimits
    let clock: any MonitoringClock
    let writerID: UInt64
    let stripes = StripeSet()
    private let onDrop: @Sendable (DropReason) -> Void
    private let onFault: @Sendable (SpoolFault) -> Void
    /// Makes records of what a process that is gone had in flight.
    let onFlight: @Sendable (FlightLog) -> [[UInt8]]
    private let makeMap: @Sendable (Int) -> SegmentMap?
    /// Where the segments lie; `nil` for memory.
    let files: SpoolFiles?
    let seen = Mutex(FilesSeen())
    /// Raised when there is something to do for ``maintain()``.
    let upkeep = Signal()
    private let permits: PermitPool
    private let state = SharedState(SpoolState())
    private let generation: UInt32
    /// Every how many records and bytes a stripe looks whether the wake handler is due; 0 while nobody waits.
    let wakeLot = Atomic<Int>(0)
    let wakeLotBytes = Atomic<Int>(0)

    /// Makes a spool; maps nothing yet.
    ///
    /// - Parameters:
    ///   - configuration: What it is for and how much it may hold.
    ///   - clock: Tells when a record was appended.
    ///   - files: Where the segments lie; `nil` for memory. ``maintain()`` is then to be run.
    ///   - onDrop: Called with each reason for which records are dropped, on whichever thread does it, when that happens for
    ///     the first time and for the first time after ``forgetDrops()``.
    ///   - onFault: Called with what is found about the files, on whichever thread finds it.
    ///   - onFlight: Called with what a process that is gone had in flight; gives the records to be sent for it, in its name.
    package convenience init(
        configuration: SpoolConfiguration,
        clock: any MonitoringClock,
        files: SpoolFiles? = nil,
        onDrop: @escaping @Sendable (DropReason) -> Void = { _ in },
        onFault: @escaping @Sendable (SpoolFault) -> Void = { _ in },
        onFlight: @escaping @Sendable (FlightLog) -> [[UInt8]] = { _ in [] }
    ) {
        self.init(
            configuration: configuration, clock: clock, files: files, onDrop: onDrop, onFault: onFault,
            onFlight: onFlight, makeMap: SegmentMap.anonymous(byteCount:))
    }

    init(
        configuration: SpoolConfiguration,
        clock: any MonitoringClock,
        files: SpoolFiles? = nil,
        onDrop: @escaping @Sendable (DropReason) -> Void = { _ in },
        onFault: @escaping @Sendable (SpoolFault) -> Void = { _ in },
        onFlight: @escaping @Sendable (FlightLog) -> [[UInt8]] = { _ in [] },
        makeMap: @escaping @Sendable (Int) -> SegmentMap?
    ) {
        monitoring_process_prepare()
        self.configuration = configuration
        self.clock = clock
        self.files = files
        self.onDrop = onDrop
        self.onFault = onFault
        self.onFlight = onFlight
        self.makeMap = makeMap
        limits = SpoolLimits(configuration)
        permits = PermitPool(configuration.maximumRecords ?? 0)
        writerID = files?.writerID ?? monitoring_random_u64()
        generation = monitoring_fork_generation()
    }

    /// Whether this is a copy in a child process.
    @inline(__always)
    var isForked: Bool { monitoring_fork_generation() != generation }

    var isClosed: Bool { withState { $0.isClosed } }

    /// Hands a record over; from any thread.
    ///
    /// Costs a copy and a checksum of the bytes, a clock reading and some stores, and never waits for a reader or a receiver;
    /// once per 64 KiB it takes the spool's lock, and once per segment it may map memory.
    ///
    /// - Parameters:
    ///   - kind: Comes back with the record; means what the encoding says.
    ///   - record: The bytes, as they will be sent; not needed after the call.
    ///   - destination: Where to note, before the record is there, where it will be.
    /// - Returns: Whether the spool has it now; what it does not take is counted.
    package func append(
        kind: UInt8, _ record: UnsafeRawBufferPointer, noting destination: RecordDestination? = nil
    ) -> AppendOutcome {
        guard !isForked else { return .dropped(.forked) }
        guard record.count <= limits.recordBytes else { return refuse(.tooLarge) }
        let time = clock.unixNanoseconds
        guard let stripe = unsafe stripes.take() else { return refuse(.contended) }
        if let reason = unsafe prepare(stripe, for: record.count) {
            unsafe stripes.giveBack(stripe)
            return refuse(reason)
        }
        if let destination = unsafe destination, let lane = unsafe stripe.pointee.lane {
            unsafe destination.note(segmentID: lane.segmentID, offset: lane.writer.offset)
        }
        unsafe stripe.pointee.lane?.writer.append(kind: kind, time: time, record)
        let mayBeDue = unsafe shouldLook(stripe, record.count)
        unsafe stripes.giveBack(stripe)
        if mayBeDue { wakeIfDue() }
        return .accepted
    }

    /// Counts records that were given up before they could be appended, such as those that could not be encoded.
    package func countDropped(_ count: Int, reason: String) {
        guard count > 0, !isForked else { return }
        withState { state in
            state.counters.produced += count
            state.drop(count, reason: reason)
        }
    }

    /// Counts records that were found in another's folder, where they had waited for too long.
    func countExpired(_ count: Int) {
        withState { state in
            state.counters.recovered += count
            state.drop(count, reason: DropReason.tooOld.rawValue)
        }
    }

    /// Has the next drop told, whatever was told before.
    package func forgetDrops() {
        guard !isForked else { return }
        withState { $0.forgetDrops() }
    }

    /// Runs `body` with the spool's state locked, and afterwards frees what it let go of and tells what it dropped.
    func withState<Result: Sendable>(_ body: (inout SpoolState) -> Result) -> Result {
        var discarded: [SegmentMap] = []
        var freed = 0
        var drops: [DropReason] = []
        var fault: FileFault?
        var wantsSpare = false
        let result = state.withLock { state in
            let result = body(&state)
            swap(&discarded, &state.discarded)
            swap(&freed, &state.freedPermits)
            swap(&drops, &state.freshDrops)
            swap(&fault, &state.freshFault)
            swap(&wantsSpare, &state.wantsSpare)
            return result
        }
        if freed > 0 { permits.give(freed) }
        for reason in drops { onDrop(reason) }
        if let fault { onFault(.continuesInMemory(String(describing: fault))) }
        if wantsSpare { upkeep.raise() }
        return result
    }

    /// A map for a segment, or what is wrong with the files, where there are any.
    func mapSegment() -> Result<SegmentMap, MapFailure> {
        guard let files else {
            return makeMap(limits.geometry.segmentBytes).map { .success($0) } ?? .failure(MapFailure(fault: nil))
        }
        do throws(FileFault) {
            return .success(try files.makeMap(byteCount: limits.geometry.segmentBytes))
        } catch {
            return .failure(MapFailure(fault: error))
        }
    }

    /// Why there is no map.
    struct MapFailure: Error {
        let fault: FileFault?
    }

    /// Tells what was found about the files.
    func tell(_ fault: SpoolFault) { onFault(fault) }

    /// Makes sure that a record may be appended and has room; otherwise says why not.
    @inline(__always)
    private func prepare(_ stripe: UnsafeMutablePointer<Stripe>, for payload: Int) -> DropReason? {
        if limits.permitLot > 0 {
            if unsafe stripe.pointee.permits == 0 { unsafe stripe.pointee.permits = permits.take(limits.permitLot) }
            guard unsafe stripe.pointee.permits > 0 else { return .full }
        }
        if unsafe stripe.pointee.lane?.writer.fits(payload) != true, let reason = unsafe claimLane(stripe, for: payload)
        {
            return reason
        }
        if limits.permitLot > 0 { unsafe stripe.pointee.permits -= 1 }
        return nil
    }

    @inline(never)
    private func refuse(_ reason: DropReason) -> AppendOutcome {
        countDropped(1, reason: reason.rawValue)
        return .dropped(reason)
    }
}
