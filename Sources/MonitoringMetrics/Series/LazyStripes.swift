public import Synchronization

/// Stripes that are made when they are first needed, and kept as long as this is.
///
/// Whoever adds does not retain them: a reference count that several threads change would be the very thing that stripes are
/// there to avoid.
@usableFromInline
struct LazyStripes: ~Copyable, Sendable {
    @usableFromInline let bits = Atomic<UInt>(0)

    deinit {
        let bits = bits.load(ordering: .acquiring)
        if let pointer = unsafe UnsafeRawPointer(bitPattern: bits) {
            unsafe Unmanaged<Stripes>.fromOpaque(pointer).release()
        }
    }

    /// Whether there are any.
    @inlinable var areMade: Bool { bits.load(ordering: .acquiring) != 0 }

    /// Calls the body with the stripes, if there are any.
    @inline(__always)
    func withMade<R>(_ body: (Stripes) -> R) -> R? {
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: bits.load(ordering: .acquiring)) else { return nil }
        return unsafe Unmanaged<Stripes>.fromOpaque(pointer)._withUnsafeGuaranteedRef { body($0) }
    }

    /// Makes them, unless another thread was faster.
    ///
    /// - Parameter words: How many words each has.
    func make(words: Int) {
        let made = unsafe Unmanaged.passRetained(Stripes(words: words))
        let new = unsafe UInt(bitPattern: made.toOpaque())
        let (isFirst, _) = bits.compareExchange(expected: 0, desired: new, ordering: .acquiringAndReleasing)
        if !isFirst { unsafe made.release() }
    }
}
