public import MonitoringCore

/// Decides which traces are recorded: OpenTelemetry's samplers, and any other that a host brings.
///
/// ```swift
/// .tracing { $0.sampler = .parentBased(root: .ratio(0.1)) }
/// ```
///
/// A decision is made once for a root and for a remote parent; everything below shares it. Making it costs some
/// nanoseconds and never blocks, unless a sampler of the host's own does.
public struct TraceSampler: Monitor.HeadSampler {
    private indirect enum Rule {
        case always
        case never
        case ratio(TraceIDRatio)
        case parentBased(ParentDelegates)
        case custom(any Monitor.HeadSampler)
    }

    private let rule: Rule

    private init(_ rule: Rule) {
        self.rule = rule
    }

    /// Records every trace: `always_on`.
    public static var alwaysOn: TraceSampler { TraceSampler(.always) }

    /// Records none: `always_off`.
    ///
    /// Trace context still passes on, with the sampled flag off.
    public static var alwaysOff: TraceSampler { TraceSampler(.never) }

    /// Records a share of all traces, chosen by the trace id alone: `traceidratio`.
    ///
    /// A larger ratio records the same traces and more. Other processes choose the same traces only when they use the same
    /// rule, which OpenTelemetry leaves open; this one is the official Python SDK's. Use it as the root of
    /// ``parentBased(root:remoteParentSampled:remoteParentNotSampled:localParentSampled:localParentNotSampled:)``,
    /// so that a caller's decision is kept.
    ///
    /// - Parameter ratio: From 0, none, to 1, all; anything else is moved to the nearest.
    /// - Returns: The sampler.
    public static func ratio(_ ratio: Double) -> TraceSampler { TraceSampler(.ratio(TraceIDRatio(ratio))) }

    /// Keeps the parent's decision, and asks another sampler for traces that begin here: `parentbased_…`.
    ///
    /// - Parameters:
    ///   - root: Asked when there is no parent.
    ///   - remoteParentSampled: Asked when the parent is in another process and records the trace.
    ///   - remoteParentNotSampled: Asked when the parent is in another process and does not record it.
    ///   - localParentSampled: Asked when the parent is in this process and records the trace. The layer itself never asks
    ///     for a local parent: children share its decision.
    ///   - localParentNotSampled: Asked when the parent is in this process and does not record it; see
    ///     `localParentSampled`.
    /// - Returns: The sampler.
    public static func parentBased(
        root: TraceSampler,
        remoteParentSampled: TraceSampler = .alwaysOn,
        remoteParentNotSampled: TraceSampler = .alwaysOff,
        localParentSampled: TraceSampler = .alwaysOn,
        localParentNotSampled: TraceSampler = .alwaysOff
    ) -> TraceSampler {
        let delegates = ParentDelegates(
            root: root,
            remoteSampled: remoteParentSampled,
            remoteNotSampled: remoteParentNotSampled,
            localSampled: localParentSampled,
            localNotSampled: localParentNotSampled
        )
        return TraceSampler(.parentBased(delegates))
    }

    /// Asks a sampler of the host's own.
    ///
    /// - Parameter sampler: Called on the threads of callers; must not block.
    /// - Returns: The sampler.
    public static func custom(_ sampler: any Monitor.HeadSampler) -> TraceSampler { TraceSampler(.custom(sampler)) }

    /// Decides; see `Monitor.HeadSampler`.
    public func decide(_ request: Monitor.SamplingRequest) -> Monitor.SamplingDecision {
        switch rule {
        case .always: Monitor.SamplingDecision(isSampled: true)
        case .never: Monitor.SamplingDecision(isSampled: false)
        case .ratio(let ratio): Monitor.SamplingDecision(isSampled: ratio.contains(request.traceID))
        case .parentBased(let delegates): delegates.delegate(for: request.parent).decide(request)
        case .custom(let sampler): sampler.decide(request)
        }
    }
}

extension TraceSampler: CustomStringConvertible {
    /// OpenTelemetry's description, such as `TraceIdRatioBased{0.25}`.
    public var description: String {
        switch rule {
        case .always: "AlwaysOnSampler"
        case .never: "AlwaysOffSampler"
        case .ratio(let ratio): "TraceIdRatioBased{\(ratio.ratio)}"
        case .parentBased(let delegates): "ParentBased{\(delegates)}"
        case .custom(let sampler): String(describing: type(of: sampler))
        }
    }

    /// The description without delegates that are the defaults.
    var summary: String {
        guard case .parentBased(let delegates) = rule, delegates.areStandard else { return description }
        return "ParentBased{root:\(delegates.root.summary)}"
    }
}
