import Dispatch

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A thread that may block: neither Swift's own threads nor Dispatch's are many enough for that.
enum LoopbackThread {
    private final class Body: Sendable {
        let group: DispatchGroup
        let run: @Sendable () -> Void

        init(_ group: DispatchGroup, _ run: @escaping @Sendable () -> Void) {
            self.group = group
            self.run = run
        }
    }

    /// Starts a thread that is in the group until it ended and let go of all that its body held.
    static func start(in group: DispatchGroup, _ run: @escaping @Sendable () -> Void) throws(ReceiverError) {
        group.enter()
        let argument = unsafe Unmanaged.passRetained(Body(group, run))
        let code = unsafe create(argument.toOpaque())
        guard code == 0 else {
            unsafe argument.release()
            group.leave()
            throw ReceiverError(call: "pthread_create", code: code)
        }
    }

    /// Takes over one reference to a `Body`.
    private static func create(_ argument: UnsafeMutableRawPointer) -> Int32 {
        #if canImport(Darwin)
            var thread: pthread_t?
            let code = unsafe pthread_create(&thread, nil, { unsafe LoopbackThread.main($0) }, argument)
            if code == 0, let thread = unsafe thread { unsafe pthread_detach(thread) }
        #else
            var thread = pthread_t()
            let code = unsafe pthread_create(&thread, nil, { unsafe LoopbackThread.main($0) }, argument)
            if code == 0 { pthread_detach(thread) }
        #endif
        return code
    }

    private static func main(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let argument = unsafe argument else { return nil }
        unsafe finish(argument).leave()
        return nil
    }

    /// Runs and releases a `Body`: sockets that it holds are closed when this returns.
    @inline(never)
    private static func finish(_ argument: UnsafeMutableRawPointer) -> DispatchGroup {
        let body = unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
        body.run()
        return body.group
    }
}
