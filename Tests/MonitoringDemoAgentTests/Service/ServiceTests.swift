import Foundation
import MonitoringCore
import MonitoringServer
import Synchronization
import Testing

@testable import MonitoringDemoAgent

/// Says one word, and the next when it is let.
private struct HesitantClient: ChatClient {
    let provider = "hesitant"
    let mayGoOn: AsyncStream<Void>

    func complete(_ request: ChatRequest) async throws -> ChatResponse { throw ChatError.incomplete }

    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatChunk, any Error> {
        AsyncThrowingStream { continuation in
            let speaking = Task {
                continuation.yield(.text("one "))
                for await _ in mayGoOn { break }
                continuation.yield(.text("two"))
                let whole = ChatResponse(
                    id: "r", model: "m", message: .assistant("one two"), finishReason: .stop, usage: nil)
                continuation.yield(.finished(whole))
                continuation.finish()
            }
            continuation.onTermination = { _ in speaking.cancel() }
        }
    }
}

/// A service on a free port, over an assistant whose operations stand in a ledger.
private struct RunningService {
    let observed: ObservedAssistant
    let server: EndpointServer
    let address: OwnAddress
    let http = PatientClient()

    init(asking client: (any ChatClient)? = nil) async throws {
        address = OwnAddress()
        observed = try await ObservedAssistant(asking: client, address: address, http: PatientClient())
        let service = Service(
            observed.assistant, breaker: observed.breaker, address: address, monitor: observed.monitor)
        server = try service.start(port: 0).server
    }

    func ask(_ question: String, streamed: Bool = false) async throws -> HTTPAnswer {
        var request = HTTPRequest("POST", try #require(address.url("/chat")))
        if streamed { request.headers.append(("Accept", "text/event-stream")) }
        request.setJSON(JSONBytes.encoded(["question": question, "user": "ada"]))
        return try await http.send(request)
    }
}

struct ServiceTests {
    @Test func `a request about the time is one tree, in which the service calls itself`() async throws {
        let service = try await RunningService()
        let answer = try await service.ask("What time is it?")
        #expect(answer.status == 200)
        #expect(String(decoding: try await answer.whole(), as: UTF8.self).contains("The clock says 20"))
        await service.server.stop()
        #expect(
            try service.observed.tree == [
                "POST /chat", "  conversation turn", "    get answers", "    invoke_agent librarian",
                "      chat scripted-1", "      chat scripted-1", "      execute_tool clock", "        GET /time",
                "          GET /time",
            ])
        #expect(service.observed.summary == RunSummary(operations: 9, errors: 0, traces: 1, httpRequests: 2))
    }

    @Test func `a piece is read before the model makes the next`() async throws {
        let (mayGoOn, go) = AsyncStream.makeStream(of: Void.self)
        let service = try await RunningService(asking: HesitantClient(mayGoOn: mayGoOn))
        let names = Mutex<[String]>([])
        try await service.ask("?", streamed: true).forEachEvent { event in
            names.withLock { $0.append(event.name) }
            if event.data == #"{"text":"one "}"# { go.yield() }
            return true
        }
        #expect(names.withLock(\.self) == ["piece", "piece", "done"])
        await service.server.stop()
    }

    @Test func `readers come over the port, and each visit is counted`() async throws {
        let service = try await RunningService()
        let reader = Reader(http: service.http, address: service.address)
        let made = Mutex<[Visit]>([])
        let traffic = Traffic(rate: 1000, seconds: 0.03) {
            ConversationPlan(number: $0, seed: 3)
        } visit: { visit, session in
            made.withLock { $0.append(visit) }
            try await reader.make(visit, as: session)
        }
        await traffic.run()
        await service.server.stop()
        let visits = made.withLock(\.self)
        #expect(visits.count > 30)
        let clocks = try service.observed.entries.count { $0.name == "execute_tool clock" }
        #expect(service.observed.summary.httpRequests == visits.count + clocks)
    }

    @Test func `a port that is taken is told, and another one used`() async throws {
        let first = try await RunningService()
        let port = try #require(first.server.address?.port)
        let observed = try await ObservedAssistant()
        let address = OwnAddress()
        let second = Service(observed.assistant, breaker: Breaker(), address: address, monitor: observed.monitor)
        let (server, listening) = try second.start(port: port)
        #expect(listening.port != port && listening.port > 0)
        #expect(listening.detour?.contains(String(port)) == true)
        #expect(address.base == "http://127.0.0.1:\(listening.port)")
        await server.stop()
        await first.server.stop()
    }
}
