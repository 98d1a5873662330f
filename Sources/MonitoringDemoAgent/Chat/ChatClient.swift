/// Something that answers chat requests: the scripted responder, or a provider behind an API.
protocol ChatClient: Sendable {
    /// The provider's name as OpenTelemetry's `gen_ai.provider.name` knows it.
    var provider: String { get }

    /// Asks and waits for the whole answer.
    ///
    /// - Throws: ``ChatError``, or `CancellationError` when the task is cancelled.
    func complete(_ request: ChatRequest) async throws -> ChatResponse

    /// Asks and gives the answer in pieces, the last of which is ``ChatChunk/finished(_:)``.
    ///
    /// Errors, also those before the first piece, are thrown by the iteration: the same as those of ``complete(_:)``.
    /// Dropping the stream cancels the request.
    func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatChunk, any Error>
}
