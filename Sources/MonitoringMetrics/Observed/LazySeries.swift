import Synchronization

/// Something that is looked up when it is first needed, and then at hand.
///
/// Not the standard library's `AtomicLazyReference`: unspecialised, as it was here, it looks up generic metadata at every
/// load.
struct LazySeries<Series: AnyObject & Sendable>: ~Copyable, Sendable {
    private let bits = Atomic<UInt>(0)

    deinit {
        let bits = bits.load(ordering: .acquiring)
        if let pointer = unsafe UnsafeRawPointer(bitPattern: bits) {
            unsafe Unmanaged<Series>.fromOpaque(pointer).release()
        }
    }

    /// What was found first.
    ///
    /// - Parameter find: Looks it up; may run on several threads at once, and the first result counts.
    /// - Returns: What was found first.
    @inline(__always)
    func get(_ find: () -> Series) -> Series {
        let known = bits.load(ordering: .acquiring)
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: known) else { return keep(find()) }
        return unsafe Unmanaged<Series>.fromOpaque(pointer).takeUnretainedValue()
    }

    private func keep(_ found: Series) -> Series {
        let kept = unsafe Unmanaged.passRetained(found)
        let (isFirst, other) = bits.compareExchange(
            expected: 0, desired: unsafe UInt(bitPattern: kept.toOpaque()), ordering: .acquiringAndReleasing)
        guard !isFirst, let pointer = unsafe UnsafeRawPointer(bitPattern: other) else { return found }
        unsafe kept.release()
        return unsafe Unmanaged<Series>.fromOpaque(pointer).takeUnretainedValue()
    }
}
