#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A child process made by `fork`, which Swift hides because little is safe in it: no suspension, no new task.
enum ForkedChild {
    /// Runs a body in a child.
    ///
    /// - Returns: The number of the first check that failed there, counted from 1; 0 when all held, -1 when it did not end
    ///   by itself.
    static func run(_ body: (inout Checks) async -> Void) async -> Int32 {
        guard let symbol = unsafe dlsym(nil, "fork") else { return -1 }
        let fork = unsafe unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)
        let child = fork()
        if child == 0 {
            // A child that hangs on a lock of its parent is ended by the system.
            alarm(20)
            var checks = Checks()
            await body(&checks)
            _exit(checks.firstFailure)
        }
        var status: Int32 = 0
        while unsafe waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
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
