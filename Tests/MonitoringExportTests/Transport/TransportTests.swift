import MonitoringCore
import MonitoringExport
import Testing

/// Both transports against the same receivers.
///
/// Real time passes only where a receiver is silent, by a short timeout.
@Suite(.timeLimit(.minutes(10))) struct TransportTests {
    enum Kind: CaseIterable, Sendable {
        case sockets
        case session

        func make() -> any HTTPTransport { self == .sockets ? SocketTransport() : URLSessionTransport() }
    }

    private func send(
        _ transport: any HTTPTransport, to endpoint: Endpoint, body: [UInt8] = Array("body".utf8),
        timeout: Duration = .seconds(30), limit: Int = 1_000_000
    ) async throws(TransportError) -> OutgoingResponse {
        let fields = [("Content-Type", "application/json"), ("User-Agent", "us/1")]
            .compactMap { HeaderField(name: $0.0, value: $0.1) }
        return try await transport.send(
            OutgoingRequest(endpoint: endpoint, headers: fields, body: body), timeout: timeout, responseLimit: limit)
    }

    private func failure(
        _ transport: any HTTPTransport, to endpoint: Endpoint, body: [UInt8] = [1], timeout: Duration = .seconds(30)
    ) async -> TransportError.Kind? {
        do throws(TransportError) {
            _ = try await send(transport, to: endpoint, body: body, timeout: timeout)
            return nil
        } catch {
            #expect(error.origin == endpoint.origin)
            return error.kind
        }
    }

    @Test(arguments: Kind.allCases)
    func `a request arrives as it was made and its answer comes back`(kind: Kind) async throws {
        let receiver = try FaultyReceiver.answering(
            "HTTP/1.1 429 Slow\r\nRetry-After: 3600\r\nContent-Length: 2\r\n\r\n{}")
        let response = try await send(kind.make(), to: receiver.endpoint(path: "/v1/traces?key=a%20b"))
        #expect(response.status == 429)
        #expect(response.headers.firstValue(of: "retry-after") == "3600")
        #expect(response.body == Array("{}".utf8))
        let request = try #require(receiver.requests.first)
        let lines = request.split(separator: "\r\n", omittingEmptySubsequences: false).map { $0.lowercased() }
        #expect(lines.first == "post /v1/traces?key=a%20b http/1.1")
        #expect(lines.contains("host: 127.0.0.1:\(receiver.port)"))
        #expect(lines.contains("content-type: application/json"))
        #expect(lines.contains("user-agent: us/1"))
        #expect(lines.contains("content-length: 4"))
        #expect(!lines.contains { $0.hasPrefix("cookie") || $0.hasPrefix("expect") })
        #expect(lines.last == "body")
    }

    @Test(arguments: Kind.allCases)
    func `a connection is used again`(kind: Kind) async throws {
        let receiver = try FaultyReceiver.answering("HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\n{}")
        let transport = kind.make()
        for _ in 0..<5 { #expect(try await send(transport, to: receiver.endpoint()).status == 200) }
        #expect(receiver.connectionCount == 1)
        #expect(receiver.requests.count == 5)
        #expect(!receiver.requests.contains { $0.lowercased().contains("cookie") })
    }

    @Test(arguments: Kind.allCases, [200, 302, 307, 400, 401, 404, 413, 429, 500, 503])
    func `any status is an answer and nothing is followed`(kind: Kind, status: Int) async throws {
        let receiver = try FaultyReceiver.answering(
            "HTTP/1.1 \(status) x\r\nLocation: http://127.0.0.1:1/\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
        )
        #expect(try await send(kind.make(), to: receiver.endpoint()).status == status)
        #expect(receiver.requests.count == 1)
    }

    @Test(arguments: Kind.allCases)
    func `a body of many megabytes arrives whole`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, seen in
            var count = 0
            while count < 20_000_000 { count += connection.read(1_000_000).count }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        }
        let body = [UInt8](repeating: 0x61, count: 20_000_000)
        #expect(try await send(kind.make(), to: receiver.endpoint(), body: body).status == 200)
    }

    @Test(arguments: Kind.allCases)
    func `nobody listens`(kind: Kind) async {
        let endpoint = Endpoint(scheme: .http, host: "127.0.0.1", port: FaultyReceiver.closedPort())
        #expect(await failure(kind.make(), to: endpoint) == .refused)
    }

    @Test(arguments: Kind.allCases)
    func `a name that does not exist`(kind: Kind) async {
        let endpoint = Endpoint(scheme: .http, host: "collector.invalid", port: 4318)
        #expect(await failure(kind.make(), to: endpoint) == .unresolved)
    }

    @Test(arguments: Kind.allCases)
    func `the receiver accepts and is silent`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, _ in connection.waitForEnd() }
        #expect(await failure(kind.make(), to: receiver.endpoint(), timeout: .milliseconds(200)) == .timeout)
    }

    @Test(arguments: Kind.allCases)
    func `the receiver drips, byte by byte, without an end`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, _ in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nX: ")
            while connection.write("x"), connection.pause(milliseconds: 10) {}
        }
        #expect(await failure(kind.make(), to: receiver.endpoint(), timeout: .milliseconds(300)) == .timeout)
    }

    @Test(arguments: Kind.allCases)
    func `the receiver does not read`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, _ in connection.waitForReset() }
        let body = [UInt8](repeating: 1, count: 30_000_000)
        #expect(
            await failure(kind.make(), to: receiver.endpoint(), body: body, timeout: .milliseconds(300)) == .timeout)
    }

    @Test(arguments: Kind.allCases)
    func `the receiver resets at once, after the request, or within the answer`(kind: Kind) async throws {
        for (reads, writes) in [(false, ""), (true, ""), (true, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")] {
            let receiver = try FaultyReceiver { connection, _ in
                if reads { _ = connection.readRequest() }
                connection.write(writes)
                connection.reset()
            }
            // The session has no code for each way to lose a connection.
            let expected: [TransportError.Kind?] = kind == .sockets ? [.closed] : [.closed, .other]
            #expect(expected.contains(await failure(kind.make(), to: receiver.endpoint())))
        }
    }

    @Test(arguments: Kind.allCases)
    func `the receiver closes without an answer`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, _ in _ = connection.readRequest() }
        #expect(await failure(kind.make(), to: receiver.endpoint()) == .closed)
    }

    @Test(arguments: Kind.allCases)
    func `an answer is read up to the limit, with and without a length`(kind: Kind) async throws {
        let body = String(repeating: "x", count: 3_000_000)
        for head in ["Content-Length: 3000000\r\n", "Connection: close\r\n"] {
            let receiver = try FaultyReceiver { connection, _ in
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\n\(head)\r\n\(body)")
            }
            #expect(await failure(kind.make(), to: receiver.endpoint()) == .responseTooLarge)
        }
    }

    @Test(arguments: Kind.allCases)
    func `something else than HTTP answers`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, _ in
            _ = connection.readRequest()
            connection.write("SSH-2.0-OpenSSH_9.2\r\n\u{1}\u{2}\u{3}")
            connection.waitForEnd()
        }
        #expect(await failure(kind.make(), to: receiver.endpoint()) == .notHTTP)
    }

    @Test(arguments: Kind.allCases)
    func `a cancelled task ends at once and leaves nothing behind`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, _ in connection.waitForEnd() }
        let transport = kind.make()
        for round in 0..<20 {
            let task = Task { await failure(transport, to: receiver.endpoint(), timeout: .seconds(600)) }
            if round.isMultiple(of: 2) { await receiver.connections(round / 2 + 1) }
            task.cancel()
            #expect(await task.value == .cancelled)
        }
    }

    @Test(arguments: Kind.allCases)
    func `many requests at a time each get their own answer`(kind: Kind) async throws {
        let receiver = try FaultyReceiver { connection, _ in
            while let body = connection.readRequest().split(separator: "\r\n\r\n").last, !body.isEmpty {
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
        }
        let transport = kind.make()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let body = Array("request \(number)".utf8)
                    let response = try await send(transport, to: receiver.endpoint(), body: body)
                    #expect(response.body == body)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func `TLS with a peer that does not speak it fails or times out`() async throws {
        let silent = try FaultyReceiver { connection, _ in connection.waitForEnd() }
        let endpoint = Endpoint(scheme: .https, host: "127.0.0.1", port: silent.port)
        #expect(await failure(StandardTransport(), to: endpoint, timeout: .milliseconds(200)) == .timeout)
        let plain = try FaultyReceiver { connection, _ in
            _ = connection.read()
            connection.write("HTTP/1.1 400 no\r\n\r\n")
        }
        let other = Endpoint(scheme: .https, host: "127.0.0.1", port: plain.port)
        #expect(await failure(StandardTransport(), to: other) == .tls)
    }
}
