import MonitoringCore
import Synchronization

/// A plugin for tests of starting: it has a switch, a setting, and counts what happens to it.
final class SwitchedPlugin: MonitoringPlugin {
    struct Configuration: MonitoringConfiguration {
        static let variables = [
            Monitor.Variable("SWITCHED_LEVEL", default: "1", meaning: "A level", allowed: "a whole number")
        ]

        var level = 1

        mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
            guard let text = environment["SWITCHED_LEVEL"] else { return }
            if let number = Int(text) { level = number } else { report(Self.invalid) }
        }

        private static let invalid = Monitor.Problem(
            source: "switched",
            code: "invalid-value",
            subject: "SWITCHED_LEVEL",
            message: "SWITCHED_LEVEL is not a whole number",
            fix: "write one such as 3"
        )
    }

    let level: Int
    let interest = Monitor.Kinds.all
    let stopped = Atomic(0)

    init(_ configuration: Configuration) {
        level = configuration.level
    }

    func shutdown(within limit: Duration) async -> Bool {
        stopped.wrappingAdd(1, ordering: .relaxed)
        return true
    }
}

extension Monitor.PluginFactory {
    static func switched(
        _ flag: Monitor.Flag = .off("ENABLE_SWITCHED"),
        configure: (@Sendable (inout SwitchedPlugin.Configuration) -> Void)? = nil
    ) -> Self {
        Self(
            "switched", flag: flag, configure: configure,
            { configuration, _ in SwitchedPlugin(configuration) }
        )
    }

    /// A plugin that cannot be made.
    static func unmakeable(_ name: String) -> Self {
        Self(
            name, flag: .on("ENABLE_UNMAKEABLE"), configure: { (_: inout SwitchedPlugin.Configuration) in },
            { _, _ throws(Monitor.Problem) in
                throw Monitor.Problem(
                    source: name, code: "unmakeable", message: "\(name) cannot be made", severity: .error)
            }
        )
    }
}
