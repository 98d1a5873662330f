import CMonitoringShims
package import MonitoringCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Keeps, in a file beside the spool's, what is in flight, so that the next process can tell what this one was doing when it
/// ended: operations, the last breadcrumbs, and how it ended.
///
/// Sendable, though threads write to its map: a slot belongs to whoever has exchanged its state from free, until that is stored
/// again; everything else is written before ``init(files:identity:clock:notesSignals:)`` returns, or atomic.
@safe package final class FlightRecorder: @unchecked Sendable {
    private static let probes = 64

    private let map: SegmentMap
    private let slots: UnsafeMutableRawPointer
    private let crumbs: UnsafeMutableRawPointer
    private let clock: any MonitoringClock
    private let generation = monitoring_fork_generation()
    private let lastCrumb = Atomic<UInt64>(0)
    private let isClosed = Atomic<Bool>(false)

    /// Makes the file; `nil` when there is no room for it.
    ///
    /// - Parameters:
    ///   - files: Where the spool's files lie, whose owner is its owner too.
    ///   - identity: The encoded resource and scope of this process.
    ///   - clock: Tells the time.
    ///   - notesSignals: Whether SIGTERM, SIGINT and SIGHUP are noted where the host has no handler.
    package init?(files: SpoolFiles, identity: [UInt8], clock: any MonitoringClock, notesSignals: Bool) {
        let size = FlightLayout.byteCount(identityBytes: identity.count)
        guard let map = try? files.makeFlight(byteCount: size) else { return nil }
        self.map = map
        self.clock = clock
        let data = FlightLayout.dataOffset(identityBytes: identity.count)
        unsafe slots = unsafe map.base + data
        unsafe crumbs = unsafe slots + FlightLayout.slots * FlightLayout.Slot.size
        FlightHeader(
            writerID: files.writerID, bootID: .current, startedUnixNanoseconds: clock.unixNanoseconds,
            startedMonotonicNanoseconds: clock.monotonicNanoseconds, processID: UInt32(truncatingIfNeeded: getpid()),
            identity: identity
        ).write(to: map)
        beat()
        _ = unsafe monitoring_ends_note(end, notesSignals ? 1 : 0)
    }

    deinit { unsafe monitoring_ends_forget(end) }

    private var end: UnsafeMutablePointer<UInt8> {
        unsafe (map.base + FlightLayout.Header.end).assumingMemoryBound(to: UInt8.self)
    }

    private var isOff: Bool {
        isClosed.load(ordering: .relaxed) || monitoring_fork_generation() != generation
    }

    /// Says that the process lives.
    package func beat() {
        guard !isOff else { return }
        map.setWord(at: FlightLayout.Header.heartbeat, to: clock.unixNanoseconds)
    }

    /// Enters an operation that starts; one for which there is no room within some tries is left out.
    package func begin(_ record: Monitor.Record) {
        guard !isOff else { return }
        let first = Int(monitoring_spool_stripe_get()) &* 16
        for probe in 0..<Self.probes {
            let index = (first &+ probe) & (FlightLayout.slots &- 1)
            let slot = unsafe slots + index &* FlightLayout.Slot.size
            let state = unsafe slot.atomicWord
            guard unsafe state.pointee.load(ordering: .relaxed) == FlightLayout.Slot.free,
                unsafe state.pointee.compareExchange(
                    expected: FlightLayout.Slot.free, desired: FlightLayout.Slot.filling, ordering: .acquiring
                ).exchanged
            else { continue }
            unsafe FlightSlot.fill(slot, with: record)
            unsafe state.pointee.store(FlightLayout.Slot.open, ordering: .releasing)
            record.flightSlot.store(UInt32(truncatingIfNeeded: index &+ 1), ordering: .relaxed)
            return
        }
    }

    /// Where the operation's entry notes where its record will go; `nil` for one that is not entered.
    package func destination(of record: Monitor.Record) -> RecordDestination? {
        let slot = record.flightSlot.load(ordering: .relaxed)
        guard slot > 0, !isOff else { return nil }
        return unsafe RecordDestination(slots + Int(slot &- 1) &* FlightLayout.Slot.size)
    }

    /// Clears the operation's entry: it has ended, and its record has gone where it goes.
    package func end(_ record: Monitor.Record) {
        let slot = record.flightSlot.exchange(0, ordering: .relaxed)
        guard slot > 0, monitoring_fork_generation() == generation else { return }
        let state = unsafe (slots + Int(slot &- 1) &* FlightLayout.Slot.size).atomicWord
        unsafe state.pointee.store(FlightLayout.Slot.free, ordering: .releasing)
    }

    /// Enters a breadcrumb over the oldest.
    package func note(_ crumb: Monitor.Breadcrumb) {
        guard !isOff else { return }
        let sequence = lastCrumb.wrappingAdd(1, ordering: .relaxed).newValue
        let index = Int(truncatingIfNeeded: sequence % UInt64(FlightLayout.crumbs))
        unsafe FlightCrumb.fill(crumbs + index * FlightLayout.Crumb.size, with: crumb, sequence: sequence)
    }

    /// The process goes on without monitoring, or ends as it should: what is in flight is no business of the next.
    package func close() {
        guard !isOff, !isClosed.exchange(true, ordering: .relaxed) else { return }
        map.file?.remove()
    }
}

/// Where an entry of the flight recorder notes where a record will be: the segment first, then, with it, where in it.
@unsafe package struct RecordDestination {
    private let slot: UnsafeMutableRawPointer

    init(_ slot: UnsafeMutableRawPointer) { unsafe self.slot = unsafe slot }

    /// Notes it; to be called before the record is there.
    @inline(__always)
    func note(segmentID: UInt64, offset: Int) {
        unsafe (slot + FlightLayout.Slot.offset).atomicWord.pointee.store(UInt64(offset), ordering: .relaxed)
        unsafe (slot + FlightLayout.Slot.segmentID).atomicWord.pointee.store(segmentID, ordering: .releasing)
    }
}
