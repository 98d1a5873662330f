import Foundation
import Testing

@testable import MonitoringDemoAgent

struct ReaderTests {
    private let ada = Session(user: "ada", conversation: "c")

    private func reader(_ http: FakeHTTP) -> Reader {
        let address = OwnAddress()
        address.set(host: "127.0.0.1", port: 4711)
        return Reader(http: http, address: address)
    }

    @Test func `asks as anybody would`() async throws {
        let http = FakeHTTP(.text("event: done\ndata: {}\n\n"))
        for streamed in [false, true] { try await reader(http).make(.ask("Why?", streamed: streamed), as: ada) }
        #expect(http.requests.map(\.url.absoluteString) == Array(repeating: "http://127.0.0.1:4711/chat", count: 2))
        #expect(http.requests.map { $0.header("accept") } == [nil, "text/event-stream"])
        for request in http.requests {
            #expect(request.method == "POST")
            #expect(request.json as? [String: String] == ["question": "Why?", "conversation": "c", "user": "ada"])
        }
    }

    @Test func `looks at the clock and strays, whatever comes of it`() async throws {
        let http = FakeHTTP(.text("{}", status: 404))
        try await reader(http).make(.readClock, as: ada)
        try await reader(http).make(.stray(path: "/opening-hours"), as: ada)
        #expect(http.requests.map(\.url.path) == ["/time", "/opening-hours"])
        #expect(http.requests.allSatisfy { $0.method == "GET" })
    }

    @Test(arguments: [
        (FakeHTTP.Reply.text("{}", status: 502), false, 502), (.text("", status: 503), true, 503),
        (.text("event: piece\ndata: {}\n\nevent: error\ndata: {}\n\n"), true, 200), (.text(""), true, 200),
    ])
    func `goes away without an answer`(reply: FakeHTTP.Reply, streamed: Bool, status: Int) async throws {
        await #expect(throws: Reader.Disappointment(status: status)) {
            try await reader(FakeHTTP(reply)).make(.ask("Why?", streamed: streamed), as: ada)
        }
    }

    @Test func `goes nowhere while nobody listens`() async throws {
        let reader = Reader(http: FakeHTTP(.text("{}")), address: OwnAddress())
        await #expect(throws: HTTPFailure.unreachable) { try await reader.make(.readClock, as: ada) }
    }
}
