internal import CMonitoringShims
public import MonitoringCore
internal import Synchronization

/// A small HTTP/1.1 server for endpoints, on a thread of its own.
///
/// ```swift
/// let server = EndpointServer([
///     .probe("/ready") { _ in .text("ready") },
///     .post("/answers", .open) { request in await answer(request) },
/// ])
/// let address = try server.start()
/// ```
///
/// Synchronous handlers are called on the server's thread, one at a time, so that they answer while every other thread
/// of the host is stuck; keep them short. Asynchronous ones run in tasks, any number at once; a task is cancelled when
/// its client goes or its time is over. A client that closes its sending side counts as gone unless the answer is ready.
///
/// It matches methods and whole paths, and nothing else: it has no parameters in paths, no middleware, no TLS. Everything
/// that comes from outside is bounded by ``Limits``. It answers 400, 408, 411, 413, 414, 417, 431, 501 and 505 as HTTP
/// means them, 404 and 405 for what is not offered, 401 and 403 for what is not to be had (see ``Endpoint/Access``), and
/// 503 when there is no room or a handler takes too long.
///
/// All methods may be called from any thread. A server that is let go stops at once. In a forked child it does not serve.
public final class EndpointServer: Sendable {
    /// Where a server listens.
    public struct Address: Sendable, Hashable {
        /// The address as text, without brackets.
        public let host: String
        /// The port.
        public let port: Int
        /// Whether it can be reached from this machine alone.
        public let isLoopback: Bool

        /// The URL of the root.
        public var url: String {
            let isIPv6 = host.utf8.contains(UInt8(ascii: ":"))
            return isIPv6 ? "http://[\(host)]:\(port)/" : "http://\(host):\(port)/"
        }
    }

    /// What there is while it listens.
    private final class Running: Sendable {
        let socket: ListeningSocket
        let mailbox: Mailbox
        let thread: ServerThread
        let forkGeneration = monitoring_fork_generation()

        init(_ socket: ListeningSocket, _ mailbox: Mailbox, _ thread: ServerThread) {
            self.socket = socket
            self.mailbox = mailbox
            self.thread = thread
        }

        var address: Address {
            Address(host: socket.address.host, port: socket.address.port, isLoopback: socket.address.isLoopback)
        }
        var isInOwnProcess: Bool { monitoring_fork_generation() == forkGeneration }
    }

    private enum State {
        case idle
        case running(Running)
        case stopping(Running)
    }

    private let routes: RouteSource
    private let configuration: Configuration
    private let gauge = ConnectionGauge()
    private let state = Mutex(State.idle)

    /// Makes a server; it does not listen yet.
    ///
    /// - Parameters:
    ///   - endpoints: What it serves. Of two for the same method and path the first counts.
    ///   - configuration: How.
    public convenience init(_ endpoints: [Endpoint], configuration: Configuration = Configuration()) {
        self.init(.fixed(RouteTable(endpoints)), configuration)
    }

    init(_ routes: RouteSource, _ configuration: Configuration) {
        self.routes = routes
        self.configuration = configuration
    }

    deinit {
        if case .running(let running) = state.withLock(\.self), running.isInOwnProcess {
            running.socket.silence()
            running.mailbox.post(.stop(StopTimes(cancelsAt: 0, closesAt: 0)))
        }
    }

    /// Listens, and serves from a thread of its own.
    ///
    /// Looking up a host that is a name may block. When it listens already, nothing happens. A server that was stopped
    /// can be started again.
    ///
    /// - Returns: Where it listens.
    /// - Throws: Why it cannot.
    @discardableResult
    public func start() throws(ServerError) -> Address {
        monitoring_process_prepare()
        return try state.withLock { state throws(ServerError) in
            switch state {
            case .running(let running) where running.isInOwnProcess: return running.address
            case .stopping(let running) where running.isInOwnProcess: throw .stopping
            case .idle, .running, .stopping: break
            }
            let running = try listen()
            state = .running(running)
            return running.address
        }
    }

    /// Stops listening, lets answers that are under way end, and closes what is left.
    ///
    /// Handlers and streams that still run are cancelled after half of the time. Returns in time whatever they do. Called
    /// again, or from several tasks, it waits for the same end.
    ///
    /// - Parameter limit: How long that may take.
    public func stop(within limit: Duration = .seconds(5)) async {
        let found = state.withLock { state -> Running? in
            switch state {
            case .idle: return nil
            case .running(let running), .stopping(let running):
                state = running.isInOwnProcess ? .stopping(running) : .idle
                return running.isInOwnProcess ? running : nil
            }
        }
        guard let running = found else { return }
        let clock = configuration.clock
        let now = clock.monotonicNanoseconds
        let time = limit.nanoseconds
        running.mailbox.post(.stop(StopTimes(cancelsAt: now &+ time / 2, closesAt: now &+ time)))
        running.socket.silence()
        // Also in a task that is cancelled, only the limit ends the wait.
        await Task.detached {
            _ = await Deadline.race(limit, clock) { await running.thread.waitForEnd() }
        }.value
        state.withLock { state in
            if case .stopping(let stopped) = state, stopped === running { state = .idle }
        }
    }

    /// Where it listens; `nil` while it does not.
    public var address: Address? {
        state.withLock { state in
            if case .running(let running) = state, running.isInOwnProcess { running.address } else { nil }
        }
    }

    /// How many connections are open.
    public var connectionCount: Int { gauge.value }

    private func listen() throws(ServerError) -> Running {
        let socket = try ListeningSocket.open(host: configuration.host, port: configuration.port)
        guard let bell = Bell() else { throw .noResources(0) }
        let mailbox = Mailbox(bell)
        let policy = AccessPolicy(
            isLoopback: socket.address.isLoopback,
            token: configuration.token,
            allowedHosts: configuration.allowedHosts
        )
        let parts = ServerLoop.Parts(
            socket: socket,
            bell: bell,
            mailbox: mailbox,
            routes: routes,
            policy: policy,
            configuration: configuration,
            gauge: gauge
        )
        guard let thread = ServerThread.start({ ServerLoop(parts).run() }) else { throw .noResources(0) }
        return Running(socket, mailbox, thread)
    }
}
