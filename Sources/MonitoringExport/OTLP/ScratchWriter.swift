internal import CMonitoringShims

/// Writes bytes into this thread's scratch buffer, which grows as needed up to a limit and is kept for the next use.
///
/// Invariants: a writer is made, filled and read within one synchronous call, and nothing in between takes the scratch
/// buffer of the same thread. `count` never exceeds `limit`, and `capacity - count` bytes may always be stored
/// behind what is written.
///
/// A write that would go beyond the limit, or for which there is no memory, is left out and sets ``isOverflown``; what
/// was written since a mark is then taken back with ``rollBack(to:)``.
@safe struct ScratchWriter: ~Copyable {
    /// How many bytes behind the last one may be overwritten, so that text is copied in whole words.
    static let slack = 8

    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private let limit: Int
    /// How many bytes are written.
    private(set) var count = 0
    /// Whether a write was left out.
    private(set) var isOverflown = false

    /// Takes this thread's buffer; `nil` when there is no memory.
    ///
    /// - Parameter limit: How many bytes may be written.
    init?(limit: Int) {
        guard let buffer = unsafe monitoring_scratch(4096) else { return nil }
        unsafe base = buffer
        capacity = min(monitoring_scratch_capacity(), limit + Self.slack)
        self.limit = limit
    }

    /// What is written; valid until something else takes the buffer.
    var bytes: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: base, count: count)
    }

    /// Forgets what was written since `count` was `mark`, and that there was no room for it.
    mutating func rollBack(to mark: Int) {
        count = mark
        isOverflown = false
    }

    /// Text that is known to need no escapes.
    @inline(__always)
    mutating func write(_ text: StaticString) {
        unsafe write(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Bytes as they are.
    @inline(__always)
    mutating func write(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe withRoom(for: bytes.count) { target in
            if let source = bytes.baseAddress { unsafe target.update(from: source, count: bytes.count) }
            return bytes.count
        }
    }

    /// One byte.
    @inline(__always)
    mutating func write(_ byte: UInt8) {
        unsafe withRoom(for: 1) { target in
            unsafe target.pointee = byte
            return 1
        }
    }

    /// Runs `body` with room for so many bytes and the slack, unless there is none.
    ///
    /// - Parameters:
    ///   - wanted: How many bytes may be stored and count.
    ///   - body: Stores bytes from the pointer on; returns how many of them count.
    @inline(__always)
    mutating func withRoom(for wanted: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        guard wanted + Self.slack <= capacity - count || grow(by: wanted + Self.slack) else { return }
        unsafe count += body(base + count)
    }

    @inline(never)
    private mutating func grow(by wanted: Int) -> Bool {
        guard wanted <= limit + Self.slack - count, let buffer = unsafe monitoring_scratch(count + wanted) else {
            isOverflown = true
            return false
        }
        unsafe base = buffer
        capacity = min(monitoring_scratch_capacity(), limit + Self.slack)
        return true
    }
}
