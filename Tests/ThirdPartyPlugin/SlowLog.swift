public import MonitoringCore
import Synchronization

extension Monitor.PluginFactory {
    /// Keeps the names of slow operations.
    public static var slowLog: Self { slowLog(nil) }

    /// Keeps the names of slow operations.
    public static func slowLog(_ configure: (@Sendable (inout SlowLog.Configuration) -> Void)?) -> Self {
        Self("slow-log", flag: .off("ENABLE_SLOW_LOG"), configure: configure) { configuration, _ in
            SlowLog(configuration)
        }
    }
}

/// Keeps the names of slow operations, the last hundred.
public final class SlowLog: MonitoringPlugin {
    /// The settings of the slow log.
    public struct Configuration: MonitoringConfiguration {
        /// How long an operation must take to be kept.
        public var limit = Duration.seconds(1)
        /// Called with each name, on the caller's thread.
        public var notify: (@Sendable (String) -> Void)?

        /// The defaults.
        public init() {}

        /// What the environment can say.
        public static let variables = [
            Monitor.Variable(
                "SLOW_LOG_LIMIT_MS", default: "1000", meaning: "How long an operation must take to be kept")
        ]

        /// Takes over the limit.
        public mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
            guard let text = environment["SLOW_LOG_LIMIT_MS"] else { return }
            guard let milliseconds = Int(text), milliseconds >= 0 else {
                return report(
                    Monitor.Problem(
                        source: "slow-log",
                        code: "invalid-value",
                        subject: "SLOW_LOG_LIMIT_MS",
                        message: "SLOW_LOG_LIMIT_MS is not a number of milliseconds",
                        fix: "write a whole number from 0"
                    )
                )
            }
            limit = .milliseconds(milliseconds)
        }
    }

    private let configuration: Configuration
    private let slow = Mutex<[String]>([])

    init(_ configuration: Configuration) {
        self.configuration = configuration
    }

    /// Models, tools and databases.
    public var interest: Monitor.Kinds { [.model, .tool, .database] }

    /// Keeps the name of an operation that took too long.
    public func ended(_ operation: Monitor.Record) {
        guard operation.duration >= configuration.limit else { return }
        configuration.notify?(operation.name)
        slow.withLock { names in
            if names.count == 100 { names.removeFirst() }
            names.append(operation.name)
        }
    }

    /// The names kept.
    public var names: [String] { slow.withLock { $0 } }

    /// The list, for people.
    public var endpoints: [Endpoint] {
        [.get("/slow", .sensitive) { [self] _ in .text(names.joined(separator: "\n")) }]
    }
}
