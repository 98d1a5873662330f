import MonitoringCore
import MonitoringServer
import Testing

/// What goes over the wire, by both ways of waiting.
@Suite(.serialized) struct HTTPTests {
    @Test(arguments: [false, true]) func `a request is answered with a date, a length and no server's name`(
        usesPoll: Bool
    ) async throws {
        try await withServer([hello], .with { $0.usesPoll = usesPoll }) { _, port in
            let response = try await TestClient(port: port).get("/hello")
            #expect(response.status == 200 && response.text == "hello")
            #expect(response["Content-Length"] == "5" && response["Content-Type"] == "text/plain; charset=utf-8")
            #expect(response["Server"] == nil && response["Connection"] == nil)
            let date = try #require(response["Date"])
            #expect(date.hasSuffix(" GMT") && date.utf8.count == 29)
        }
    }

    @Test func `the date is that of the clock`() async throws {
        try await withServer([hello], .with { $0.clock = FixedClock(unixSeconds: 784_111_777) }) { _, port in
            let response = try await TestClient(port: port).get("/hello")
            #expect(response["Date"] == "Sun, 06 Nov 1994 08:49:37 GMT")
        }
    }

    @Test(arguments: [false, true]) func `a connection carries one request after the other`(
        usesPoll: Bool
    ) async throws {
        try await withServer([hello, echo], .with { $0.usesPoll = usesPoll }) { server, port in
            let client = try TestClient(port: port)
            for round in 0..<50 {
                #expect(try await client.get("/hello").text == "hello")
                try await client.send(
                    "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\nab\(round % 10)")
                #expect(try await client.response().text == "ab\(round % 10)")
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test func `requests that are sent at once are answered in order`() async throws {
        try await withServer([hello, echo]) { _, port in
            let client = try TestClient(port: port)
            let requests = (0..<200).map { number in
                number.isMultiple(of: 3)
                    ? "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                    : "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 3\r\n\r\n\(100 + number)"
            }
            try await client.send(requests.joined())
            for number in 0..<200 {
                let response = try await client.response()
                #expect(response.text == (number.isMultiple(of: 3) ? "hello" : String(100 + number)))
            }
        }
    }

    @Test func `HEAD is answered like GET without a body`() async throws {
        let pieces = Endpoint(
            method: "GET", path: "/pieces", access: .open,
            handler: .synchronous { _ in EndpointResponse(body: .pieces { [1] }) })
        try await withServer([hello, pieces]) { _, port in
            let client = try TestClient(port: port)
            try await client.send("HEAD /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            let response = try await client.response(isHead: true)
            #expect(response.status == 200 && response["Content-Length"] == "5")
            try await client.send("HEAD /pieces HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(try await client.response(isHead: true)["Transfer-Encoding"] == "chunked")
            #expect(try await client.get("/hello").text == "hello")
        }
    }

    @Test(arguments: ["DELETE", "PUT", "PATCH", "OPTIONS"]) func `a host's own endpoint can have any method`(
        method: String
    ) async throws {
        let endpoint = Endpoint(
            method: method, path: "/thing", access: .open,
            handler: .asynchronous { EndpointResponse(status: 201, body: .bytes($0.body)) })
        try await withServer([endpoint]) { _, port in
            let client = try TestClient(port: port)
            try await client.send("\(method) /thing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n\r\nhi")
            let response = try await client.response()
            #expect(response.status == 201 && response.text == "hi")
        }
    }

    @Test func `what is not offered is 404, with another method 405 and what is allowed`() async throws {
        try await withServer([hello, echo]) { _, port in
            let client = try TestClient(port: port)
            #expect(try await client.get("/nothing").status == 404)
            #expect(try await client.get("/hello/").status == 404)
            let response = try await client.get("/echo")
            #expect(response.status == 405 && response["Allow"] == "POST")
            try await client.send("OPTIONS /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(try await client.response()["Allow"] == "GET, HEAD")
            try await client.send("get /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(try await client.response().status == 405)
        }
    }

    @Test func `an error is one sentence that repeats nothing of the request and is not stored`() async throws {
        try await withServer([hello]) { _, port in
            let response = try await TestClient(port: port).get("/%3Cscript%3E?canary")
            #expect(response.status == 404 && response["Cache-Control"] == "no-store")
            #expect(response["X-Content-Type-Options"] == "nosniff")
            #expect(response["Content-Type"] == "text/plain; charset=utf-8")
            #expect(response.text.hasSuffix(".\n") && !response.text.contains("script"))
        }
    }

    @Test func `a handler is told path, query, headers, body and who asks`() async throws {
        let seen = Box<EndpointRequest?>(nil)
        let endpoint = Endpoint.post("/a b", .open) { request in
            seen.value = request
            return .text("ok")
        }
        try await withServer([endpoint]) { _, port in
            let client = try TestClient(port: port)
            try await client.send(
                "POST /a%20b?x=1&y=%C3%A9+e&z HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: 1\r\nx-a: 2\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n3;ext=\"1\"\r\nabc\r\n2\r\nde\r\n0\r\nX-Trailer: gone\r\n\r\n")
            #expect(try await client.response().status == 200)
            let request = try #require(seen.value)
            #expect(request.method == "POST" && request.path == "/a b" && request.clientAddress == "127.0.0.1")
            #expect(request.query.map(\.name) == ["x", "y", "z"] && request.query.map(\.value) == ["1", "é e", ""])
            #expect(request.headers.values("X-A") == ["1", "2"] && request.headers.values("X-Trailer").isEmpty)
            #expect(request.body == Array("abcde".utf8))
        }
    }

    @Test func `a client that waits for it is invited to send its body`() async throws {
        try await withServer([echo]) { _, port in
            let client = try TestClient(port: port)
            try await client.send(
                "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try await client.response().status == 100)
            try await client.send("hi")
            #expect(try await client.response().text == "hi")
            try await client.send(
                "POST /no HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            let refusal = try await client.response()
            #expect(refusal.status == 404 && refusal["Connection"] == "close")
            #expect(await client.isClosed())
        }
    }

    @Test func `an older client gets an answer that it understands`() async throws {
        let stream = Endpoint.get("/stream", .open) { _ in
            EndpointResponse(body: .stream { try await $0.write(Array("streamed".utf8)) })
        }
        try await withServer([hello, stream, echo]) { _, port in
            let kept = try TestClient(port: port)
            try await kept.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(try await kept.response()["Connection"] == "keep-alive")
            try await kept.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let response = try await kept.response()
            #expect(response.text == "streamed" && response["Connection"] == "close")
            #expect(response["Transfer-Encoding"] == nil && response["Content-Length"] == nil)
            let closed = try TestClient(port: port)
            try await closed.send("GET /hello HTTP/1.0\r\n\r\n")
            #expect(try await closed.response()["Connection"] == "close")
            #expect(await closed.isClosed())
            let bodiless = try TestClient(port: port)
            try await bodiless.send("POST /echo HTTP/1.0\r\n\r\n")
            #expect(try await bodiless.response().status == 411)
        }
    }

    @Test func `a header that would break the head is left out, and framing is the server's alone`() async throws {
        let endpoint = Endpoint.probe("/h") { _ in
            EndpointResponse(
                headers: [
                    ("X-Good", "1"), ("X-Bad", "a\r\nX-Smuggled: 1"), ("X Name", "1"), ("", "1"), ("X-Nul", "\u{0}"),
                    ("Content-Length", "99"), ("transfer-encoding", "chunked"), ("Connection", "upgrade"),
                ],
                body: .bytes([65])
            )
        }
        try await withServer([endpoint]) { _, port in
            let response = try await TestClient(port: port).get("/h")
            #expect(response.text == "A" && response["X-Good"] == "1" && response["Content-Length"] == "1")
            for name in ["X-Bad", "X-Smuggled", "X Name", "X-Nul", "Transfer-Encoding", "Connection"] {
                #expect(response[name] == nil)
            }
        }
    }

    @Test(arguments: [0, 99, 100, 101, 199, 600, -1]) func `a status that is none becomes 500`(
        status: Int
    ) async throws {
        try await withServer([.probe("/s") { _ in .text("x", status: status) }]) { _, port in
            let response = try await TestClient(port: port).get("/s")
            #expect(response.status == 500)
        }
    }

    @Test(arguments: [204, 304]) func `an answer without content has no body`(status: Int) async throws {
        try await withServer([.probe("/s") { _ in .text("x", status: status) }, hello]) { _, port in
            let client = try TestClient(port: port)
            let response = try await client.get("/s")
            #expect(response.status == status && response["Content-Length"] == nil)
            #expect(try await client.get("/hello").text == "hello")
        }
    }

    @Test func `the last request that a connection may carry is answered with a close`() async throws {
        try await withServer([hello], .with { $0.limits.requestsPerConnection = 3 }) { _, port in
            let client = try TestClient(port: port)
            #expect(try await client.get("/hello")["Connection"] == nil)
            #expect(try await client.get("/hello")["Connection"] == nil)
            #expect(try await client.get("/hello")["Connection"] == "close")
            #expect(await client.isClosed())
        }
    }

    @Test func `a target in absolute form is served when it agrees with the Host header`() async throws {
        try await withServer([hello]) { _, port in
            let client = try TestClient(port: port)
            try await client.send("GET http://LOCALHOST:9/hello HTTP/1.1\r\nHost: localhost:9\r\n\r\n")
            #expect(try await client.response().text == "hello")
            try await client.send("GET http://localhost/hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            #expect(try await client.response().status == 400)
        }
    }
}
