import MonitoringServer
import Testing

@Suite struct HostFieldTests {
    @Test(
        arguments: [
            ("localhost", "localhost", nil, false), ("LocalHost:9464", "localhost", 9464, false),
            ("example.com.", "example.com", nil, false), ("127.0.0.1", "127.0.0.1", nil, true),
            ("127.0.0.1:", "127.0.0.1", nil, true), ("[::1]:80", "[::1]", 80, true),
            ("[::FFFF:1.2.3.4]", "[::ffff:1.2.3.4]", nil, true),
            ("127.0.0.256", "127.0.0.256", nil, false), ("127.1", "127.1", nil, false),
            ("1.2.3.4.5", "1.2.3.4.5", nil, false),
            ("1.2.3.a", "1.2.3.a", nil, false),
        ] as [(String, String, Int?, Bool)]) func `a host is read`(
            text: String, host: String, port: Int?, isAddress: Bool
        ) throws
    {
        let field = try #require(HostField(text))
        #expect(field.host == host && field.port == port && field.isAddress == isAddress)
    }

    @Test(arguments: [
        "", ":80", "a b", "a/b", "a@b", "a:b", "a:80:80", "a:65536", "a:999999", "[::1", "[]", "[1.2.3.4]", "[::g]",
        "::1", "[::1]x", "a\u{0}", "\u{e9}",
    ]) func `what is no host is refused`(text: String) {
        #expect(HostField(text) == nil)
    }
}
