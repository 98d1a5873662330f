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
        for segment in open(writer).sorted(by: { $0.header.sequence < $1.header.sequence }) {
            let (lanes, dropCounts, _) = segment.recover()
            let found = SegmentRecovery.Summary(lanes)
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
        if summary.records > 0 { tell(.recovered(records: summary.records)) }
        if summary.damagedLanes > 0 { tell(.damaged(records: summary.missing, lanes: summary.damagedLanes)) }
        if droppedBefore.count > 0 { tell(.droppedBefore(records: droppedBefore.count)) }
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
