internal import MonitoringCore
internal import Synchronization

/// What the server's thread does: it waits for sockets, deadlines and letters, and does what they ask for.
///
/// Made and used on that thread alone. Nothing here blocks but the wait, and the synchronous handlers that it calls.
final class ServerLoop {
    /// What a loop is made of.
    struct Parts: Sendable {
        let socket: ListeningSocket
        let bell: Bell
        let mailbox: Mailbox
        let routes: RouteSource
        let policy: AccessPolicy
        let configuration: EndpointServer.Configuration
        let gauge: ConnectionGauge
    }

    private static let bellToken = UInt64.max
    static let listenerToken = UInt64.max - 1
    static let receiveBytes = 16 << 10
    /// Scans for deadlines are at least so far apart by the machine's clock, in nanoseconds.
    private static let scanInterval: UInt64 = 50_000_000

    let mailbox: Mailbox
    let routes: RouteSource
    let policy: AccessPolicy
    let configuration: EndpointServer.Configuration
    let limits: EndpointServer.Limits
    let clock: any MonitoringClock
    let poller: any Poller
    let gauge: ConnectionGauge
    private let bell: Bell
    private let alarm: Alarm?

    /// `nil` when it takes no more connections.
    var socket: ListeningSocket?
    /// A monotonic time until which no connection is accepted, the system having no descriptors; `nil` when it is.
    var acceptsAgainAt: UInt64?
    var connections = ConnectionTable()
    /// Those without a request, and those whose request has not wholly come.
    let waiting = WaitingLine()
    let receiving = WaitingLine()
    var ready: [ConnectionID] = []
    var buffer = [UInt8](repeating: 0, count: ServerLoop.receiveBytes)
    var now: UInt64
    var nextDeadline = UInt64.max
    var date = HTTPDate()
    /// Bytes of all requests' bodies.
    var heldBytes = 0
    var stopTimes: StopTimes?
    var hasCancelled = false

    /// Makes a loop.
    init(_ parts: Parts) {
        poller = Self.makePoller(parts)
        mailbox = parts.mailbox
        routes = parts.routes
        policy = parts.policy
        configuration = parts.configuration
        limits = parts.configuration.limits
        clock = parts.configuration.clock
        gauge = parts.gauge
        bell = parts.bell
        socket = parts.socket
        alarm = clock is SystemClock ? nil : Alarm(clock, parts.mailbox)
        now = clock.monotonicNanoseconds
    }

    /// A poller that waits for the bell and the socket.
    private static func makePoller(_ parts: Parts) -> any Poller {
        func watches(_ poller: some Poller) -> Bool {
            poller.watch(parts.bell.descriptor, token: bellToken, for: .readable, isKnown: false)
                && poller.watch(parts.socket.descriptor, token: listenerToken, for: .readable, isKnown: false)
        }
        if !parts.configuration.usesPoll, let epoll = EpollPoller(), watches(epoll) { return epoll }
        // Needs nothing of the system that could be used up.
        let poll = PollPoller()
        _ = watches(poll)
        return poll
    }

    /// Runs until the server is told to stop and has.
    func run() {
        while !isFinished {
            poller.wait(milliseconds: patience) { token, readiness in handle(token, readiness) }
            now = clock.monotonicNanoseconds
            for letter in mailbox.collect() { handle(letter) }
            takeTurns()
            if now >= nextDeadline { meetDeadlines() }
        }
        closeEverything()
    }

    private func handle(_ token: UInt64, _ readiness: Readiness) {
        now = clock.monotonicNanoseconds
        switch token {
        case Self.bellToken: bell.quiet()
        case Self.listenerToken: acceptConnections()
        default:
            guard let connection = connections[ConnectionID(token: token)] else { return }
            serve(connection, readiness)
        }
    }

    private func handle(_ letter: Mailbox.Letter) {
        switch letter {
        case .answered(let id, let number, let response):
            guard let connection = connections[id], let exchange = connection.exchange, exchange.number == number,
                case .handling = connection.phase
            else { return }
            answer(connection, exchange, response)
            advance(connection)
        case .streamed(let id, let number):
            guard let connection = connections[id], connection.exchange?.number == number else { return }
            advance(connection)
        case .stop(let times): beginStop(times)
        case .alarm: alarm?.rang()
        }
    }

    /// Gives those their turn who had more to do than fits into one.
    private func takeTurns() {
        let turns = ready
        ready = []
        for id in turns {
            guard let connection = connections[id] else { continue }
            connection.isReady = false
            advance(connection)
        }
    }

    /// How long to wait, in milliseconds; -1 for ever.
    private var patience: Int32 {
        guard ready.isEmpty else { return 0 }
        if let alarm {
            alarm.set(nextDeadline)
            return -1
        }
        guard nextDeadline < .max else { return -1 }
        let now = clock.monotonicNanoseconds
        return now >= nextDeadline ? 0 : Int32(clamping: (nextDeadline - now + 999_999) / 1_000_000)
    }

    /// Does what is due, and finds out what is due next.
    private func meetDeadlines() {
        nextDeadline = .max
        var next = UInt64.max
        for connection in connections.all {
            if connection.deadline <= now { expire(connection) }
            next = min(next, connection.deadline)
        }
        if let time = acceptsAgainAt {
            if time <= now { acceptAgain() } else { next = min(next, time) }
        }
        if let times = stopTimes { next = min(next, continueStop(times)) }
        // By the machine's clock many deadlines that lie close together are met at once.
        if alarm == nil, next < .max { next = max(next, now + Self.scanInterval) }
        nextDeadline = min(nextDeadline, next)
    }
}

/// How many connections there are, for whoever wants to know.
final class ConnectionGauge: Sendable {
    private let count = Atomic(0)

    var value: Int { count.load(ordering: .relaxed) }

    func set(_ value: Int) { count.store(value, ordering: .relaxed) }
}
