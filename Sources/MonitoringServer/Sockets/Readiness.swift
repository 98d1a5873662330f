internal import CMonitoringShims

/// What a descriptor is waited for, or ready for.
struct Readiness: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let readable = Readiness(rawValue: UInt32(MONITORING_READABLE))
    static let writable = Readiness(rawValue: UInt32(MONITORING_WRITABLE))
    /// The peer sends nothing any more; told only where it is asked for.
    static let peerClosed = Readiness(rawValue: UInt32(MONITORING_PEER_CLOSED))
    /// The connection is gone; told always.
    static let broken = Readiness(rawValue: UInt32(MONITORING_BROKEN))
}
