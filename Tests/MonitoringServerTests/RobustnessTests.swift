import Dispatch
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

/// Each in a process of its own.
@Suite(.serialized) struct RobustnessTests {
    @Test func `a probe is answered while all threads of tasks are stuck`() async {
        await #expect(processExitsWith: .success) {
            let server = EndpointServer([hello])
            let port = try server.start().port
            let (stuck, release, answer) = (Box(0), DispatchSemaphore(value: 0), Box(""))
            let count = 64
            // From a thread that is no task's: it frees the others whatever comes.
            DispatchQueue(label: "outside").async {
                defer { for _ in 0..<count { release.signal() } }
                let end = SystemClock().monotonicNanoseconds + 2_000_000_000
                var last = -1
                // Until no further task gets a thread.
                while SystemClock().monotonicNanoseconds < end, stuck.value == 0 || stuck.value != last {
                    last = stuck.value
                    usleep(100_000)
                }
                guard let client = try? TestClient(port: port) else { return }
                answer.value = client.exchange("GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            }
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<count {
                    group.addTask {
                        stuck.update { $0 += 1 }
                        release.wait()
                    }
                }
            }
            #expect(answer.value.hasSuffix("\r\n\r\nhello"))
            await server.stop(within: .zero)
        }
    }

    @Test func `a reader that is gone raises no signal`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            let body = [UInt8](repeating: 65, count: 16 << 20)
            try await withServer([.probe("/large") { _ in EndpointResponse(body: .bytes(body)) }]) { server, port in
                for _ in 0..<20 {
                    let client = try TestClient(port: port, receiveBuffer: 4096)
                    try await client.send("GET /large HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
                    _ = try await client.read()
                }
                #expect(await eventually { server.connectionCount == 0 })
            }
        }
    }

    @Test func `a child that was forked does not serve, and its parent goes on`() async {
        await #expect(processExitsWith: .success) {
            let server = EndpointServer([hello])
            let port = try server.start().port
            #expect(try await TestClient(port: port).get("/hello").text == "hello")
            guard let symbol = unsafe dlsym(nil, "fork") else { return }
            let fork = unsafe unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
            let child = fork()
            if child == 0 {
                alarm(5)
                let isOff = server.address == nil
                await server.stop(within: .zero)
                _exit(isOff ? 0 : 1)
            }
            var status: Int32 = 0
            while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
            #expect(status == 0)
            #expect(try await TestClient(port: port).get("/hello").text == "hello")
            await server.stop(within: .seconds(5))
            #expect(throws: (any Error).self) { try TestClient(port: port) }
        }
    }

    @Test func `no descriptor of the server is inherited by a program that the host starts`() async throws {
        try await withServer([hello]) { server, port in
            let client = try TestClient(port: port)
            #expect(try await client.get("/hello").text == "hello")
            var inherited = 0
            for descriptor in Int32(3)..<4096 where Self.isSocketOfPort(descriptor, port) {
                if fcntl(descriptor, F_GETFD) & FD_CLOEXEC == 0 { inherited += 1 }
            }
            // The client's own is one that is.
            #expect(inherited == 0)
        }
    }

    /// Whether a descriptor is a socket whose own port it is: the server's side.
    private static func isSocketOfPort(_ descriptor: Int32, _ port: Int) -> Bool {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = unsafe withUnsafeMutableBytes(of: &address) { bytes in
            unsafe getsockname(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, &length)
        }
        return status == 0 && address.sin_family == sa_family_t(AF_INET)
            && Int(UInt16(bigEndian: address.sin_port)) == port
    }
}
