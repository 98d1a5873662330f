import CMonitoringShims

/// What stands once in a flight recorder's file.
struct FlightHeader: Sendable, Hashable {
    let writerID: UInt64
    let bootID: BootID
    let startedUnixNanoseconds: UInt64
    let startedMonotonicNanoseconds: UInt64
    let processID: UInt32
    let identity: [UInt8]
}

extension FlightHeader {
    private typealias Field = FlightLayout.Header

    /// Makes a flight recorder of a blank map; only the last store makes it one.
    func write(to map: SegmentMap) {
        precondition(map.byteCount >= FlightLayout.byteCount(identityBytes: identity.count))
        let base = unsafe map.base
        let data = FlightLayout.dataOffset(identityBytes: identity.count)
        unsafe base.storeBytes(of: FlightLayout.version, toByteOffset: Field.version, as: UInt32.self)
        unsafe base.storeBytes(of: UInt32(data), toByteOffset: Field.dataOffset, as: UInt32.self)
        unsafe base.storeBytes(of: UInt32(FlightLayout.slots), toByteOffset: Field.slots, as: UInt32.self)
        unsafe base.storeBytes(of: UInt32(FlightLayout.crumbs), toByteOffset: Field.crumbs, as: UInt32.self)
        unsafe base.storeBytes(of: writerID, toByteOffset: Field.writerID, as: UInt64.self)
        unsafe base.storeBytes(of: bootID.low, toByteOffset: Field.bootID, as: UInt64.self)
        unsafe base.storeBytes(of: bootID.high, toByteOffset: Field.bootID + 8, as: UInt64.self)
        unsafe base.storeBytes(of: startedUnixNanoseconds, toByteOffset: Field.started, as: UInt64.self)
        unsafe base.storeBytes(
            of: startedMonotonicNanoseconds, toByteOffset: Field.startedMonotonic, as: UInt64.self)
        unsafe base.storeBytes(of: processID, toByteOffset: Field.processID, as: UInt32.self)
        unsafe base.storeBytes(of: UInt32(identity.count), toByteOffset: Field.identityLength, as: UInt32.self)
        unsafe identity.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe (base + Field.identity).copyMemory(from: start, byteCount: bytes.count)
        }
        let sum = unsafe Self.checksum(map.bytes, identityLength: identity.count)
        unsafe base.storeBytes(of: sum, toByteOffset: Field.checksum, as: UInt32.self)
        map.setWord(at: Field.magic, to: FlightLayout.magic)
    }

    /// Reads and checks the header; `nil` for anything else.
    init?(reading bytes: UnsafeRawBufferPointer) {
        func read<Word: BitwiseCopyable>(_ field: Int, as type: Word.Type) -> Word {
            unsafe bytes.loadUnaligned(fromByteOffset: field, as: type)
        }
        guard bytes.count >= Field.identity, read(Field.magic, as: UInt64.self) == FlightLayout.magic,
            read(Field.version, as: UInt32.self) == FlightLayout.version
        else { return nil }
        let length = Int(read(Field.identityLength, as: UInt32.self))
        guard length <= bytes.count, bytes.count >= FlightLayout.byteCount(identityBytes: length),
            unsafe read(Field.checksum, as: UInt32.self) == Self.checksum(bytes, identityLength: length)
        else { return nil }
        self.init(
            writerID: read(Field.writerID, as: UInt64.self),
            bootID: BootID(
                low: read(Field.bootID, as: UInt64.self), high: read(Field.bootID + 8, as: UInt64.self)),
            startedUnixNanoseconds: read(Field.started, as: UInt64.self),
            startedMonotonicNanoseconds: read(Field.startedMonotonic, as: UInt64.self),
            processID: read(Field.processID, as: UInt32.self),
            identity: unsafe Array(bytes[Field.identity..<Field.identity + length])
        )
    }

    private static func checksum(_ bytes: UnsafeRawBufferPointer, identityLength: Int) -> UInt32 {
        guard let base = bytes.baseAddress else { return 0 }
        let start = monitoring_crc32c_u64(0, FlightLayout.magic)
        let fixed = unsafe monitoring_crc32c(start, base + 8, Field.fixed - 8)
        return unsafe monitoring_crc32c(fixed, base + Field.identity, identityLength)
    }
}
