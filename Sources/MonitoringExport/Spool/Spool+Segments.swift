import CMonitoringShims
import MonitoringCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Spool {
    private struct Grant: Sendable {
        let map: SegmentMap
        let seed: SegmentSeed
        let segment: UInt64
        let segmentID: UInt64
        let lane: Range<Int>
    }

    /// Closes the stripe's lane and gives it another one with room for the record; otherwise says why not.
    @inline(never)
    func claimLane(_ stripe: UnsafeMutablePointer<Stripe>, for payload: Int) -> DropReason? {
        let previous = unsafe stripe.pointee.lane?.segment
        unsafe stripe.pointee.lane = nil
        let size = SegmentLayout.Record.payload + payload
        let result = withState { state -> Result<Grant, ClaimFailure> in
            if let previous, let index = state.index(of: previous) { state.segments[index].openLanes -= 1 }
            guard !state.isClosed else { return .failure(ClaimFailure(reason: .closed)) }
            if let grant = Self.claim(&state, recordSize: size) {
                state.wantsSpare = files != nil && state.needsSpare
                return .success(grant)
            }
            if let reason = addSegment(&state) { return .failure(ClaimFailure(reason: reason)) }
            return Self.claim(&state, recordSize: size).map { .success($0) }
                ?? .failure(ClaimFailure(reason: .tooLarge))
        }
        switch result {
        case .success(let grant):
            unsafe stripe.pointee.lane = Stripe.OpenLane(
                writer: LaneWriter(map: grant.map, seed: grant.seed, lane: grant.lane),
                map: grant.map,
                segment: grant.segment,
                segmentID: grant.segmentID
            )
            return nil
        case .failure(let failure):
            return failure.reason
        }
    }

    private struct ClaimFailure: Error {
        let reason: DropReason
    }

    private static func claim(_ state: inout SpoolState, recordSize: Int) -> Grant? {
        guard let newest = state.newest,
            let lane = state.segments[newest].claim(recordSize: recordSize)
        else { return nil }
        let segment = state.segments[newest]
        return Grant(
            map: segment.map, seed: segment.seed, segment: segment.number, segmentID: segment.header.segmentID,
            lane: lane)
    }

    /// Begins a new segment, dropping the oldest if need be; otherwise says why not.
    private func addSegment(_ state: inout SpoolState) -> DropReason? {
        recycle(&state)
        let map: SegmentMap
        switch mapForSegment(&state) {
        case .success(let found): map = found
        case .failure(let failure): return failure.reason
        }
        let number = state.nextOwnNumber()
        let header = SegmentHeader(
            segmentID: max(1, monitoring_random_u64()),
            writerID: writerID,
            sequence: state.sequence,
            bootID: .current,
            createdUnixNanoseconds: clock.unixNanoseconds,
            createdMonotonicNanoseconds: clock.monotonicNanoseconds,
            processID: UInt32(truncatingIfNeeded: getpid()),
            signal: configuration.signal,
            encoding: configuration.encoding,
            identity: configuration.identity,
            geometry: limits.geometry
        )
        let slots = 0..<SegmentLayout.Header.dropCountSlots
        header.write(to: map, dropCounts: slots.map { state.counters.dropped(inHeaderSlot: $0) })
        state.segments.append(Segment(number: number, map: map, header: header))
        return nil
    }

    /// A warm map, a new one, that of the oldest segment, or, so that there are always two, one of memory alone.
    private func mapForSegment(_ state: inout SpoolState) -> Result<SegmentMap, ClaimFailure> {
        if let warm = state.warm.popLast() { return .success(warm) }
        var fault: FileFault?
        var hasRoom = hasRoom(state)
        while true {
            if hasRoom {
                switch mapSegment() {
                case .success(let map): return .success(map)
                case .failure(let failure): fault = failure.fault
                }
            }
            guard let dropped = dropOldest(&state) else { break }
            if !dropped.isAdopted { return .success(dropped.map) }
            // Of another size perhaps: its room is what counts.
            dropped.map.file?.remove()
            state.discarded.append(dropped.map)
            hasRoom = self.hasRoom(state)
        }
        if let fault, state.segments.count < 2, let map = SegmentMap.anonymous(byteCount: limits.geometry.segmentBytes)
        {
            state.note(fault)
            return .success(map)
        }
        return .failure(ClaimFailure(reason: hasRoom && fault?.isFull != true ? .noMemory : .full))
    }

    /// How many maps are kept for the next segment; files take room from others.
    private var warmMaps: Int { files == nil ? SpoolLimits.warmMaps : 1 }

    func hasRoom(_ state: SpoolState) -> Bool {
        files == nil
            ? state.segments.count < limits.segments
            : state.bytes + limits.geometry.segmentBytes <= configuration.maximumBytes
    }

    /// Frees the segments, except the newest, that nobody reads and in which nothing waits.
    ///
    /// Those in which a stripe that is busy has a lane are left for the next time.
    func recycle(_ state: inout SpoolState) {
        let kept = state.isClosed ? nil : state.newest.map { state.segments[$0].number }
        for number in state.segments.map(\.number) where number != kept {
            guard let index = state.index(of: number), state.segments[index].pins == 0,
                state.segments[index].isSettled, closeLanes(ofSegmentAt: index, &state),
                state.segments[index].isSettled
            else { continue }
            let isAdopted = state.segments[index].isAdopted
            let map = state.retire(at: index)
            if state.warm.count < warmMaps, !state.isClosed, !isAdopted {
                state.warm.append(map)
            } else {
                map.file?.remove()
                state.discarded.append(map)
            }
        }
    }

    /// Drops what waits in the oldest segment, except the newest, that nobody reads or is writing to at this moment.
    private func dropOldest(_ state: inout SpoolState) -> (map: SegmentMap, isAdopted: Bool)? {
        for index in state.segments.indices where index != state.newest && state.segments[index].pins == 0 {
            guard closeLanes(ofSegmentAt: index, &state) else { continue }
            state.dropWaiting(inSegmentAt: index, reason: .full)
            let isAdopted = state.segments[index].isAdopted
            return (state.retire(at: index), isAdopted)
        }
        return nil
    }

    /// Closes the lanes of a segment that stripes may still write to; false when one is busy.
    private func closeLanes(ofSegmentAt index: Int, _ state: inout SpoolState) -> Bool {
        guard state.segments[index].openLanes > 0 else { return true }
        let number = state.segments[index].number
        var closed = 0
        unsafe stripes.visitFree { stripe in
            guard unsafe stripe.pointee.lane?.segment == number else { return }
            unsafe stripe.pointee.lane = nil
            closed += 1
        }
        state.segments[index].openLanes -= closed
        return state.segments[index].openLanes == 0
    }

    /// Closes the spool: appends are refused, and memory is unmapped as soon as no batch needs it.
    ///
    /// What waits in memory is dropped as `closed`; what waits in files stays queued, for the next process. Safe while other
    /// threads append. A second call does nothing.
    package func close() {
        guard !isForked else { return }
        let isFirst = withState { state in
            defer {
                state.isClosed = true
                state.wake = nil
            }
            return !state.isClosed
        }
        guard isFirst else { return }
        var closed: [UInt64] = []
        unsafe stripes.visitAll { stripe in
            guard let segment = unsafe stripe.pointee.lane?.segment else { return }
            unsafe stripe.pointee.lane = nil
            closed.append(segment)
        }
        withState { state in
            for number in closed {
                if let index = state.index(of: number) { state.segments[index].openLanes -= 1 }
            }
            finishClosing(&state)
        }
        files?.release()
        upkeep.raise()
    }

    /// Once closed, gives up what is in no batch, leaves what lies in files, and lets go of memory that is not read.
    func finishClosing(_ state: inout SpoolState) {
        guard state.isClosed else { return }
        for index in state.segments.indices where state.segments[index].map.file == nil {
            state.dropWaiting(inSegmentAt: index, reason: .closed)
        }
        for map in state.warm { map.file?.remove() }
        state.discarded += state.warm
        state.warm = []
        recycle(&state)
        for index in state.segments.indices.reversed() {
            if state.segments[index].map.file != nil, state.segments[index].pins == 0 { state.leave(at: index) }
        }
    }
}
