#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A child process made by `fork`, which Swift hides because little is safe in it: no suspension, no new task.
enum ForkedChild {
    /// How often a child is made anew that hung on a lock of the language's own runtime, which another thread of the
    /// parent held at that instant and which nobody can release in the child.
    private static let attempts = 5

    /// Runs a body in a child.
    ///
    /// - Parameter body: What the child does; a child that hangs is ended and the body run in another.
    /// - Returns: The number of the first check that failed there, counted from 1; 0 when all held, -1 when no child ended
    ///   by itself.
    static func run(_ body: (inout Checks) async -> Void) async -> Int32 {
        guard let symbol = unsafe dlsym(nil, "fork") else { return -1 }
        let fork = unsafe unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
        for _ in 0..<attempts {
            let child = fork()
            if child == 0 {
                endLater()
                var checks = Checks()
                await body(&checks)
                _exit(checks.firstFailure)
            }
            var status: Int32 = 0
            while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
            if status & 0x7F == 0 { return status >> 8 & 0xFF }
        }
        return -1
    }

    /// Has the system end this process.
    ///
    /// The thread that forked was a worker, with its signals blocked.
    private static func endLater() {
        var alarms = sigset_t()
        unsafe sigemptyset(&alarms)
        unsafe sigaddset(&alarms, SIGALRM)
        unsafe pthread_sigmask(SIG_UNBLOCK, &alarms, nil)
        alarm(5)
    }

    /// Counts checks, since nothing that happens in the child is seen by the test.
    struct Checks {
        private var count: Int32 = 0
        private(set) var firstFailure: Int32 = 0

        mutating func check(_ holds: Bool) {
            count += 1
            if !holds, firstFailure == 0 { firstFailure = count }
        }
    }
}
