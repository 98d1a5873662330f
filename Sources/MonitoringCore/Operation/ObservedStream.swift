extension Monitor {
    /// A sequence whose reading is an operation: it ends at the sequence's end, at its error, at cancellation, or when it
    /// is dropped unread.
    ///
    /// Made by ``observeStream(_:_:each:)``. Like the sequence it wraps it is for one reader; the first iterator reports.
    public struct ObservedStream<Base: AsyncSequence & Sendable>: AsyncSequence, Sendable {
        /// What the sequence yields.
        public typealias Element = Base.Element

        private let base: Base
        private let each: (@Sendable (Base.Element, Operation) -> Void)?
        /// The operation, for whoever wants to tell more about it.
        public let operation: Operation

        init(_ base: Base, _ operation: Operation, each: (@Sendable (Base.Element, Operation) -> Void)?) {
            self.base = base
            self.operation = operation
            self.each = each
        }

        /// Starts reading.
        public func makeAsyncIterator() -> AsyncIterator {
            AsyncIterator(base.makeAsyncIterator(), operation, each)
        }

        /// Reads the sequence and reports to the operation.
        public struct AsyncIterator: AsyncIteratorProtocol {
            private var base: Base.AsyncIterator
            private let operation: Operation
            private let each: (@Sendable (Base.Element, Operation) -> Void)?

            init(
                _ base: Base.AsyncIterator,
                _ operation: Operation,
                _ each: (@Sendable (Base.Element, Operation) -> Void)?
            ) {
                self.base = base
                self.operation = operation
                self.each = each
            }

            /// The next piece; the first stamps the time to first token.
            public mutating func next() async throws(Base.Failure) -> Base.Element? {
                try await next(isolation: #isolation)
            }

            /// The next piece, in the caller's isolation.
            public mutating func next(
                isolation actor: isolated (any Actor)?
            ) async throws(Base.Failure) -> Base.Element? {
                do throws(Base.Failure) {
                    guard let element = try await base.next(isolation: actor) else {
                        end()
                        return nil
                    }
                    operation.received()
                    each?(element, operation)
                    return element
                } catch {
                    operation.end(throwing: error)
                    throw error
                }
            }

            private func end() {
                operation.end(throwing: Task.isCancelled ? CancellationError() : nil)
            }
        }
    }

    /// Observes the reading of a sequence, such as a streamed answer.
    ///
    /// The operation starts now. It ends when the reader reaches the end or an error, is cancelled (then as cancelled), or
    /// drops the stream (then as `abandoned`).
    ///
    /// - Parameters:
    ///   - work: What is about to be done; computed only where somebody listens.
    ///   - stream: The sequence.
    ///   - each: Called with every piece before the reader gets it, to note what it tells, such as token counts.
    /// - Returns: The sequence to read instead.
    public func observeStream<S: AsyncSequence & Sendable>(
        _ work: @autoclosure () -> Work,
        _ stream: S,
        each: (@Sendable (S.Element, Operation) -> Void)? = nil
    ) -> ObservedStream<S> {
        ObservedStream(stream, begin(work()), each: each)
    }
}

@available(*, unavailable)
extension Monitor.ObservedStream.AsyncIterator: Sendable {}
