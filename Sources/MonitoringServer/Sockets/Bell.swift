internal import CMonitoringShims

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Wakes a thread that waits for descriptors.
final class Bell: Sendable {
    /// Readable from a ring until it is quieted.
    let descriptor: Int32
    private let button: Int32

    /// Makes a bell; `nil` when there are no descriptors left.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard unsafe monitoring_bell(&ends) == 0 else { return nil }
        (descriptor, button) = (ends[0], ends[1])
    }

    deinit {
        close(descriptor)
        if button != descriptor { close(button) }
    }

    /// Rings; from any thread, any number of times.
    func ring() { monitoring_bell_ring(button) }

    /// Forgets the rings so far.
    func quiet() { monitoring_bell_quiet(descriptor) }
}
