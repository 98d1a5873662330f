extension Monitor {
    /// How long something may take, as OpenTelemetry's timeouts say it: 0 is no limit.
    public enum TimeLimit: Sendable, Hashable {
        /// As long as it takes.
        case none
        /// At most this long.
        case after(Duration)

        /// The limit, `nil` when there is none.
        public var duration: Duration? {
            switch self {
            case .none: nil
            case .after(let duration): duration
            }
        }
    }
}
