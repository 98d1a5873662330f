import MonitoringCore

/// A moment on both clocks of this machine.
struct Moment: Sendable {
    let unixNanoseconds: UInt64
    let monotonicNanoseconds: UInt64

    init(_ clock: any MonitoringClock) {
        unixNanoseconds = clock.unixNanoseconds
        monotonicNanoseconds = clock.monotonicNanoseconds
    }

    /// How long ago that was in nanoseconds, 0 for what is still to come.
    func age(of unixNanoseconds: UInt64, inSegmentWith header: SegmentHeader) -> UInt64 {
        let appended = max(unixNanoseconds, earliestAppend(inSegmentWith: header))
        return self.unixNanoseconds > appended ? self.unixNanoseconds - appended : 0
    }

    /// Before when, in Unix nanoseconds of today's clock, no record of a segment was appended; 0 when that is not known.
    ///
    /// Within the same boot the monotonic clock says how old the segment is, wherever the time of day was set to since.
    func earliestAppend(inSegmentWith header: SegmentHeader) -> UInt64 {
        let boot = BootID.current
        guard header.bootID == boot, boot != BootID(low: 0, high: 0),
            header.createdMonotonicNanoseconds <= monotonicNanoseconds
        else { return 0 }
        let age = monotonicNanoseconds - header.createdMonotonicNanoseconds
        return age < unixNanoseconds ? unixNanoseconds - age : 0
    }
}
