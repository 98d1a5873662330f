import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Accepts connections on a thread of its own and serves each on another.
final class LoopbackServer: Sendable {
    /// More connections at a time are closed as soon as they come.
    static let connectionLimit = 64

    let port: UInt16
    private let signal: StopSignal
    private let threads = DispatchGroup()

    /// Starts to accept.
    ///
    /// - Parameters:
    ///   - port: The port; 0 for a free one.
    ///   - readsSlowly: Whether the kernel takes little in advance.
    ///   - serve: Serves one connection, on a thread of its own; it is closed afterwards. Must not keep the server alive.
    /// - Throws: When the system has no socket, port or thread left.
    init(
        port: UInt16 = 0,
        readsSlowly: Bool = false,
        serve: @escaping @Sendable (borrowing LoopbackConnection) -> Void
    ) throws(ReceiverError) {
        let socket = try LoopbackSocket(port: port)
        if readsSlowly { socket.shrinkReceiveBuffer() }
        try socket.listen(backlog: 128)
        LoopbackSocket.doNotBlock(socket.descriptor)
        self.port = socket.port
        signal = try StopSignal()
        let acceptor = Acceptor(socket, signal, threads, serve)
        try LoopbackThread.start(in: threads) { acceptor.run() }
    }

    deinit {
        stop()
    }

    /// Closes the port and all connections, and waits until no thread is left; later calls do nothing.
    func stop() {
        signal.raise()
        threads.wait()
    }
}

/// The loop that accepts; it owns the listening socket.
private final class Acceptor: Sendable {
    private let socket: LoopbackSocket
    private let signal: StopSignal
    private let threads: DispatchGroup
    private let serve: @Sendable (borrowing LoopbackConnection) -> Void
    private let open = Atomic(0)

    init(
        _ socket: consuming LoopbackSocket,
        _ signal: StopSignal,
        _ threads: DispatchGroup,
        _ serve: @escaping @Sendable (borrowing LoopbackConnection) -> Void
    ) {
        self.socket = socket
        self.signal = signal
        self.threads = threads
        self.serve = serve
    }

    func run() {
        while waitForConnection() {
            let descriptor = accept(socket.descriptor, nil, nil)
            guard descriptor >= 0 else {
                // The peer is gone already, or there are no descriptors left: not to be tried in a tight loop.
                signal.wait(milliseconds: 10)
                continue
            }
            guard open.wrappingAdd(1, ordering: .relaxed).oldValue < LoopbackServer.connectionLimit else {
                close(descriptor)
                open.wrappingSubtract(1, ordering: .relaxed)
                continue
            }
            do throws(ReceiverError) {
                try LoopbackThread.start(in: threads) { [self] in
                    serve(LoopbackConnection(descriptor, stop: signal))
                    open.wrappingSubtract(1, ordering: .relaxed)
                }
            } catch {
                close(descriptor)
                open.wrappingSubtract(1, ordering: .relaxed)
            }
        }
    }

    private func waitForConnection() -> Bool {
        var requests = [
            pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signal.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while true {
            let count = unsafe poll(&requests, 2, -1)
            if count < 0, errno == EINTR { continue }
            return count > 0 && requests[1].revents == 0
        }
    }
}
