import CMonitoringShims
import Synchronization

/// What belongs to one appending thread at a time: above all the lane that it writes to.
@unsafe struct Stripe {
    /// A lane that may be written to.
    @unsafe struct OpenLane {
        var writer: LaneWriter
        /// Keeps the writer's memory mapped.
        let map: SegmentMap
        /// The number of the segment that the lane belongs to.
        let segment: UInt64
        /// The id in that segment's header.
        let segmentID: UInt64
    }

    /// None before the first append, and after the lane was closed.
    var lane: OpenLane?
    /// How many more records may be appended before permits must be asked for again.
    var permits = 0
    /// Records and bytes since somebody last looked whether the wake handler is due.
    var unseenCount = 0
    var unseenBytes = 0
}

/// The stripes of a spool.
///
/// Sendable, though threads write to it, since a stripe is touched by the thread alone that has taken it: the flag in front of
/// it is exchanged with acquiring order and given back with releasing order. Whoever holds a stripe may take the
/// spool's lock; whoever holds the spool's lock only *tries* to take a stripe.
@safe final class StripeSet: @unchecked Sendable {
    static let count = 32
    /// Two cache lines: neighbours are fetched in pairs.
    private static let stride = 128
    /// The flag comes first, then the stripe.
    private static let stripeOffset = 16

    private let memory: UnsafeMutableRawPointer

    init() {
        unsafe precondition(Self.stripeOffset + MemoryLayout<Stripe>.size <= Self.stride)
        unsafe memory = .allocate(byteCount: Self.count * Self.stride, alignment: Self.stride)
        for index in 0..<Self.count {
            let slot = unsafe memory + index * Self.stride
            unsafe slot.bindMemory(to: Atomic<Bool>.self, capacity: 1).initialize(to: Atomic(false))
            unsafe (slot + Self.stripeOffset).bindMemory(to: Stripe.self, capacity: 1).initialize(to: Stripe())
        }
    }

    deinit {
        for index in 0..<Self.count { unsafe self[index].deinitialize(count: 1) }
        unsafe memory.deallocate()
    }

    private subscript(index: Int) -> UnsafeMutablePointer<Stripe> {
        unsafe (memory + index * Self.stride + Self.stripeOffset).assumingMemoryBound(to: Stripe.self)
    }

    /// Takes this thread's stripe, or another one that is free; `nil` when none was free for long.
    @inline(__always)
    func take() -> UnsafeMutablePointer<Stripe>? {
        let preferred = unsafe self[Int(monitoring_spool_stripe_get()) % Self.count]
        return unsafe Self.tryToTake(preferred) ? preferred : takeAnother()
    }

    /// Gives a stripe back.
    @inline(__always)
    func giveBack(_ stripe: UnsafeMutablePointer<Stripe>) {
        unsafe Self.isHeld(stripe).pointee.store(false, ordering: .releasing)
    }

    /// Visits every stripe that is free at this moment.
    func visitFree(_ body: (UnsafeMutablePointer<Stripe>) -> Void) {
        for index in 0..<Self.count {
            let stripe = unsafe self[index]
            guard unsafe Self.tryToTake(stripe) else { continue }
            unsafe body(stripe)
            unsafe giveBack(stripe)
        }
    }

    /// Visits every stripe, and waits for those that are taken.
    ///
    /// Not for a thread that has taken one, or the spool's lock.
    func visitAll(_ body: (UnsafeMutablePointer<Stripe>) -> Void) {
        for index in 0..<Self.count {
            let stripe = unsafe self[index]
            var attempts = 0
            while unsafe !Self.tryToTake(stripe) {
                SpinWait.wait(attempt: attempts)
                attempts += 1
            }
            unsafe body(stripe)
            unsafe giveBack(stripe)
        }
    }

    @inline(never)
    private func takeAnother() -> UnsafeMutablePointer<Stripe>? {
        let first = Int(monitoring_spool_stripe_get())
        for attempt in 0..<SpinWait.attempts {
            for step in 1...Self.count {
                let number = first &+ step
                let stripe = unsafe self[number % Self.count]
                if unsafe Self.tryToTake(stripe) {
                    // Never 0, which would mean that the thread has none.
                    monitoring_spool_stripe_set(UInt32(number % Self.count + Self.count))
                    return unsafe stripe
                }
            }
            SpinWait.wait(attempt: attempt)
        }
        return nil
    }

    @inline(__always)
    private static func tryToTake(_ stripe: UnsafeMutablePointer<Stripe>) -> Bool {
        let isHeld = unsafe isHeld(stripe)
        return unsafe !isHeld.pointee.load(ordering: .relaxed) && !isHeld.pointee.exchange(true, ordering: .acquiring)
    }

    @inline(__always)
    private static func isHeld(_ stripe: UnsafeMutablePointer<Stripe>) -> UnsafeMutablePointer<Atomic<Bool>> {
        unsafe (UnsafeMutableRawPointer(stripe) - stripeOffset).assumingMemoryBound(to: Atomic<Bool>.self)
    }
}
