internal import MonitoringCore

extension ServerLoop {
    /// Reads on until a request is to be answered.
    ///
    /// - Parameters:
    ///   - connection: The connection.
    ///   - requests: How many requests may still have their turn.
    /// - Returns: Whether there is something to write.
    func readNext(_ connection: Connection, _ requests: inout Int) -> Bool {
        guard connection.isReading, connection.output.isEmpty,
            !connection.unread.isEmpty || connection.parser.isComplete
        else { return false }
        guard requests > 0 else {
            giveTurn(connection)
            return false
        }
        do throws(RequestFailure) {
            let before = connection.parser.body.count
            let progress = try connection.parser.consume(&connection.unread)
            try hold(connection, connection.parser.body.count - before)
            switch progress {
            case .needsMore: waitForMore(connection)
            case .headEnded:
                requests -= 1
                headEnded(connection)
            case .complete: handle(connection)
            }
            return progress != .needsMore
        } catch {
            requests -= 1
            refuse(connection, error)
            return true
        }
    }

    /// Counts bytes of a body against the limit for all.
    private func hold(_ connection: Connection, _ count: Int) throws(RequestFailure) {
        guard count > 0, let exchange = connection.exchange else { return }
        exchange.heldBytes += count
        heldBytes += count
        guard heldBytes <= max(0, limits.bodiesBytes) else {
            throw RequestFailure(503, "There are too many requests with bodies.")
        }
    }

    private func waitForMore(_ connection: Connection) {
        guard case .waiting = connection.phase, connection.parser.hasBegun else { return }
        connection.phase = .head
        // The first request's time began with the connection.
        if connection.requestCount > 0 { setDeadline(of: connection, after: limits.headTime) }
    }

    /// Decides whether a request is to be served before its body is read.
    private func headEnded(_ connection: Connection) {
        let head = connection.parser.head
        connection.phase = .body
        receiving.append(connection)
        setDeadline(of: connection, after: limits.bodyTime)
        do throws(RequestRefusal) {
            let endpoint = try admitted(head)
            begin(connection, head, route: endpoint.path).endpoint = endpoint
            // Whoever sent the body already needs no invitation.
            if head.expectsContinue, connection.unread.isEmpty {
                connection.output.append(Array("HTTP/1.1 100 Continue\r\n\r\n".utf8))
            }
        } catch {
            let exchange = begin(connection, head, route: error.route)
            if head.length != .known(0) { connection.keepsAlive = false }
            answer(connection, exchange, error.response)
        }
    }

    /// The endpoint of a request that may have it.
    private func admitted(_ head: RequestHead) throws(RequestRefusal) -> Endpoint {
        if let refusal = policy.refusal(of: head.host) { throw RequestRefusal(refusal) }
        guard let table = routes.table else { throw .starting }
        switch table.find(head.method, head.target.path) {
        case .nothing: throw .notFound
        case .otherMethods(let methods): throw .method(head.target.path, methods)
        case .endpoint(let endpoint):
            if let refusal = policy.refusal(of: head, to: endpoint.access) {
                throw RequestRefusal(refusal, route: endpoint.path)
            }
            return endpoint
        }
    }

    /// Begins to observe a request.
    func begin(_ connection: Connection, _ head: RequestHead, route: String?) -> Exchange {
        connection.requestCount += 1
        connection.keepsAlive =
            head.keepsAlive && stopTimes == nil && connection.requestCount < max(1, limits.requestsPerConnection)
        let operation = configuration.observer?.begin(
            .httpServer(
                method: head.method,
                route: route,
                path: head.target.rawPath,
                query: head.target.rawQuery,
                scheme: "http"
            ),
            continuing: Monitor.Headers(head.fields),
            trust: configuration.trust
        )
        if let operation, operation.isObserved {
            operation[.clientAddress] = connection.client
            operation[.userAgent] = head.values("user-agent").first
            operation[.protocolVersion] = "1.\(head.minorVersion)"
        }
        let exchange = Exchange(number: connection.requestCount, head, operation: operation)
        connection.exchange = exchange
        return exchange
    }

    /// Answers what is no request, or one that did not come as a whole; nothing is read after it.
    func refuse(_ connection: Connection, _ failure: RequestFailure) {
        let head = connection.parser.head
        let exchange: Exchange
        if let begun = connection.exchange {
            exchange = begun
        } else {
            // Without a method nothing is known of a request, and nobody is told of one.
            exchange =
                head.method.isEmpty
                ? Exchange(number: connection.requestCount + 1, head, operation: nil)
                : begin(connection, head, route: nil)
            connection.exchange = exchange
        }
        connection.keepsAlive = false
        connection.unread = []
        answer(connection, exchange, .sentence(failure.reason, status: failure.status))
    }
}

/// Why a whole head is not served, and what is answered.
struct RequestRefusal: Error {
    let response: EndpointResponse
    /// The path of the endpoint that was asked for; `nil` when there is none.
    var route: String?

    static let notFound = Self(response: .sentence("There is nothing here.", status: 404))
    static let starting = Self(
        response: .sentence("The host is starting.", status: 503, [("Retry-After", "1")])
    )

    static func method(_ path: String, _ methods: [String]) -> Self {
        Self(
            response: .sentence(
                "The method is not offered here.", status: 405, [("Allow", methods.joined(separator: ", "))]),
            route: path
        )
    }
}

extension RequestRefusal {
    init(_ refusal: AccessPolicy.Refusal, route: String? = nil) {
        let challenge = refusal.status == 401 ? [(name: "WWW-Authenticate", value: "Bearer")] : []
        response = .sentence(refusal.reason, status: refusal.status, challenge)
        self.route = route
    }
}
