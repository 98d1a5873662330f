import Foundation
import MonitoringCore
import Testing

@testable import MonitoringDemoAgent

struct SmallEndpointsTests {
    @Test func `the time is told as text and number`() async throws {
        let date = Date(timeIntervalSince1970: 1_800_000_000.5)
        let served = try await TimeEndpoint(breaker: Breaker(), now: { date }).endpoint.serve(in: .off)
        #expect(served.status == 200)
        #expect(served.text == #"{"time":"2027-01-15T08:00:00Z","unix":1800000000.5}"#)
        #expect(served.headers.values("cache-control") == ["no-store"])
    }

    @Test func `a broken clock says so until it is healed`() async throws {
        let breaker = Breaker([.clock])
        let endpoint = TimeEndpoint(breaker: breaker).endpoint
        let served = try await endpoint.serve(in: .off)
        #expect(served.status == 503 && served.error?["type"] as? String == "broken")
        breaker.heal(.clock)
        #expect(try await endpoint.serve(in: .off).status == 200)
    }

    @Test(arguments: Breaker.Part.allCases) func `each part is broken and healed by its own path`(part: Breaker.Part)
        async throws
    {
        let breaker = Breaker([.cache])
        let endpoints = BreakEndpoints(breaker: breaker).endpoints.filter { $0.path == "/break/\(part.rawValue)" }
        #expect(endpoints.map(\.method) == ["POST", "DELETE"])
        let all = Breaker.Part.allCases.filter { [.cache, part].contains($0) }.map(\.rawValue)
        let broken = try await endpoints[0].serve(in: .off)
        #expect(broken.status == 200 && broken.json?["broken"] as? [String] == all)
        #expect(breaker.isBroken(part))
        let healed = try await endpoints[1].serve(in: .off)
        #expect(healed.status == 200 && healed.json?["broken"] as? [String] == (part == .cache ? [] : ["cache"]))
        #expect(!breaker.isBroken(part))
    }

    @Test func `help names everything that is served, with the true address`() async throws {
        let observed = try await ObservedAssistant()
        let address = OwnAddress()
        address.set(host: "127.0.0.1", port: 4711)
        let service = Service(observed.assistant, breaker: Breaker(), address: address, monitor: .off)
        let help = HelpEndpoint(address: address).endpoint
        for (accept, type) in [(nil, "text/plain"), ("*/*", "text/plain"), ("text/html,*/*;q=0.8", "text/html")] {
            let served = try await help.serve(accept: accept, in: .off)
            #expect(served.headers.values("content-type") == ["\(type); charset=utf-8"])
            #expect(served.text.contains("http://127.0.0.1:4711/chat"))
            for endpoint in service.endpoints where !endpoint.path.hasPrefix("/break/") {
                #expect(served.text.contains(endpoint.path))
            }
            for part in Breaker.Part.allCases { #expect(served.text.contains(part.rawValue)) }
            for word in ["POST /break/PART", "DELETE /break/PART", "text/event-stream"] {
                #expect(served.text.contains(word))
            }
        }
    }

    @Test func `the page for browsers escapes what it shows and loads nothing`() async throws {
        let page = HelpPage(base: "http://<x>&\"").html
        #expect(page.contains("http://&lt;x&gt;&amp;&quot;/chat") && !page.contains("<x>"))
        let served = try await HelpEndpoint(address: OwnAddress()).endpoint.serve(accept: "text/html", in: .off)
        #expect(served.headers.values("content-security-policy").first?.hasPrefix("default-src 'none'") == true)
        #expect(!served.text.contains("src=") && !served.text.contains("<script"))
    }

    @Test func `everything is open, on paths of its own`() async throws {
        let observed = try await ObservedAssistant()
        let service = Service(observed.assistant, breaker: Breaker(), address: OwnAddress(), monitor: .off)
        let endpoints = service.endpoints
        #expect(endpoints.allSatisfy { $0.access == .open })
        #expect(Set(endpoints.map { "\($0.method) \($0.path)" }).count == 3 + 2 * Breaker.Part.allCases.count)
    }

    @Test func `the greeting tells where and how, and why it is not the port that was asked for`() {
        let lines = Greeting(.init(host: "127.0.0.1", port: 4711, detour: nil)).lines
        #expect(
            lines.contains("help    http://127.0.0.1:4711/") && lines.contains("chat    http://127.0.0.1:4711/chat"))
        #expect(lines.contains { $0.contains("curl -N http://127.0.0.1:4711/chat") })
        let detoured = Greeting(.init(host: "127.0.0.1", port: 4711, detour: "port 8080 is taken")).lines
        #expect(detoured.first == "port 8080 is taken; using a free port instead")
        #expect(Array(detoured.dropFirst()) == lines)
        let monitored = Greeting(
            .init(host: "127.0.0.1", port: 4711), monitoring: "http://127.0.0.1:9464/",
            offering: ["/ready", "/metrics"])
        #expect(monitored.lines.contains("metrics http://127.0.0.1:9464/metrics"))
        let bare = Greeting(.init(host: "127.0.0.1", port: 4711), monitoring: "http://127.0.0.1:9464/", offering: [])
        #expect(bare.lines.contains("monitor http://127.0.0.1:9464/"))
    }
}
