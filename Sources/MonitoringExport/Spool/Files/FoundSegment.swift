import CMonitoringShims

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A segment that a writer has left, opened by whoever holds the writer's lock.
struct FoundSegment: Sendable {
    /// What a file turned out to be.
    enum Reading: Sendable {
        case sound(FoundSegment)
        /// It held nothing: it was never finished, or erased.
        case nothing
        /// It cannot be read, for a reason that completes "is set aside:".
        case unreadable(String)
    }

    /// How much is read of a file at once; more than header and identity together.
    private static let chunk = 256 << 10
    /// No segment is longer.
    private static let longest = 1 << 30

    let map: SegmentMap
    let header: SegmentHeader

    /// Opens a segment.
    ///
    /// The file gets all its blocks, so that nothing can fail in the map, and all of it is read, so that what the disk cannot read
    /// is told here and is no signal for the host later.
    static func open(_ name: String, in folder: Folder, owner: WriterLock, signal: SpoolSignal) -> Reading {
        do throws(FileFault) {
            let descriptor = try folder.open(name, O_RDWR)
            defer { close(descriptor) }
            let head = try read(descriptor, at: 0, path: folder.path)
            let header: SegmentHeader
            switch Self.header(of: head) {
            case .success(let sound): header = sound
            case .failure(let defect): return try reading(of: defect, head: head, descriptor, path: folder.path)
            }
            guard header.signal == signal else { return .unreadable("it holds \(header.signal.name)") }
            let file = SegmentFile(name, in: folder, owner: owner)
            let size = header.geometry.segmentBytes
            let map = try SegmentMap.shared(descriptor, byteCount: size, file: file, path: folder.path)
            let error = unsafe monitoring_read_ahead(descriptor, map.base, size)
            guard error == 0 else { throw .system(path: folder.path + "/" + name, code: error) }
            return .sound(FoundSegment(map: map, header: header))
        } catch {
            return .unreadable(String(describing: error))
        }
    }

    /// What is there to be sent, lane by lane, and the time of the newest record in Unix nanoseconds.
    func recover() -> (lanes: [SegmentRecovery.Lane], dropCounts: [Int], newest: UInt64) {
        guard let recovery = unsafe try? SegmentRecovery(image: map.bytes) else { return ([], [], 0) }
        var newest: UInt64 = 0
        let lanes = unsafe recovery.lanes { record in unsafe newest = max(newest, record.appendedUnixNanoseconds) }
        return unsafe (lanes, recovery.dropCounts, newest)
    }

    private static func header(of head: [UInt8]) -> Result<SegmentHeader, SegmentDefect> {
        unsafe head.withUnsafeBytes { bytes in
            do throws(SegmentDefect) {
                return unsafe .success(try SegmentHeader(reading: bytes))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func reading(
        of defect: SegmentDefect, head: [UInt8], _ descriptor: Int32, path: String
    ) throws(FileFault) -> Reading {
        switch defect {
        case .unknownVersion(let version): return .unreadable("it has version \(version) of the format")
        case .damagedHeader: return .unreadable("its header is damaged")
        case .notASegment:
            let magic = head.prefix(8)
            let version = head.dropFirst(8).prefix(4)
            // Without a magic there was nothing yet, or nothing any more; but nobody erases the version.
            let isErased = magic.allSatisfy { $0 == 0 } && !version.allSatisfy { $0 == 0 }
            if head.count < SegmentLayout.Header.identity || isErased { return .nothing }
            return try isBlank(descriptor, path: path) ? .nothing : .unreadable("its header is damaged")
        }
    }

    /// Whether a file holds zeros alone.
    private static func isBlank(_ descriptor: Int32, path: String) throws(FileFault) -> Bool {
        var position = 0
        while position < longest {
            let part = try read(descriptor, at: position, path: path)
            if part.isEmpty { return true }
            if !part.allSatisfy({ $0 == 0 }) { return false }
            position += part.count
        }
        return false
    }

    /// A part of the file; nothing behind its end.
    private static func read(_ descriptor: Int32, at position: Int, path: String) throws(FileFault) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: chunk)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe pread(descriptor, bytes.baseAddress, bytes.count, off_t(position))
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(path: path, code: errno) }
            buffer.removeLast(buffer.count - count)
            return buffer
        }
    }
}
