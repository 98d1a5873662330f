internal import CMonitoringShims
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A thread that is not one of the tasks', and whose end can be waited for.
final class ServerThread: Sendable {
    private struct State {
        var isEnded = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    /// What a new thread gets: released when it has run.
    private final class Body: Sendable {
        let thread: ServerThread
        let run: @Sendable () -> Void

        init(_ thread: ServerThread, _ run: @escaping @Sendable () -> Void) {
            self.thread = thread
            self.run = run
        }
    }

    private static let stackBytes = 2 << 20
    private let state = Mutex(State())

    /// Starts a thread.
    ///
    /// - Parameter run: What it does.
    /// - Returns: The thread; `nil` when the system has none left.
    static func start(_ run: @escaping @Sendable () -> Void) -> ServerThread? {
        let thread = ServerThread()
        // Invariant: the reference is given up here only when no thread was made, else by the thread alone.
        let argument = unsafe Unmanaged.passRetained(Body(thread, run))
        guard unsafe create(argument.toOpaque()) else {
            unsafe argument.release()
            return nil
        }
        return thread
    }

    /// Suspends until the thread has done what it was started for.
    func waitForEnd() async {
        await withCheckedContinuation { continuation in
            let isEnded = state.withLock { state in
                if !state.isEnded { state.waiters.append(continuation) }
                return state.isEnded
            }
            if isEnded { continuation.resume() }
        }
    }

    private static func create(_ argument: UnsafeMutableRawPointer) -> Bool {
        var attributes = pthread_attr_t()
        guard unsafe pthread_attr_init(&attributes) == 0 else { return false }
        defer { unsafe pthread_attr_destroy(&attributes) }
        unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        unsafe pthread_attr_setstacksize(&attributes, stackBytes)
        #if canImport(Darwin)
            var thread: pthread_t?
            return unsafe pthread_create(&thread, &attributes, { unsafe ServerThread.main($0) }, argument) == 0
        #else
            var thread = pthread_t()
            return unsafe pthread_create(&thread, &attributes, { unsafe ServerThread.main($0) }, argument) == 0
        #endif
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument = unsafe argument else { return nil }
        unsafe monitoring_thread_prepare("monitoring-http")
        unsafe finish(argument).end()
        return nil
    }

    /// Runs and releases a body, so that all it held is gone before the end is told.
    @inline(never)
    private static func finish(_ argument: UnsafeMutableRawPointer) -> ServerThread {
        let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        body.run()
        return body.thread
    }

    private func end() {
        let waiters = state.withLock { state in
            state.isEnded = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
