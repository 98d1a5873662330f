import MonitoringCore
import MonitoringExport
import Synchronization
import Testing

/// What the transport over sockets does beyond the other one.
@Suite(.timeLimit(.minutes(10))) struct SocketTransportTests {
    private func send(
        _ endpoint: Endpoint, with transport: SocketTransport = SocketTransport(), body: [UInt8] = [0x61],
        limit: Int = 1_000
    ) async throws(TransportError) -> OutgoingResponse {
        try await transport.send(
            OutgoingRequest(endpoint: endpoint, body: body), timeout: .seconds(30), responseLimit: limit)
    }

    /// Answers that end a process that leaves them to URLSession on Linux, and some more.
    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX: y\r\n\r\n", nil),
        ("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nno", TransportError.Kind.responseTooLarge),
        ("HTTP/1.1 401 no\r\nWWW-Authenticate: Bearer\r\nContent-Length: 0\r\n\r\n", nil),
        ("HTTP/1.1 200 OK\r\nX-Ä: ö\r\nContent-Length: 0\r\n\r\n", nil),
        ("HTTP/1.1 307 x\r\nLocation: //[::1\r\nContent-Length: 0\r\n\r\n", nil),
        ("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", nil),
        ("\u{0}\u{0}\u{12}\u{4}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{3}\u{0}\u{0}\u{0}d", .http2),
        ("\u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}", .notHTTP),
    ])
    func `an odd answer does no harm`(answer: String, kind: TransportError.Kind?) async throws {
        let receiver = try FaultyReceiver.answering(answer)
        do throws(TransportError) {
            _ = try await send(receiver.endpoint())
            #expect(kind == nil)
        } catch {
            #expect(error.kind == kind)
        }
    }

    @Test func `a body without an end is read up to the limit`() async throws {
        let receiver = try FaultyReceiver { connection, _ in
            _ = connection.readRequest()
            connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunk = "10000\r\n\(String(repeating: "x", count: 65_536))\r\n"
            while connection.write(chunk) {}
        }
        await #expect(throws: TransportError(.responseTooLarge, origin: receiver.endpoint().origin)) {
            try await send(receiver.endpoint(), limit: 1_000_000)
        }
    }

    @Test func `a refusal that comes before the body was read is heard`() async throws {
        let receiver = try FaultyReceiver { connection, _ in
            _ = connection.read(100)
            connection.write("HTTP/1.1 413 no\r\nContent-Length: 0\r\n\r\n")
            _ = connection.pause(milliseconds: 2_000)
        }
        let body = [UInt8](repeating: 1, count: 50_000_000)
        #expect(try await send(receiver.endpoint(), body: body).status == 413)
    }

    @Test func `a kept connection that the receiver has closed is replaced`() async throws {
        let receiver = try FaultyReceiver { connection, seen in
            seen(connection.readRequest())
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let transport = SocketTransport()
        for _ in 0..<5 { #expect(try await send(receiver.endpoint(), with: transport).status == 200) }
        #expect(receiver.connectionCount == 5)
    }

    @Test func `a kept connection that dies under the request is replaced once`() async throws {
        let receiver = try FaultyReceiver { connection, seen in
            for request in 1... {
                seen(connection.readRequest())
                if connection.number == 1 && request == 2 { return connection.reset() }
                guard connection.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"), request < 3 else { return }
            }
        }
        let transport = SocketTransport()
        #expect(try await send(receiver.endpoint(), with: transport).status == 200)
        #expect(try await send(receiver.endpoint(), with: transport).status == 200)
        #expect(receiver.connectionCount == 2)
        #expect(receiver.requests.count == 3)
    }

    @Test func `bytes that nobody asked for end a connection`() async throws {
        let receiver = try FaultyReceiver.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore")
        let transport = SocketTransport()
        for _ in 0..<3 { #expect(try await send(receiver.endpoint(), with: transport).status == 200) }
        #expect(receiver.connectionCount == 3)
    }

    @Test func `a proxy gets the whole URL and its credentials, loopback never does`() async throws {
        let proxy = try FaultyReceiver.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let variables = ["http_proxy": "http://user:pa%20ss@127.0.0.1:\(proxy.port)"]
        let transport = SocketTransport(proxies: ProxySettings { variables[$0] })
        let far = Endpoint(scheme: .http, host: "collector.invalid", port: 4318, path: "/v1/traces")
        #expect(try await send(far, with: transport).status == 200)
        let request = try #require(proxy.requests.first)
        #expect(
            request.hasPrefix(
                "POST http://collector.invalid:4318/v1/traces HTTP/1.1\r\nHost: collector.invalid:4318\r\n"))
        #expect(request.contains("\r\nProxy-Authorization: Basic dXNlcjpwYSBzcw==\r\n"))

        let near = try FaultyReceiver.answering("HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\n")
        #expect(try await send(near.endpoint(), with: transport).status == 202)
        #expect(proxy.requests.count == 1)
    }

    @Test func `localhost is found by name`() async throws {
        let receiver = try FaultyReceiver.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let endpoint = Endpoint(scheme: .http, host: "localhost", port: receiver.port)
        #expect(try await send(endpoint).status == 200)
    }

    @Test func `a shutdown keeps its deadline with a real receiver that is silent`() async throws {
        let receiver = try FaultyReceiver { connection, _ in connection.waitForEnd() }
        let queue = DeliveryQueueFake()
        var policy = try DeliveryPolicy.example()
        policy.endpoint = receiver.endpoint()
        policy.ageLimit = .seconds(1_000_000_000_000)
        let problems = Mutex(0)
        let exporter = Exporter(
            queue: queue, policy: policy, transport: StandardTransport(),
            report: { _ in problems.withLock { $0 += 1 } })
        queue.append(600)
        let loop = Task { await exporter.run() }
        await receiver.connections(1)
        let begin = SystemClock().monotonicNanoseconds
        #expect(await exporter.shutdown(within: .milliseconds(300)) == false)
        // Ten seconds would be the attempt's own time.
        #expect(SystemClock().monotonicNanoseconds - begin < 5_000_000_000)
        await loop.value
        #expect(queue.queued.count == 600)
        #expect(problems.withLock { $0 } == 0)
    }
}
