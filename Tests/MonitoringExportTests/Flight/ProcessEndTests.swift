#if canImport(Glibc)
    import CMonitoringShims
    import Glibc
    import Testing

    extension ProcessWideTests {
        /// Children that end in several ways, and the byte that they leave in shared memory.
        @Suite struct ProcessEndTests {
            private struct NoMemory: Error {}

            private static func ignore() { signal(SIGTERM, SIG_IGN) }
            private static func handle() { signal(SIGTERM) { _ in _exit(7) } }

            /// Runs `body` in a child; returns what the byte holds afterwards, and the child's status.
            private func end(
                signals: Bool = true, before: () -> Void = {}, _ body: () -> Void
            ) throws -> (mark: UInt8, status: Int32) {
                guard let page = unsafe mmap(nil, 4_096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
                else {
                    throw NoMemory()
                }
                defer { _ = unsafe munmap(page, 4_096) }
                let mark = unsafe page.assumingMemoryBound(to: UInt8.self)
                let child = fork()
                if child == 0 {
                    // The test's thread may block signals, and so does its copy.
                    var all = sigset_t()
                    _ = unsafe sigfillset(&all)
                    _ = unsafe pthread_sigmask(SIG_UNBLOCK, &all, nil)
                    for number in [SIGTERM, SIGINT, SIGHUP] { signal(number, SIG_DFL) }
                    before()
                    _ = unsafe monitoring_ends_note(mark, signals ? 1 : 0)
                    body()
                    _exit(99)
                }
                var status: Int32 = 0
                try #require(unsafe waitpid(child, &status, 0) == child)
                return unsafe (mark.pointee, status)
            }

            @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
            func `a signal that nobody handles is noted, and ends the process all the same`(number: Int32) throws {
                let end = try end { raise(number) }
                #expect(end.mark == UInt8(number))
                #expect(end.status & 0x7f == number)
            }

            @Test(arguments: [SIGKILL, SIGSEGV, SIGABRT]) func `a crash leaves no mark`(number: Int32) throws {
                let end = try end {
                    signal(number, SIG_DFL)
                    kill(getpid(), number)
                }
                #expect(end.mark == 0 && end.status & 0x7f == number)
            }

            @Test func `a signal that the host ignores or handles is left alone`() throws {
                let ignored = try end(before: Self.ignore) { raise(SIGTERM) }
                #expect(ignored.mark == 0 && ignored.status == 99 << 8)
                let handled = try end(before: Self.handle) { raise(SIGTERM) }
                #expect(handled.mark == 0 && handled.status == 7 << 8)
            }

            @Test func `a host that handles the signal later is heard`() throws {
                let end = try end {
                    signal(SIGTERM) { _ in _exit(7) }
                    raise(SIGTERM)
                }
                #expect(end.mark == 0 && end.status == 7 << 8)
            }

            @Test func `no handler is installed where that is not wanted`() throws {
                let end = try end(signals: false) { raise(SIGTERM) }
                #expect(end.mark == 0 && end.status & 0x7f == SIGTERM)
            }

            @Test func `a child of the process writes no mark of its parent's`() throws {
                let end = try end {
                    let grandchild = fork()
                    if grandchild == 0 {
                        raise(SIGTERM)
                        _exit(0)
                    }
                    var status: Int32 = 0
                    _ = unsafe waitpid(grandchild, &status, 0)
                    _exit(status & 0x7f == SIGTERM ? 5 : 6)
                }
                #expect(end.mark == 0 && end.status == 5 << 8)
            }

            @Test func `who handles a signal is told from who does not`() throws {
                let own = try end { _exit(monitoring_signal_is_unhandled(SIGTERM)) }
                #expect(own.status == 1 << 8)
                let ignored = try end(before: Self.ignore) {
                    _exit(monitoring_signal_is_unhandled(SIGTERM))
                }
                #expect(ignored.status == 0)
            }
        }
    }
#endif
