import MonitoringCore
import Testing

@Suite struct PropagationTargetsTests {
    @Test func `own services get baggage and other parties do not`() {
        let targets = Monitor.PropagationTargets()
        #expect(targets == .ownServices)
        #expect(targets.allows(host: "orders.internal"))
        #expect(targets.allows(host: nil))
        #expect(!targets.allows(host: "api.example.com", isOtherParty: true))
        #expect(!targets.allows(host: nil, isOtherParty: true))
    }

    @Test func `all and none ask nobody`() {
        #expect(Monitor.PropagationTargets.all.allows(host: nil, isOtherParty: true))
        #expect(!Monitor.PropagationTargets.none.allows(host: "orders.internal"))
        #expect(!Monitor.PropagationTargets.none.allows(host: nil))
    }

    @Test func `a listed other party gets baggage`() {
        let targets = Monitor.PropagationTargets.ownServices(and: ["llm.internal.example"])
        #expect(targets.allows(host: "llm.internal.example", isOtherParty: true))
        #expect(!targets.allows(host: "api.example.com", isOtherParty: true))
        #expect(targets.allows(host: "orders.internal"))
    }

    @Test func `with only a list nobody else gets baggage`() {
        let targets = Monitor.PropagationTargets.only(["*.internal.example"])
        #expect(targets.allows(host: "orders.internal.example"))
        #expect(targets.allows(host: "llm.internal.example", isOtherParty: true))
        #expect(!targets.allows(host: "orders.example"))
        #expect(!targets.allows(host: nil))
    }

    @Test(arguments: [
        ("api.example.com", "api.example.com"), ("api.example.com", "API.Example.COM"),
        ("API.example.com", "api.example.com."),
        ("api.example.com", "api.example.com:8443"), ("api.example.com:8443", "api.example.com:8443"),
        ("api.example.com.", "api.example.com"),
        ("*.example.com", "a.example.com"), ("*.example.com", "a.b.Example.com:443"),
        ("*.example.com:443", "a.example.com:443"),
        ("*", "anything.example"), ("*", "[::1]:80"), ("10.0.0.7", "10.0.0.7:80"), ("localhost:8080", "localhost:8080"),
        ("::1", "[::1]:8080"), ("[::1]", "::1"), ("[::1]:8080", "[::1]:8080"), ("[FE80::1%eth0]", "fe80::1%eth0"),
        ("bücher.example", "BÜCHER.example"),
    ])
    func `a pattern matches its hosts`(_ pattern: String, _ host: String) {
        #expect(Monitor.PropagationTargets.only([pattern]).allows(host: host))
    }

    @Test(arguments: [
        ("example.com", "a.example.com"), ("*.example.com", "example.com"), ("*.example.com", "evilexample.com"),
        ("*.example.com", ".example.com"), ("*.example.com", "a.example.com.evil.com"),
        ("example.com", "example.com.evil.com"),
        ("api.example.com:8443", "api.example.com"), ("api.example.com:8443", "api.example.com:443"),
        ("*.example.com:443", "a.example.com:80"), ("[::1]:8080", "[::1]"), ("::1", "::10"),
        ("example.com", "evil.com/example.com"), ("*.example.com", "evil.com/.example.com"),
        ("*.example.com", "evil.com#a.example.com"), ("*.example.com", "a@b.example.com"),
        ("*.example.com", "a\\b.example.com"),
        ("*", "a b"), ("*", ""), ("*", "."), ("*", "a:b"), ("*", "a:"), ("*", "a:99999"), ("*", "[::1"),
        ("*", "[::1]x"),
        ("*", "a:+1"), ("*", "https://example.com"),
    ])
    func `a pattern matches no other host`(_ pattern: String, _ host: String) {
        #expect(!Monitor.PropagationTargets.only([pattern]).allows(host: host))
    }

    @Test(arguments: [
        "", "*.", "a.*.com", "**", "*:443", "https://example.com", "example.com/path", "a b", "a:port", "[::1",
    ])
    func `what is not a pattern matches nothing and can be told`(_ pattern: String) {
        let targets = Monitor.PropagationTargets.only([pattern, "ok.example"])
        #expect(targets.invalidPatterns == [pattern])
        #expect(!targets.allows(host: pattern))
        #expect(!targets.allows(host: "example.com"))
        #expect(targets.allows(host: "ok.example"))
    }
}
