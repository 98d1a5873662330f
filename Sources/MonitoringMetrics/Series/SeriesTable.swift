import Synchronization

/// Finds the series of a family by their label values: reads without a lock, grows in constant time a series.
///
/// Open addressing in a power of two of slots, at most half of them used. Slots are written once, from empty to a series,
/// and tables replaced by larger ones are kept for those who still read them: together they are no larger than the
/// newest.
///
/// Sendable, though it holds pointers: a reader sees a table, and through it a series, only by an acquiring load of what was
/// stored with releasing order after it was complete; all writing is done under the family's lock; and nothing that was
/// once to be seen is freed before the table itself.
@safe final class SeriesTable: @unchecked Sendable {
    @unsafe private struct Slots {
        let base: UnsafeMutablePointer<Atomic<UInt>>
        let mask: Int
    }

    private static let smallest = 8

    private let current: Atomic<UInt>
    /// Every table there was, the newest last.
    private var tables: [UnsafeMutablePointer<Slots>]
    private var count = 0

    init() {
        let first = unsafe Self.makeSlots(Self.smallest)
        unsafe tables = [first]
        current = Atomic(UInt(bitPattern: first))
    }

    deinit {
        for index in unsafe tables.indices {
            let table = unsafe tables[index]
            unsafe table.pointee.base.deinitialize(count: table.pointee.mask + 1).deallocate()
            unsafe table.deinitialize(count: 1).deallocate()
        }
    }

    /// The series with that hash for which `isSame` holds.
    @inline(__always)
    func find(_ hash: UInt64, _ isSame: (MetricSeries) -> Bool) -> MetricSeries? {
        let bits = current.load(ordering: .acquiring)
        guard let table = unsafe UnsafePointer<Slots>(bitPattern: bits) else { return nil }
        let (base, mask) = unsafe (table.pointee.base, table.pointee.mask)
        var index = Int(truncatingIfNeeded: hash) & mask
        while true {
            let bits = unsafe base[index].load(ordering: .acquiring)
            guard let pointer = unsafe UnsafeRawPointer(bitPattern: bits) else { return nil }
            let reference = unsafe Unmanaged<MetricSeries>.fromOpaque(pointer)
            let isFound = unsafe reference._withUnsafeGuaranteedRef { $0.hash == hash && isSame($0) }
            if isFound { return unsafe reference.takeUnretainedValue() }
            index = (index &+ 1) & mask
        }
    }

    /// Adds a series that is not there yet and is kept by the family.
    ///
    /// Only under the family's lock.
    func insert(_ series: MetricSeries) {
        count += 1
        var newest = unsafe tables[tables.count - 1]
        if unsafe count * 2 > newest.pointee.mask + 1 {
            unsafe newest = grown(newest)
            unsafe tables.append(newest)
        }
        unsafe Self.put(UInt(bitPattern: Unmanaged.passUnretained(series).toOpaque()), series.hash, newest)
        current.store(UInt(bitPattern: newest), ordering: .releasing)
    }

    private func grown(_ old: UnsafeMutablePointer<Slots>) -> UnsafeMutablePointer<Slots> {
        let size = unsafe (old.pointee.mask + 1) * 2
        let new = unsafe Self.makeSlots(size)
        for index in unsafe 0...old.pointee.mask {
            let bits = unsafe old.pointee.base[index].load(ordering: .relaxed)
            guard let pointer = unsafe UnsafeRawPointer(bitPattern: bits) else { continue }
            let hash = unsafe Unmanaged<MetricSeries>.fromOpaque(pointer)._withUnsafeGuaranteedRef(\.hash)
            unsafe Self.put(bits, hash, new)
        }
        return unsafe new
    }

    private static func put(_ bits: UInt, _ hash: UInt64, _ table: UnsafeMutablePointer<Slots>) {
        var index = unsafe Int(truncatingIfNeeded: hash) & table.pointee.mask
        while unsafe table.pointee.base[index].load(ordering: .relaxed) != 0 {
            index = unsafe (index &+ 1) & table.pointee.mask
        }
        unsafe table.pointee.base[index].store(bits, ordering: .releasing)
    }

    private static func makeSlots(_ size: Int) -> UnsafeMutablePointer<Slots> {
        let base = UnsafeMutablePointer<Atomic<UInt>>.allocate(capacity: size)
        for index in 0..<size { unsafe (base + index).initialize(to: Atomic(0)) }
        let table = UnsafeMutablePointer<Slots>.allocate(capacity: 1)
        unsafe table.initialize(to: Slots(base: base, mask: size - 1))
        return unsafe table
    }
}
