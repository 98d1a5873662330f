import Synchronization

/// Shows each finished root operation as a tree, for whoever sits at the terminal.
final class ConsoleTree: MonitoringPlugin {
    private struct Line {
        let spanID: Monitor.SpanID
        let parent: Monitor.SpanID?
        let start: UInt64
        let text: String
    }

    /// Operations shown of one tree, and trees kept while they grow.
    private static let lineLimit = 200
    private static let treeLimit = 1000

    private let growing = Mutex<[Monitor.SpanID: [Line]]>([:])
    private let diagnostics: Diagnostics
    private let stopsAtAcceptance: Bool
    private let sink: @Sendable (String) -> Void

    init(diagnostics: Diagnostics, stopsAtAcceptance: Bool, sink: @escaping @Sendable (String) -> Void) {
        self.diagnostics = diagnostics
        self.stopsAtAcceptance = stopsAtAcceptance
        self.sink = sink
    }

    var interest: Monitor.Kinds { .all }

    func started(_ operation: Monitor.Record) {
        guard operation.rootSpanID == operation.trace.spanID else { return }
        growing.withLock { trees in
            if trees.count < Self.treeLimit { trees[operation.trace.spanID] = [] }
        }
    }

    func ended(_ operation: Monitor.Record) {
        let root = operation.rootSpanID
        let isRoot = root == operation.trace.spanID
        let line = Line(
            spanID: operation.trace.spanID,
            parent: isRoot ? nil : operation.parentSpanID,
            start: operation.startMonotonic,
            text: Self.text(of: operation)
        )
        let tree: [Line]? = growing.withLock { trees in
            guard trees[root] != nil else { return nil }
            if isRoot || trees[root, default: []].count < Self.lineLimit {
                trees[root, default: []].append(line)
            }
            return isRoot ? trees.removeValue(forKey: root) : nil
        }
        guard let tree, !(stopsAtAcceptance && diagnostics.hasAccepted) else { return }
        sink(Self.render(tree, root: line))
    }

    private static func render(_ lines: [Line], root: Line) -> String {
        let ids = Set(lines.map(\.spanID))
        let children = Dictionary(grouping: lines.filter { $0.spanID != root.spanID }) { line in
            line.parent.flatMap { ids.contains($0) ? $0 : nil } ?? root.spanID
        }
        var result = [root.text]
        func add(_ parent: Monitor.SpanID, indent: String) {
            let sorted = (children[parent] ?? []).sorted { $0.start < $1.start }
            for (index, line) in sorted.enumerated() {
                let isLast = index == sorted.count - 1
                result.append(indent + (isLast ? "└─ " : "├─ ") + line.text)
                add(line.spanID, indent: indent + (isLast ? "   " : "│  "))
            }
        }
        add(root.spanID, indent: "")
        return result.joined(separator: "\n")
    }

    private static func text(of operation: Monitor.Record) -> String {
        var text = TerminalText.escaped(operation.name) + "  " + duration(operation.duration)
        if let count = operation[.inputTokens] { text += "  in \(count)" }
        if let count = operation[.outputTokens] { text += "  out \(count)" }
        if let hit = operation[.cacheHit] { text += hit ? "  hit" : "  miss" }
        if let status = operation[.responseStatus] { text += "  \(status)" }
        switch operation.outcome {
        case .success: return text
        case .cancelled: return text + "  cancelled"
        case .error:
            let failure = operation.failure
            let message = TerminalText.escaped(String((failure?.message ?? "").prefix(120)))
            return text + "  ✗ " + TerminalText.escaped(failure?.type ?? "") + (message.isEmpty ? "" : ": " + message)
        }
    }

    private static func duration(_ duration: Duration) -> String {
        let nanoseconds = duration.nanoseconds
        switch nanoseconds {
        case ..<1_000_000: return "\(nanoseconds / 1000) µs"
        case ..<1_000_000_000: return "\(nanoseconds / 1_000_000) ms"
        default: return "\(nanoseconds / 1_000_000_000).\(String(nanoseconds / 10_000_000 % 100 + 100).dropFirst()) s"
        }
    }
}
