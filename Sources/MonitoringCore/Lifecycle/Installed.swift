import Synchronization

/// The process's own monitor.
///
/// Invariant: whatever was installed lives for ever, so that a reader may retain what it loaded. A process installs one
/// monitor, rarely a few.
enum Installed {
    private static let reference = Atomic<UInt>(0)

    /// The monitor that was started last; `nil` before the first start.
    static var monitor: Monitor? {
        let bits = reference.load(ordering: .acquiring)
        guard let pointer = unsafe UnsafeRawPointer(bitPattern: bits) else { return nil }
        return unsafe Unmanaged<Monitor>.fromOpaque(pointer).takeUnretainedValue()
    }

    static func install(_ monitor: Monitor) {
        let immortal = unsafe Unmanaged.passRetained(monitor)
        reference.store(unsafe UInt(bitPattern: immortal.toOpaque()), ordering: .releasing)
    }
}
