import MonitoringCore
import MonitoringServer
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// More connections than there is room for.
@Suite(.serialized) struct CrowdTests {
    private static let slow = Endpoint.get("/slow", .open) { _ in
        try? await Task.sleep(for: .seconds(3600))
        return .text("slow")
    }

    @Test(arguments: [
        "", "GET /hello HTTP/1.1\r\nHost: 12",
        "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nhalf",
    ])
    func `whoever holds connections without a request does not lock out a probe`(sent: String) async throws {
        try await withServer([hello, echo], .with { $0.limits.connections = 4 }) { server, port in
            var holders: [TestClient] = []
            for count in 1...4 {
                let holder = try TestClient(port: port)
                if !sent.isEmpty { try await holder.send(sent) }
                holders.append(holder)
                #expect(await eventually { server.connectionCount == count })
            }
            let probe = try TestClient(port: port)
            #expect(try await probe.get("/hello").text == "hello")
            #expect(await holders[0].isClosed())
            #expect(server.connectionCount == 4)
            // The others were waiting for less long.
            try await holders[3].send(sent.isEmpty ? "GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" : "")
            if sent.isEmpty { #expect(try await holders[3].response().text == "hello") }
        }
    }

    @Test func `when every connection has a request under way, one more is 503`() async throws {
        try await withServer([hello, Self.slow], .with { $0.limits.connections = 2 }) { server, port in
            let busy = try (0..<2).map { _ in try TestClient(port: port) }
            for client in busy { try await client.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") }
            // Each is taken and handed to its handler before the next connection is looked at.
            #expect(await eventually { server.connectionCount == 2 })
            #expect(try await TestClient(port: port).response().status == 503)
            withExtendedLifetime(busy) {}
        }
    }

    @Test func `the bodies of all requests together are bounded`() async throws {
        try await withServer([echo], .with { $0.limits.bodiesBytes = 1000 }) { _, port in
            let (first, second) = (try TestClient(port: port), try TestClient(port: port))
            let head = "POST /echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 700\r\n"
            try await first.send(head + "Expect: 100-continue\r\n\r\n")
            #expect(try await first.response().status == 100)
            try await first.send(String(repeating: "a", count: 699))
            var refused = 0
            for _ in 0..<3 where refused == 0 {
                try await second.send(head + "\r\n" + String(repeating: "a", count: 700))
                refused = try await second.response().status == 503 ? 1 : 0
            }
            #expect(refused == 1)
            try await first.send("a")
            #expect(try await first.response().body.count == 700)
            #expect(try await TestClient(port: port).get("/none").status == 404)
            let third = try TestClient(port: port)
            try await third.send(head + "\r\n" + String(repeating: "a", count: 700))
            #expect(try await third.response().status == 200)
        }
    }

    @Test(.timeLimit(.minutes(10))) func `a probe is answered beside ten thousand connections`() async throws {
        await #expect(processExitsWith: .success) { try await CrowdTests.crowd(10_000, usesPoll: false) }
    }

    @Test(.timeLimit(.minutes(10))) func `a probe is answered beside a thousand connections without epoll`()
        async throws
    {
        await #expect(processExitsWith: .success) { try await CrowdTests.crowd(1_000, usesPoll: true) }
    }

    private static func crowd(_ wanted: Int, usesPoll: Bool) async throws {
        // Each connection takes a descriptor on both sides, which are both here.
        let room = (raiseDescriptors(to: 30_000) - 500) / 2
        let count = min(wanted, room)
        try #require(count >= 1_000)
        try await withServer(
            [hello, echo],
            .with {
                $0.limits.connections = 20_000
                // A crowd takes its time to gather where others use the machine.
                $0.limits.headTime = .seconds(600)
                $0.limits.idleTime = .seconds(600)
                $0.usesPoll = usesPoll
            }
        ) { server, port in
            let crowd = try await offPool { try (0..<count).map { _ in try TestClient(port: port) } }
            #expect(await eventually { server.connectionCount == count })
            let before = residentBytes()
            for client in crowd.prefix(count / 5) { #expect(try await client.get("/hello").status == 200) }
            // What was read is not kept: less than half of a buffer for each.
            let growth = residentBytes() - before
            #expect(count < 5_000 || growth < count / 5 * (8 << 10))
            let start = ContinuousClock.now
            let probe = try TestClient(port: port)
            for _ in 0..<20 { #expect(try await probe.get("/hello").text == "hello") }
            #expect(ContinuousClock.now - start < .seconds(5))
            let last = try #require(crowd.last)
            #expect(try await last.get("/hello").text == "hello")
            withExtendedLifetime(crowd) {}
        }
    }

    @Test func `a thousand connections leave no descriptor behind`() async {
        await #expect(processExitsWith: .success) {
            let beginning = descriptorCount()
            try await withServer([hello, CrowdTests.slow]) { server, port in
                // A few more belong to the threads that tasks run on.
                let before = descriptorCount() + 10
                for round in 0..<1_000 {
                    let client = try TestClient(port: port)
                    switch round % 4 {
                    case 0: #expect(try await client.get("/hello").status == 200)
                    case 1: try await client.send("GET /hello HT")
                    case 2: try await client.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                    default: try await client.send("nonsense\r\n\r\n")
                    }
                    withExtendedLifetime(client) {}
                }
                #expect(await eventually { server.connectionCount == 0 && descriptorCount() <= before })
            }
            #expect(await eventually { descriptorCount() <= beginning + 10 })
        }
    }

    @Test func `without descriptors it neither fails nor spins, and goes on when there are some`() async {
        await #expect(processExitsWith: .success) {
            try await withServer([hello, CrowdTests.slow]) { server, port in
                // The threads that tasks run on take descriptors of their own when they first wait.
                try await Task.sleep(for: .milliseconds(10))
                let busy = try TestClient(port: port)
                try await busy.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                #expect(await eventually { server.connectionCount == 1 })
                let waiting = try TestClient(port: port)
                #expect(await eventually { server.connectionCount == 2 })
                // The limit counts from 0: of the next two numbers one is the client's, none the server's.
                let next = dup(0)
                close(next)
                _ = raiseDescriptors(to: Int(next) + 1)
                let probe = try TestClient(port: port)
                // The connection that only waited gave up its descriptor.
                #expect(try await probe.get("/hello").text == "hello")
                #expect(await waiting.isClosed())
                try await probe.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                try await Task.sleep(for: .milliseconds(100))
                _ = raiseDescriptors(to: 1024)
                let crowded = try TestClient(port: port)
                #expect(await eventually { server.connectionCount == 3 })
                try await crowded.send("GET /slow HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                try await Task.sleep(for: .milliseconds(100))
                let top = dup(0)
                close(top)
                _ = raiseDescriptors(to: Int(top) + 1)
                let last = try TestClient(port: port)
                let before = processorSeconds()
                try await Task.sleep(for: .seconds(1))
                #expect(processorSeconds() - before < 0.3)
                _ = raiseDescriptors(to: 1024)
                #expect(try await last.get("/hello").text == "hello")
                withExtendedLifetime((busy, waiting, probe, crowded)) {}
            }
        }
    }
}

/// Sets how many descriptors this process may have.
///
/// - Returns: How many it may have now.
private func raiseDescriptors(to count: Int) -> Int {
    #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    #else
        let resource = RLIMIT_NOFILE
    #endif
    var limit = rlimit()
    _ = unsafe getrlimit(resource, &limit)
    var wanted = limit
    wanted.rlim_cur = rlim_t(count)
    wanted.rlim_max = max(limit.rlim_max, rlim_t(count))
    if unsafe setrlimit(resource, &wanted) == 0 { return count }
    wanted.rlim_cur = min(rlim_t(count), limit.rlim_max)
    wanted.rlim_max = limit.rlim_max
    _ = unsafe setrlimit(resource, &wanted)
    return Int(wanted.rlim_cur)
}

/// The memory of this process, where Linux tells; 0 elsewhere.
private func residentBytes() -> Int {
    guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
    defer { unsafe fclose(file) }
    var text = [CChar](repeating: 0, count: 256)
    guard unsafe fgets(&text, 255, file) != nil else { return 0 }
    let words = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self).split(
        separator: " ")
    return words.count > 1 ? (Int(words[1]) ?? 0) * sysconf(Int32(_SC_PAGESIZE)) : 0
}

private func processorSeconds() -> Double {
    Double(clock()) / Double(CLOCKS_PER_SEC)
}

/// How many descriptors this process has.
func descriptorCount() -> Int {
    (0..<4096).reduce(0) { $0 + (fcntl(Int32($1), F_GETFD) >= 0 ? 1 : 0) }
}
