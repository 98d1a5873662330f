public import MonitoringCore

/// Finds what is wrong with a set of operations that ended.
public enum LifecycleValidator: Sendable {
    /// What is wrong, one sentence each; empty when all is well.
    ///
    /// - Parameter operations: Operations that ended.
    /// - Returns: One sentence a finding.
    public static func violations(in operations: [Monitor.Record]) -> [String] {
        var result: [String] = []
        var labels: [String: Set<String>] = [:]
        var spans: Set<Monitor.SpanID> = []
        for operation in operations {
            if !operation.trace.isValid { result.append("\(operation.name) has an invalid trace context") }
            if !spans.insert(operation.trace.spanID).inserted {
                result.append("\(operation.name) has a span id that another operation has too")
            }
            guard let end = operation.endUnixNanoseconds else {
                result.append("\(operation.name) was told as ended and has no end")
                continue
            }
            if end < operation.startUnixNanoseconds { result.append("\(operation.name) ended before it started") }
            if operation.outcome == .error, operation.failure == nil {
                result.append("\(operation.name) failed without a reason")
            }
            let names = Set(
                operation.attributes.filter { $0.key.isLabel && !Self.late.contains($0.key.name) }.map(\.key.name))
            if let known = labels[operation.name], known != names {
                let difference = known.symmetricDifference(names).sorted().joined(separator: ", ")
                result.append("\(operation.name) has two sets of label names: they differ in \(difference)")
            }
            labels[operation.name] = names
        }
        return result
    }

    /// Labels that only some ends have.
    private static let late: Set<String> = [
        Monitor.Label<String>.errorType.key.name, Monitor.Label<Int>.responseStatus.key.name,
        Monitor.Label<Bool>.cacheHit.key.name, Monitor.Label<String>.responseModel.key.name,
    ]
}
