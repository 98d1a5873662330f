/// The one thing a host talks to: it says once what happened, and the plugins that are on make telemetry of it.
public final class Monitor: Sendable {
    package init() {}
}
