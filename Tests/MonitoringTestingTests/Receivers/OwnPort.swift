import MonitoringTesting
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A port below those that the system gives out by itself, so that no other test gets it once it is free again.
enum OwnPort {
    private static let next = Atomic(UInt16(20_000 + getpid() % 8000))

    /// Makes a receiver on such a port.
    static func open<R>(_ make: (UInt16) throws(ReceiverError) -> R) throws(ReceiverError) -> R {
        while true {
            do throws(ReceiverError) {
                return try make(next.wrappingAdd(1, ordering: .relaxed).oldValue)
            } catch {
                guard error.code == EADDRINUSE else { throw error }
            }
        }
    }
}
