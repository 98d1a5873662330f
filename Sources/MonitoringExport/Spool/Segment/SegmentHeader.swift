import CMonitoringShims

/// What stands once in a segment: who wrote it, and how it is cut.
package struct SegmentHeader: Sendable, Hashable {
    /// Random; every checksum in the segment depends on it.
    package let segmentID: UInt64
    /// Random; the same in all segments of one spool of one process.
    package let writerID: UInt64
    /// Counts the writer's segments from 1.
    package let sequence: UInt64
    /// Of the machine the writer ran on.
    package let bootID: BootID
    /// When the segment was begun, in Unix nanoseconds.
    package let createdUnixNanoseconds: UInt64
    /// The same moment on the machine's monotonic clock, by which age is known, within the same boot, whatever became of
    /// the time of day.
    package let createdMonotonicNanoseconds: UInt64
    /// Of the writer.
    package let processID: UInt32
    /// What the records tell.
    package let signal: SpoolSignal
    /// How the records are written.
    package let encoding: SpoolEncoding
    /// The encoded resource and scope of the writer.
    package let identity: [UInt8]
    let geometry: SegmentGeometry

    var seed: SegmentSeed { SegmentSeed(segmentID: segmentID) }
}

extension SegmentHeader {
    private typealias Field = SegmentLayout.Header

    /// Makes a segment of the map.
    ///
    /// Only the last store makes it one: before that, and after ``erase(_:)``, recovery finds nothing.
    func write(to map: SegmentMap, dropCounts: [Int]) {
        precondition(map.byteCount >= geometry.segmentBytes && geometry.dataOffset >= Field.identity + identity.count)
        Self.erase(map)
        unsafe UnsafeMutableRawBufferPointer(start: map.base + 8, count: Field.dropCounts - 8)
            .initializeMemory(as: UInt8.self, repeating: 0)
        unsafe fill(map.base)
        for slot in 0..<Field.dropCountSlots {
            setDropCount(slot < dropCounts.count ? dropCounts[slot] : 0, slot: slot, in: map)
        }
        unsafe identity.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe (map.base + Field.identity).copyMemory(from: start, byteCount: bytes.count)
        }
        let checksum = unsafe Self.checksum(of: map.bytes, identityLength: identity.count)
        unsafe map.base.storeBytes(of: checksum, toByteOffset: Field.checksum, as: UInt32.self)
        map.setWord(at: Field.magic, to: SegmentLayout.magic)
    }

    /// From here on the map is not a segment.
    static func erase(_ map: SegmentMap) { map.setWord(at: Field.magic, to: 0) }

    /// Notes how many records the writer has dropped in all for the reason with that place.
    func setDropCount(_ count: Int, slot: Int, in map: SegmentMap) {
        let offset = Field.dropCounts + 8 * slot
        let value = min(UInt64(clamping: count), SegmentSeed.largestValue)
        map.setWord(at: offset, to: seed.seal(value, at: offset))
    }

    private func fill(_ base: UnsafeMutableRawPointer) {
        unsafe base.storeBytes(of: SegmentLayout.version, toByteOffset: Field.version, as: UInt32.self)
        unsafe base.storeBytes(of: UInt32(geometry.dataOffset), toByteOffset: Field.dataOffset, as: UInt32.self)
        unsafe base.storeBytes(of: segmentID, toByteOffset: Field.segmentID, as: UInt64.self)
        unsafe base.storeBytes(of: writerID, toByteOffset: Field.writerID, as: UInt64.self)
        unsafe base.storeBytes(of: sequence, toByteOffset: Field.sequence, as: UInt64.self)
        unsafe base.storeBytes(of: bootID.low, toByteOffset: Field.bootID, as: UInt64.self)
        unsafe base.storeBytes(of: bootID.high, toByteOffset: Field.bootID + 8, as: UInt64.self)
        unsafe base.storeBytes(of: createdUnixNanoseconds, toByteOffset: Field.created, as: UInt64.self)
        unsafe base.storeBytes(
            of: createdMonotonicNanoseconds,
            toByteOffset: Field.createdMonotonic,
            as: UInt64.self
        )
        unsafe base.storeBytes(of: processID, toByteOffset: Field.processID, as: UInt32.self)
        unsafe base.storeBytes(of: signal.rawValue, toByteOffset: Field.signal, as: UInt8.self)
        unsafe base.storeBytes(of: encoding.rawValue, toByteOffset: Field.encoding, as: UInt8.self)
        unsafe base.storeBytes(of: UInt32(geometry.segmentBytes), toByteOffset: Field.segmentBytes, as: UInt32.self)
        unsafe base.storeBytes(of: UInt32(geometry.laneUnit), toByteOffset: Field.laneUnit, as: UInt32.self)
        unsafe base.storeBytes(of: UInt32(identity.count), toByteOffset: Field.identityLength, as: UInt32.self)
    }

    /// Over the fixed fields, the magic as it will be, and the identity.
    private static func checksum(of bytes: UnsafeRawBufferPointer, identityLength: Int) -> UInt32 {
        guard let base = bytes.baseAddress else { return 0 }
        let start = monitoring_crc32c_u64(0, SegmentLayout.magic)
        let fixed = unsafe monitoring_crc32c(start, base + 8, Field.checksum - 8)
        return unsafe monitoring_crc32c(fixed, base + Field.identity, identityLength)
    }
}

/// Why bytes are not a segment that can be read.
package enum SegmentDefect: Error, Sendable, Hashable {
    /// The magic is missing: it never was a segment, or was erased.
    case notASegment
    /// It was written by another version of the format.
    case unknownVersion(UInt32)
    /// The header does not hold together.
    case damagedHeader
}

extension SegmentHeader {
    /// Reads and checks the header of a segment, of which the end may be missing.
    init(reading bytes: UnsafeRawBufferPointer) throws(SegmentDefect) {
        guard bytes.count >= Field.identity else { throw .notASegment }
        func read<Word: BitwiseCopyable>(_ field: Int, as type: Word.Type) -> Word {
            unsafe bytes.loadUnaligned(fromByteOffset: field, as: type)
        }
        guard read(Field.magic, as: UInt64.self) == SegmentLayout.magic else { throw .notASegment }
        let version = read(Field.version, as: UInt32.self)
        guard version == SegmentLayout.version else { throw .unknownVersion(version) }
        let identityLength = read(Field.identityLength, as: UInt32.self)
        guard Int(identityLength) <= bytes.count - Field.identity,
            unsafe read(Field.checksum, as: UInt32.self)
                == Self.checksum(of: bytes, identityLength: Int(identityLength)),
            let geometry = SegmentGeometry(
                segmentBytes: read(Field.segmentBytes, as: UInt32.self),
                laneUnit: read(Field.laneUnit, as: UInt32.self),
                dataOffset: read(Field.dataOffset, as: UInt32.self),
                identityLength: identityLength
            ),
            let signal = SpoolSignal(rawValue: read(Field.signal, as: UInt8.self)),
            let encoding = SpoolEncoding(rawValue: read(Field.encoding, as: UInt8.self))
        else { throw .damagedHeader }
        self.init(
            segmentID: read(Field.segmentID, as: UInt64.self),
            writerID: read(Field.writerID, as: UInt64.self),
            sequence: read(Field.sequence, as: UInt64.self),
            bootID: BootID(
                low: read(Field.bootID, as: UInt64.self),
                high: read(Field.bootID + 8, as: UInt64.self)
            ),
            createdUnixNanoseconds: read(Field.created, as: UInt64.self),
            createdMonotonicNanoseconds: read(Field.createdMonotonic, as: UInt64.self),
            processID: read(Field.processID, as: UInt32.self),
            signal: signal,
            encoding: encoding,
            identity: unsafe Array(bytes[Field.identity..<Field.identity + Int(identityLength)]),
            geometry: geometry
        )
    }
}
