import Foundation
import MonitoringCore
import Testing

@testable import MonitoringDemoAgent

/// An assistant over the bundled manual whose operations stand in a ledger.
struct ObservedAssistant {
    struct Entry: Decodable, Hashable {
        var traceId: String
        var spanId: String
        var parentSpanId: String?
        var name: String
        var kind: String
    }

    let assistant: Assistant
    let monitor: Monitor
    let breaker: Breaker
    private let file = TemporaryFile()

    /// Made once: most of what an assistant costs.
    private static let index = Result {
        SearchIndex(try Corpus.documents(in: Bundle.module.bundleURL.appendingPathComponent("Corpus")))
    }

    /// Makes an assistant.
    ///
    /// Without a client it asks the script; without an address it has no clock.
    init(
        seed: UInt64 = 1,
        faults: ScriptedFaults = .none,
        broken: Set<Breaker.Part> = [],
        asking client: (any ChatClient)? = nil,
        address: OwnAddress = OwnAddress(),
        http: any HTTPClient = FakeHTTP.nobody
    ) async throws {
        let lines = try LineFile(appendingTo: file.url.path)
        monitor = try await Monitor.start(.operationLedger { $0.file = lines }, environment: [:]) {
            $0.installs = false
        }
        breaker = Breaker(broken)
        let library = DocumentLibrary(
            index: try Self.index.get(),
            breaker: breaker,
            pace: .immediate,
            monitor: monitor
        )
        assistant = Host.assistant(
            library,
            ClockTool(address: address, http: http, monitor: monitor),
            asking: client
                ?? ScriptedResponder(seed: seed, faults: faults, breaker: breaker, pace: .immediate),
            breaker: breaker,
            pace: .immediate,
            monitor
        )
    }

    func answer(_ question: String, for user: String = "ada") async throws -> String {
        try await assistant.answer(question, for: Session(user: user, conversation: "c-\(user)")).text
    }

    /// Takes a reader's visit without a server between; only questions reach an assistant.
    func receive(_ visit: Visit, as session: Session) async throws {
        if case .ask(let question, _) = visit { _ = try await assistant.answer(question, for: session) }
    }

    var entries: [Entry] {
        get throws {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try file.lines.map { try decoder.decode(Entry.self, from: Data($0.utf8)) }
        }
    }

    var summary: RunSummary { monitor.plugin(OperationLedger.self)?.summary ?? RunSummary() }

    /// The operations as an indented tree, siblings by name, since parallel ones end in any order.
    var tree: [String] {
        get throws {
            let entries = try entries
            func lines(below parent: String?, _ depth: Int) -> [String] {
                entries.filter { $0.parentSpanId == parent }
                    .map { [String(repeating: "  ", count: depth) + $0.name] + lines(below: $0.spanId, depth + 1) }
                    .sorted { $0.joined() < $1.joined() }
                    .flatMap { $0 }
            }
            return lines(below: nil, 0)
        }
    }
}
