/// Something that sends HTTP requests: a session, or a script in tests.
protocol HTTPClient: Sendable {
    /// Sends a request and waits for the head of its answer.
    ///
    /// A redirect is an answer like any other. Cancelling the task, or dropping the answer's body, ends the request.
    ///
    /// - Throws: ``HTTPFailure``, or `CancellationError` when the task is cancelled; so does reading the body.
    func send(_ request: HTTPRequest) async throws -> HTTPAnswer
}
