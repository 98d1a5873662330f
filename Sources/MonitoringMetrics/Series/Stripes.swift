import CMonitoringShims
import Synchronization

/// Memory that several threads add to, each in cache lines of its own, made once it was seen that they get in each other's
/// way.
///
/// Sendable, though it hands out pointers: what they lead to are atomics, which live as long as the stripes.
@safe final class Stripes: @unchecked Sendable {
    /// A power of two.
    static let count = 8
    /// Two cache lines: neighbours are fetched in pairs.
    private static let lineBytes = 128

    private let base: UnsafeMutableRawPointer
    private let stride: Int
    private let words: Int

    /// Makes stripes that are all zero.
    ///
    /// - Parameter words: How many words each has.
    init(words: Int) {
        self.words = words
        stride = (words * 8 + Self.lineBytes - 1) / Self.lineBytes * Self.lineBytes
        unsafe base = .allocate(byteCount: stride * Self.count, alignment: Self.lineBytes)
        for index in 0..<Self.count {
            let start = unsafe (base + index * stride).bindMemory(to: Atomic<UInt64>.self, capacity: words)
            for word in 0..<words { unsafe (start + word).initialize(to: Atomic(0)) }
        }
    }

    deinit { unsafe base.deallocate() }

    /// The words of this thread's stripe, which others may use too.
    @inline(__always)
    func withOwn<R>(_ body: (UnsafeMutablePointer<Atomic<UInt64>>) -> R) -> R {
        unsafe body(self[Int(truncatingIfNeeded: monitoring_spool_stripe_get()) & (Self.count - 1)])
    }

    /// Visits the words of every stripe.
    func visit(_ body: (UnsafeMutablePointer<Atomic<UInt64>>) -> Void) {
        for index in 0..<Self.count { unsafe body(self[index]) }
    }

    private subscript(_ index: Int) -> UnsafeMutablePointer<Atomic<UInt64>> {
        unsafe (base + index * stride).assumingMemoryBound(to: Atomic<UInt64>.self)
    }
}
