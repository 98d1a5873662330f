internal import MonitoringCore

extension ServerLoop {
    /// Hands a whole request to its handler.
    func handle(_ connection: Connection) {
        guard let exchange = connection.exchange, let endpoint = exchange.endpoint else {
            return drop(connection)
        }
        let request = makeRequest(connection)
        exchange.operation?[.requestBodySize] = request.body.count
        connection.parser = RequestParser(limits: limits)
        connection.line?.remove(connection)
        connection.phase = .handling
        connection.deadline = .max
        switch endpoint.handler {
        case .synchronous(let handler):
            let response = observed(exchange.operation) { handler(request) }
            now = clock.monotonicNanoseconds
            answer(connection, exchange, response)
        case .asynchronous(let handler):
            setDeadline(of: connection, after: limits.handlerTime)
            start(connection, exchange) { await handler(request) }
        }
    }

    private func makeRequest(_ connection: Connection) -> EndpointRequest {
        let head = connection.parser.head
        return EndpointRequest(
            method: head.method,
            path: head.target.path,
            query: (try? head.target.query()) ?? [],
            headers: Monitor.Headers(head.fields),
            body: connection.parser.body,
            clientAddress: connection.client
        )
    }

    func observed<R>(_ operation: Monitor.Operation?, _ body: () -> R) -> R {
        if let operation { operation.run(body) } else { Monitor.suppressedSynchronously(body) }
    }

    /// Has a task make the answer, and its body if that is streamed.
    private func start(
        _ connection: Connection,
        _ exchange: Exchange,
        _ handler: @escaping @Sendable () async -> EndpointResponse
    ) {
        let (id, number, mailbox, isHead) = (connection.id, exchange.number, mailbox, exchange.isHead)
        let channel = makeChannel(connection, exchange)
        exchange.task = Self.task(exchange.operation) {
            let response = await handler()
            mailbox.post(.answered(id, exchange: number, response))
            guard case .stream(let produce) = response.body, Self.hasBody(response.status, isHead: isHead) else {
                return
            }
            await Self.stream(produce, into: channel)
        }
    }

    private func makeChannel(_ connection: Connection, _ exchange: Exchange) -> BodyChannel {
        let (id, number, mailbox) = (connection.id, exchange.number, mailbox)
        let channel = BodyChannel { mailbox.post(.streamed(id, exchange: number)) }
        exchange.channel = channel
        return channel
    }

    private static func task(
        _ operation: Monitor.Operation?,
        _ body: @escaping @Sendable () async -> Void
    ) -> Task<Void, Never> {
        Task.detached {
            if let operation { await operation.run(body) } else { await Monitor.suppressed(body) }
        }
    }

    private static func stream(
        _ produce: @Sendable (any EndpointBodyWriter) async throws -> Void,
        into channel: BodyChannel
    ) async {
        guard !channel.isReaderGone else { return }
        do {
            try await produce(channel)
            channel.finish()
        } catch {
            channel.finish(throwing: error)
        }
    }

    /// Begins to write an answer.
    func answer(_ connection: Connection, _ exchange: Exchange, _ given: EndpointResponse) {
        var response = (200...599).contains(given.status) ? given : .sentence("The answer is none.", status: 500)
        if configuration.guardsAnswers { response = response.guarded }
        connection.line?.remove(connection)
        connection.phase = .answering
        let hasBody = Self.hasBody(response.status, isHead: exchange.isHead)
        exchange.framing = framing(of: response, exchange)
        if exchange.framing == .untilClose { connection.keepsAlive = false }
        exchange.operation?[.responseStatus] = response.status
        let requestID = exchange.operation?.requestID ?? ""
        if !requestID.isEmpty, !response.headers.contains(where: { HeaderText.isSameName($0.name, "x-request-id") }) {
            response.headers.append(("X-Request-ID", requestID))
        }
        let head = ResponseHead(
            status: response.status,
            headers: response.headers,
            framing: exchange.framing,
            connection: connection.keepsAlive ? exchange.minorVersion == 0 ? "keep-alive" : nil : "close",
            date: date.text(unixSeconds: clock.unixNanoseconds / 1_000_000_000)
        )
        connection.output.append(head.bytes)
        setDeadline(of: connection, after: limits.writeTime)
        if hasBody { open(response.body, connection, exchange) } else { closeChannel(exchange) }
    }

    private func open(_ body: EndpointResponse.Body, _ connection: Connection, _ exchange: Exchange) {
        switch body {
        case .bytes(let bytes):
            exchange.bodyBytes = bytes.count
            closeChannel(exchange)
            connection.output.append(bytes)
        case .pieces(let next):
            closeChannel(exchange)
            exchange.source = .pieces(next)
        case .stream(let produce):
            if let channel = exchange.channel {
                exchange.source = .channel(channel)
            } else {
                // A synchronous handler: what it streams needs a task of its own.
                let channel = makeChannel(connection, exchange)
                exchange.source = .channel(channel)
                exchange.task = Self.task(exchange.operation) { await Self.stream(produce, into: channel) }
            }
        }
    }

    /// Nothing is read of what a task may still stream.
    private func closeChannel(_ exchange: Exchange) {
        exchange.channel?.close()
        exchange.channel = nil
    }

    private func framing(of response: EndpointResponse, _ exchange: Exchange) -> ResponseHead.Framing {
        guard Self.hasBody(response.status, isHead: false) else { return .none }
        switch response.body {
        case .bytes(let bytes): return .length(bytes.count)
        case .pieces, .stream: return exchange.minorVersion > 0 ? .chunked : .untilClose
        }
    }

    private static func hasBody(_ status: Int, isHead: Bool) -> Bool {
        !isHead && status != 204 && status != 304
    }
}
