import MonitoringTesting
import Testing

@testable import MonitoringExport

@Suite struct EndpointTests {
    @Test(arguments: [
        ("http://localhost:4318", "http://localhost:4318", "/"),
        ("HTTPS://Example.COM", "https://example.com:443", "/"),
        ("http://h", "http://h:80", "/"), ("http://h:1/a/b?c=d#e", "http://h:1", "/a/b?c=d"),
        ("http://h?x=1", "http://h:80", "/?x=1"), ("http://[::1]:4318/v1/traces", "http://[::1]:4318", "/v1/traces"),
        ("http://[FE80::1]", "http://[fe80::1]:80", "/"),
        ("http://my_collector:65535/%20", "http://my_collector:65535", "/%20"),
        ("http://h:/x", "http://h:80", "/x"),
    ])
    func `a URL is taken apart`(text: String, origin: String, path: String) throws {
        let endpoint = try Endpoint(text)
        #expect(endpoint.origin == origin)
        #expect(endpoint.path == path)
    }

    @Test(arguments: [
        ("", Endpoint.Invalid.scheme), ("localhost:4318", .scheme), ("ftp://h", .scheme), ("http:/h", .scheme),
        ("http://", .host), ("http://:4318", .host), ("http://[::1", .host), ("http://[]", .host),
        ("http://[::1]x", .host),
        ("http://[g::]", .host), ("http://h%41", .host), ("http://h:0", .port), ("http://h:65536", .port),
        ("http://h:+1", .port), ("http://h:1:2", .port), ("http://h:٣", .character), ("http://u:p@h/", .userInfo),
        ("http://h/ a", .character), ("http://h/\r\nX: y", .character), ("http://h/ä", .character),
        ("http://h\\@x", .character),
    ])
    func `what is no endpoint says why`(text: String, reason: Endpoint.Invalid) {
        #expect(throws: reason) { try Endpoint(text) }
    }

    @Test(arguments: [
        ("http://h:4318", "/v1/traces"), ("http://h:4318/", "/v1/traces"), ("http://h:4318/base", "/base/v1/traces"),
        ("http://h:4318/base//", "/base/v1/traces"), ("http://h:4318/b?k=v/", "/b/v1/traces?k=v/"),
    ])
    func `a signal's path is joined by one slash`(base: String, path: String) throws {
        #expect(try Endpoint(base).appending("v1/traces").path == path)
    }

    @Test func `a header field has no room for another`() {
        #expect(HeaderField(name: "a", value: "b\tc ü") != nil)
        for name in ["", "a b", "a:", "ä", "a\r"] { #expect(HeaderField(name: name, value: "") == nil) }
        for value in ["\r", "\n", "a\u{0}", "\u{7f}"] { #expect(HeaderField(name: "a", value: value) == nil) }
    }

    @Test func `no text makes the parser trap`() {
        var random = DeliveryRandom(seed: 5)
        let pieces = [
            "http://", "https://", "h", "[", "]", ":", "1", "/", "?", "#", "@", "::1", "%", "é", "\u{0}", "99999",
        ]
        for _ in 0..<FuzzRounds.count(20_000) {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }.joined()
            guard let endpoint = try? Endpoint(text) else { continue }
            #expect(endpoint.path.hasPrefix("/"))
            #expect((try? Endpoint(endpoint.origin))?.origin == endpoint.origin)
        }
    }
}

@Suite struct ProxySettingsTests {
    private func proxy(_ variables: [String: String], for url: String) throws -> String? {
        let proxy = try ProxySettings { variables[$0] }.proxy(for: Endpoint(url))
        return proxy.map { proxy in
            let credentials = proxy.credentials.map { String(decoding: $0, as: UTF8.self) + "@" }
            return (credentials ?? "") + proxy.endpoint.origin
        }
    }

    @Test func `the usual variables count, small letters first`() throws {
        #expect(try proxy([:], for: "http://h") == nil)
        #expect(
            try proxy(["http_proxy": "http://p:3128", "HTTP_PROXY": "http://q"], for: "http://h") == "http://p:3128")
        #expect(try proxy(["http_proxy": "", "HTTP_PROXY": "q:1"], for: "http://h") == "http://q:1")
        #expect(try proxy(["HTTP_PROXY": "http://q", "REQUEST_METHOD": "GET"], for: "http://h") == nil)
        #expect(try proxy(["HTTPS_PROXY": "http://q:9/"], for: "https://h") == "http://q:9")
        #expect(try proxy(["http_proxy": "http://q"], for: "https://h") == nil)
        #expect(try proxy(["ALL_PROXY": "http://q"], for: "https://h") == "http://q:80")
        #expect(try proxy(["http_proxy": "http://u:p%40s@q"], for: "http://h") == "u:p@s@http://q:80")
    }

    @Test func `loopback never has a proxy`() throws {
        let variables = ["http_proxy": "http://p", "all_proxy": "http://p", "https_proxy": "http://p"]
        for url in ["http://localhost:4318", "http://127.0.0.1", "https://[::1]", "http://x.localhost"] {
            #expect(try proxy(variables, for: url) == nil)
        }
    }

    @Test(arguments: [
        ("h.example", true), ("example", true), (".example", true), ("*", true), ("a,h.example", true),
        ("a h.example:80", true), ("xample", false), ("h.example:81", false), ("", false),
    ])
    func `no_proxy names hosts and domains`(value: String, isDirect: Bool) throws {
        #expect(try (proxy(["http_proxy": "http://p", "no_proxy": value], for: "http://h.example") == nil) == isDirect)
    }

    @Test(arguments: ["https://p", "socks5://p", "http://", "http://u%zz@p", "http://p:x"])
    func `a proxy that cannot be used fails the request instead of going around it`(value: String) {
        #expect(throws: TransportError(.proxy, origin: "http://h:80")) {
            try proxy(["http_proxy": value], for: "http://h")
        }
    }
}
