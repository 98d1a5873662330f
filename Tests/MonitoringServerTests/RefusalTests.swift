import MonitoringCore
import MonitoringServer
import Testing

/// Requests that are refused, over the wire.
@Suite struct RefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let request: String
        let status: Int
        var testDescription: String { "\(status) \(request.prefix(60).debugDescription)" }

        init(_ request: String, _ status: Int) { (self.request, self.status) = (request, status) }
    }

    static let long = String(repeating: "a", count: 9000)
    static let cases = [
        Case("GET /\(long) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
        Case("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + String(repeating: "X: \(long)\r\n", count: 4) + "\r\n", 431),
        Case("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + String(repeating: "X: 1\r\n", count: 100) + "\r\n", 431),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1048577\r\n\r\n", 413),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n", 413),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n", 413),
        Case("GET /hello\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1 \r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET  /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("CONNECT 127.0.0.1:80 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /%zz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /%0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /%ff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /hello?a=%g0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /\u{e9} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /hello#a HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: \r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: 127.0.0.1:99999\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n b\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\rb\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\u{0}b\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX\r\n\r\n", 400),
        Case("GET /hello HTTP/1.1\nHost: 127.0.0.1\n\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1, 1\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: +1\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0x1\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        Case("POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked, chunked\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1\nab\r\n", 400),
        Case("\u{16}\u{3}\u{1}", 400),
        Case("\r\n\r\nGET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 400),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        Case("POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nExpect: fun\r\n\r\n", 417),
        Case("GET /hello HTTP/2.0\r\nHost: 127.0.0.1\r\n\r\n", 505),
        Case("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Case("POST /echo HTTP/1.0\r\n\r\n", 411),
    ]

    @Test(arguments: cases) func `a request that cannot be served is refused, and nothing after it is read`(
        example: Case
    ) async throws {
        try await withServer([hello, echo]) { _, port in
            let client = try TestClient(port: port)
            try await client.send(example.request)
            let response = try await client.response()
            #expect(response.status == example.status)
            #expect(response["Connection"] == "close" && response.text.hasSuffix(".\n"))
            try? await client.send("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(await client.isClosed())
        }
    }

    static let good = [
        "\r\nGET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "GET /hello HTTP/1.7\r\nHost:127.0.0.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\nhOST: \t[::1]:80 \r\n\r\n",
        "GET /%68ello? HTTP/1.1\r\nHost: localhost.\r\nEmpty:\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\ncontent-length: 2\r\n\r\nxx",
        "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nExpect: 100-CONTINUE\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: Chunked\r\n\r\n00A ; x\r\n0123456789\r\n0\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\nX: \u{e9}\r\n\r\n",
    ]

    @Test(arguments: good) func `what is unusual and right is served`(request: String) async throws {
        try await withServer([hello]) { _, port in
            let client = try TestClient(port: port)
            try await client.send(request)
            #expect(try await client.response().text == "hello")
            #expect(try await client.get("/hello").text == "hello")
        }
    }
}
