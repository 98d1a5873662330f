import MonitoringCore
import Synchronization

/// Counts operations, and writes a line for each that ended: the demo's own account, to hold against what arrived.
///
/// It is registered before the plugins that send anything and so hears an end after them: what stands in the file was
/// handed over. Unlike what the protocol asks for it does I/O in its hook, because a line must be in the file before
/// `observe` returns, even if the process dies next.
final class OperationLedger: MonitoringPlugin {
    struct Configuration: MonitoringConfiguration {
        /// The file; nil only counts.
        var file: LineFile?

        /// A token for the catalogues of other libraries.
        ///
        /// The demo calls none; declared as a secret, its value must
        /// never be seen anywhere.
        static let variables = [
            Monitor.Variable(
                Canaries.registeredVariable,
                meaning: "Token for the catalogues of partner libraries, which the demo plants as a canary",
                isSecret: true
            )
        ]

        mutating func apply(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {}
    }

    let interest = Monitor.Kinds.all
    private let file: LineFile?
    private let context: Monitor.PluginContext
    private let counts = Mutex(RunSummary())

    init(_ configuration: Configuration, _ context: Monitor.PluginContext) {
        self.file = configuration.file
        self.context = context
    }

    /// The operations that ended so far.
    var summary: RunSummary { counts.withLock { $0 } }

    func ended(_ operation: Monitor.Record) {
        counts.withLock { counts in
            counts.operations += 1
            if operation.outcome == .error { counts.errors += 1 }
            if operation.parentSpanID == nil { counts.traces += 1 }
            if operation.kind == .httpServer { counts.httpRequests += 1 }
        }
        guard let file else { return }
        guard let line = try? LedgerLine(operation).json(), file.write(line: line) else {
            return context.report(
                Monitor.Problem(
                    source: "operation-ledger",
                    code: "write-failed",
                    message: "the ledger cannot be written, lines are missing from it",
                    fix: "make room where --ledger points to",
                    severity: .error
                )
            )
        }
    }
}

extension Monitor.PluginFactory {
    /// The demo's account of its operations.
    static func operationLedger(_ configure: @escaping @Sendable (inout OperationLedger.Configuration) -> Void) -> Self
    {
        Self("operation-ledger", flag: .on("ENABLE_OPERATION_LEDGER"), configure: configure) { configuration, context in
            OperationLedger(configuration, context)
        }
    }
}
