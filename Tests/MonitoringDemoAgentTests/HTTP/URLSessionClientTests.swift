import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringDemoAgent

struct URLSessionClientTests {
    private let client = URLSessionClient()

    private func request(_ text: String, _ method: String = "GET") throws -> HTTPRequest {
        HTTPRequest(method, try #require(URL(string: text)))
    }

    @Test func `sends what it is given and gives what comes`() async throws {
        let receiver = try RecordingReceiver(.json(#"{"a":1}"#, status: 503))
        defer { receiver.stop() }
        var request = try request(receiver.url + "/chat?x=1", "POST")
        request.headers = [("Authorization", "Bearer k"), ("Traceparent", "00-1")]
        request.setJSON(Array("{}".utf8))
        let answer = try await client.send(request)
        #expect(answer.status == 503 && answer.headers.values("content-type") == ["application/json"])
        #expect(String(decoding: try await answer.whole(), as: UTF8.self) == #"{"a":1}"#)
        let received = try #require(receiver.requests.first)
        #expect(received.method == "POST" && received.path == "/chat?x=1" && received.text == "{}")
        #expect(received.header("authorization") == "Bearer k" && received.header("traceparent") == "00-1")
        #expect(received.header("content-type") == "application/json")
    }

    @Test func `an answer without a body has a head all the same`() async throws {
        let receiver = try RecordingReceiver(.status(404, ["X-Request-ID": "r"]))
        defer { receiver.stop() }
        let answer = try await client.send(request(receiver.url, "DELETE"))
        #expect(answer.status == 404 && answer.headers.values("X-REQUEST-ID") == ["r"])
        #expect(try await answer.whole().isEmpty)
    }

    @Test func `a redirect is an answer and not followed`() async throws {
        let elsewhere = try RecordingReceiver()
        defer { elsewhere.stop() }
        let receiver = try RecordingReceiver(.status(302, ["Location": elsewhere.url]))
        defer { receiver.stop() }
        let answer = try await client.send(request(receiver.url))
        #expect(answer.status == 302)
        _ = try await answer.whole()
        #expect(elsewhere.requests.isEmpty)
    }

    @Test func `a longer body than is taken is an error`() async throws {
        let receiver = try RecordingReceiver(.json(String(repeating: "a", count: 10_001)))
        defer { receiver.stop() }
        var request = try request(receiver.url)
        request.bodyLimit = 10_000
        let answer = try await client.send(request)
        await #expect(throws: HTTPFailure.tooLong(limit: 10_000)) { try await answer.whole() }
    }

    @Test(arguments: [FaultyReceiver.Fault.silentAccept, .drip])
    func `who is silent or drips is given up`(fault: FaultyReceiver.Fault) async throws {
        let receiver = try FaultyReceiver(fault)
        defer { receiver.stop() }
        var request = try request(receiver.url)
        request.silence = fault == .drip ? .seconds(20) : .milliseconds(300)
        request.limit = fault == .drip ? .milliseconds(600) : .seconds(20)
        let failure = await #expect(throws: HTTPFailure.self) { try await client.send(request).whole() }
        #expect(failure == .timeout(fault == .drip ? .milliseconds(600) : .milliseconds(300)))
    }

    @Test(arguments: [
        (FaultyReceiver.Fault.refuse, HTTPFailure.unreachable), (.resetWithinResponse, .broken),
        (.resetBeforeResponse, .broken),
    ])
    func `who is not there or breaks off is told apart`(fault: FaultyReceiver.Fault, expected: HTTPFailure) async throws
    {
        let receiver = try FaultyReceiver(fault)
        defer { receiver.stop() }
        let request = try request(receiver.url)
        await #expect(throws: expected) { try await client.send(request).whole() }
    }

    @Test func `cancelling ends the request, before its head and within its body`() async throws {
        for fault in [FaultyReceiver.Fault.silentAccept, .drip] {
            let receiver = try FaultyReceiver(fault)
            defer { receiver.stop() }
            let request = try request(receiver.url, "POST")
            let waiting = Task { try await client.send(request).whole() }
            if fault == .drip { _ = await receiver.requests(atLeast: 1) }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
    }
}
