import CMonitoringShims
import MonitoringCore
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension Spool {
    /// What is remembered of files from one look at the folders to the next.
    struct FilesSeen: Sendable {
        /// Names of files that cannot be read, by folder.
        var setAside: Set<String> = []
        /// Folders that no process here sends from.
        var unclaimed: Set<String> = []
    }

    /// Takes over what writers that are gone have left for this destination, oldest first.
    ///
    /// Reads files, and waits for the disk.
    package func adopt() {
        guard let files, !isForked, !isClosed else { return }
        let dead = DeadWriter.all(in: files.folder, except: files.writer) { name in
            !isSetAside(name, in: files.folder) || isExpired(name, in: files.folder)
        }.dead
        for writer in dead where !isClosed { adopt(writer) }
        if !dead.isEmpty { wakeIfDue() }
    }

    private func adopt(_ writer: DeadWriter) {
        var summary = SegmentRecovery.Summary()
        var droppedBefore: (sequence: UInt64, count: Int) = (0, 0)
        var flight = FlightLog(of: writer)
        var segments: Set<UInt64> = []
        for segment in open(writer).sorted(by: { $0.header.sequence < $1.header.sequence }) {
            let (lanes, dropCounts, _) = segment.recover()
            let found = SegmentRecovery.Summary(lanes)
            flight?.drop { id, offset in segment.header.segmentID == id && lanes.contains { $0.holds(offset) } }
            segments.insert(segment.header.segmentID)
            if segment.header.sequence >= droppedBefore.sequence {
                droppedBefore = (segment.header.sequence, dropCounts.reduce(0, +))
            }
            summary.records += found.records
            summary.missing += found.missing
            summary.damagedLanes += found.damagedLanes
            guard found.records > 0 else {
                segment.map.file?.remove()
                continue
            }
            withState { state in
                if !state.isClosed { state.adopt(segment.map, segment.header, lanes) }
            }
        }
        // A segment that is gone was settled: so is the record that was to go there.
        flight?.drop { id, _ in !segments.contains(id) }
        if let flight { summary.records += adopt(flight) }
        if !isClosed { writer.folder.remove(writer.flight) }
        if summary.records > 0 { tell(.recovered(records: summary.records)) }
        if summary.damagedLanes > 0 { tell(.damaged(records: summary.missing, lanes: summary.damagedLanes)) }
        if droppedBefore.count > 0 { tell(.droppedBefore(records: droppedBefore.count)) }
    }

    /// Enters what is to be sent for operations that had not ended, in a segment under their process's identity.
    ///
    /// - Parameter flight: What was in flight.
    /// - Returns: How many records those are.
    private func adopt(_ flight: FlightLog) -> Int {
        let records = onFlight(flight).filter { $0.count <= limits.recordBytes }
        guard !records.isEmpty else { return 0 }
        let size = records.reduce(0) { $0 + ($1.count + SegmentLayout.Record.payload).roundedUp(to: 8) }
        let geometry = SegmentGeometry(
            segmentBytes: SegmentGeometry.page + flight.identity.count + 2 * size + (1 << 16),
            identityBytes: flight.identity.count)
        let map =
            (try? files?.makeMap(byteCount: geometry.segmentBytes)) ?? .anonymous(byteCount: geometry.segmentBytes)
        guard let map else { return 0 }
        let header = SegmentHeader(
            segmentID: max(1, monitoring_random_u64()),
            writerID: writerID,
            sequence: 0,
            bootID: .current,
            createdUnixNanoseconds: clock.unixNanoseconds,
            createdMonotonicNanoseconds: clock.monotonicNanoseconds,
            processID: UInt32(truncatingIfNeeded: getpid()),
            signal: configuration.signal,
            encoding: configuration.encoding,
            identity: flight.identity,
            geometry: geometry
        )
        header.write(to: map, dropCounts: [])
        var segment = Segment(map: map, header: header)
        for record in records {
            guard let lane = segment.claim(recordSize: record.count + SegmentLayout.Record.payload) else { break }
            var writer = unsafe LaneWriter(map: map, seed: header.seed, lane: lane)
            unsafe record.withUnsafeBytes { unsafe writer.append(kind: 0, time: clock.unixNanoseconds, $0) }
        }
        guard let recovery = unsafe try? SegmentRecovery(image: map.bytes) else { return 0 }
        let lanes = unsafe recovery.lanes()
        return withState { state in
            guard !state.isClosed else { return 0 }
            state.adopt(map, header, lanes)
            return SegmentRecovery.Summary(lanes).records
        }
    }

    /// The writer's segments that can be read; files without a record are removed, others set aside.
    private func open(_ writer: DeadWriter) -> [FoundSegment] {
        writer.segments.compactMap { name in
            switch FoundSegment.open(name, in: writer.folder, owner: writer.lock, signal: configuration.signal) {
            case .sound(let segment) where segment.header.encoding == configuration.encoding: return segment
            case .sound: setAside(name, in: writer.folder, "its records are encoded otherwise")
            case .nothing: writer.folder.remove(name)
            case .unreadable(let reason): setAside(name, in: writer.folder, reason)
            }
            return nil
        }
    }

    /// Removes what lies in other destinations' folders, and is nobody's, once it is too old; tells what waits there.
    package func sweep() {
        guard let files, !isForked, !isClosed else { return }
        for service in files.root.folders {
            for folder in service.folders where folder.path != files.folder.path {
                guard folder.name.hasPrefix(configuration.signal.name + "-") else { continue }
                let (dead, othersLive) = DeadWriter.all(in: folder)
                var expired = 0
                var waits = false
                for writer in dead {
                    let (count, left) = removeExpired(writer)
                    expired += count
                    waits = waits || left
                }
                if expired > 0 {
                    countExpired(expired)
                    tell(.expired(path: folder.path, records: expired))
                }
                let isOurs = files.folder.path.hasPrefix(service.path + "/")
                if waits, !othersLive, isOurs, seen.withLock({ $0.unclaimed.insert(folder.path).inserted }) {
                    tell(.unclaimed(path: folder.path))
                }
            }
        }
    }

    /// Removes the writer's segments whose newest record is too old; counts their records, and says if others are left.
    private func removeExpired(_ writer: DeadWriter) -> (records: Int, left: Bool) {
        var records = 0
        var left = false
        let now = Moment(clock)
        if isExpired(writer.flight, in: writer.folder) { writer.folder.remove(writer.flight) }
        for name in writer.segments {
            switch FoundSegment.open(name, in: writer.folder, owner: writer.lock, signal: configuration.signal) {
            case .nothing: writer.folder.remove(name)
            case .unreadable: if isExpired(name, in: writer.folder) { writer.folder.remove(name) }
            case .sound(let segment):
                let (lanes, _, newest) = segment.recover()
                let count = SegmentRecovery.Summary(lanes).records
                let age = now.age(of: newest, inSegmentWith: segment.header)
                if count == 0 || age > configuration.ageLimit.nanoseconds {
                    segment.map.file?.remove()
                    records += count
                } else {
                    left = true
                }
            }
        }
        return (records, left)
    }

    private func setAside(_ name: String, in folder: Folder, _ reason: String) {
        let path = folder.path + "/" + name
        if isExpired(name, in: folder) {
            folder.remove(name)
            tell(.expired(path: path, records: 0))
        } else if seen.withLock({ $0.setAside.insert(path).inserted }) {
            tell(.setAside(path: path, reason: reason))
        }
    }

    private func isSetAside(_ name: String, in folder: Folder) -> Bool {
        seen.withLock { $0.setAside.contains(folder.path + "/" + name) }
    }

    /// Whether a file was last changed longer ago than records may wait.
    private func isExpired(_ name: String, in folder: Folder) -> Bool {
        guard let status = folder.status(of: name) else { return false }
        let changed = UInt64(clamping: status.changedUnixSeconds) &* 1_000_000_000
        let now = clock.unixNanoseconds
        return now > changed && now - changed > configuration.ageLimit.nanoseconds
    }
}

extension stat {
    fileprivate var changedUnixSeconds: Int {
        #if canImport(Darwin)
            st_mtimespec.tv_sec
        #else
            st_mtim.tv_sec
        #endif
    }
}
