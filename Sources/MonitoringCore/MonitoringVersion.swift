/// The version of this package, as `telemetry.sdk.version` and `User-Agent` tell it.
package enum MonitoringVersion {
    /// The version, as in the newest heading of the change log.
    package static let current = "0.1.0"
}
