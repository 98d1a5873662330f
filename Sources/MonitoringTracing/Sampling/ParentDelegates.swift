import MonitoringCore

/// Whom a parent-based sampler asks.
struct ParentDelegates: Sendable {
    let root: TraceSampler
    let remoteSampled: TraceSampler
    let remoteNotSampled: TraceSampler
    let localSampled: TraceSampler
    let localNotSampled: TraceSampler

    /// The sampler for that parent; the root's for none and for one that is not valid.
    func delegate(for parent: Monitor.TraceContext?) -> TraceSampler {
        guard let parent, parent.isValid else { return root }
        return switch (parent.isRemote, parent.isSampled) {
        case (true, true): remoteSampled
        case (true, false): remoteNotSampled
        case (false, true): localSampled
        case (false, false): localNotSampled
        }
    }

    /// Whether all but the root are what the specification says.
    var areStandard: Bool {
        [remoteSampled, localSampled].allSatisfy { $0.description == TraceSampler.alwaysOn.description }
            && [remoteNotSampled, localNotSampled].allSatisfy { $0.description == TraceSampler.alwaysOff.description }
    }
}

extension ParentDelegates: CustomStringConvertible {
    var description: String {
        "root:\(root),remoteParentSampled:\(remoteSampled),remoteParentNotSampled:\(remoteNotSampled),"
            + "localParentSampled:\(localSampled),localParentNotSampled:\(localNotSampled)"
    }
}
