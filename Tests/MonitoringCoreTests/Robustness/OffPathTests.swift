#if os(Linux)
    import MonitoringCore
    import MonitoringTesting
    import Testing

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// That nothing is allocated is shown by doing it where no memory is left, in a process of its own: an allocation there
    /// ends it.
    @Suite(.enabled(if: !Memory.isWatched, "a sanitizer needs memory of its own"))
    struct OffPathTests {
        @Test func `where nobody listens nothing is allocated`() async {
            await #expect(processExitsWith: .exitCode(7)) {
                let monitor = Monitor.off
                _ = await OffPath.run(monitor, rounds: 10)
                Memory.takeAll()
                let observed = await OffPath.run(monitor, rounds: 10_000)
                _exit(observed == 0 ? 7 : 8)
            }
        }

        @Test func `after the shutdown nothing is allocated`() async throws {
            await #expect(processExitsWith: .exitCode(7)) {
                let monitor = try await Monitor.start(.holding(InMemoryPlugin()), environment: [:])
                await monitor.shutdown()
                _ = await OffPath.run(monitor, rounds: 10)
                Memory.takeAll()
                let observed = await OffPath.run(monitor, rounds: 10_000)
                _exit(observed == 0 ? 7 : 8)
            }
        }

        @Test func `an operation that is observed would be noticed`() async {
            await #expect(processExitsWith: .failure) {
                let monitor = try await Monitor.start(.holding(InMemoryPlugin()), environment: [:])
                _ = await OffPath.run(monitor, rounds: 10)
                Memory.takeAll()
                _ = await OffPath.run(monitor, rounds: 100)
                _exit(0)
            }
        }
    }

    private enum OffPath {
        /// All that a host does in one operation with two attributes; returns how many were observed.
        @inline(never)
        static func run(_ monitor: Monitor, rounds: Int) async -> Int {
            var observed = 0
            for round in 0..<rounds {
                await monitor.observe(.chat(provider: "anthropic", model: "claude-sonnet-4")) { operation in
                    await Self.nothing()
                    operation[.inputTokens] = round
                    operation[.outputTokens] = round
                    if operation.isObserved { observed += 1 }
                }
                monitor.observe(.tool(name: "calculator")) { operation in
                    operation.set(.toolDescription, String(repeating: "x", count: round))
                    operation.detail("detail", String(repeating: "x", count: round))
                    operation.event("event", ["round": round])
                    operation.content("user", String(repeating: "x", count: round))
                    operation.received()
                    if operation.isObserved { observed += 1 }
                }
                monitor.breadcrumb(String(repeating: "x", count: round))
                monitor.begin(.external(service: "s")).end()
            }
            return observed
        }

        static func nothing() async {}
    }

    private enum Memory {
        /// Whether the process runs under a sanitizer.
        static var isWatched: Bool { unsafe dlsym(nil, "__asan_init") != nil || dlsym(nil, "__tsan_init") != nil }

        /// Takes all memory that this process has and will get.
        static func takeAll() {
            var nothing = rlimit(rlim_cur: 0, rlim_max: 0)
            #if canImport(Glibc)
                _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &nothing)
            #else
                _ = unsafe setrlimit(RLIMIT_AS, &nothing)
            #endif
            var size = 1 << 20
            while size >= 16 {
                while unsafe malloc(size) != nil {}
                size -= size > 2048 ? size / 2 : 16
            }
        }
    }
#endif
