internal import MonitoringCore
internal import Synchronization

extension Exporter {
    /// What became of one batch.
    enum Step {
        /// Its records are off the queue.
        case settled
        /// Its records are back; another batch can be taken at once.
        case again
        /// Its records are back; another attempt has to wait.
        case failed(isAnswered: Bool)
        /// Its records are back; the attempt was cancelled.
        case givenUp
    }

    private static let tooLarge = "too-large"
    private static let tooOld = "too-old"

    /// Takes the oldest records that may be sent together.
    ///
    /// Those in front that are too old are dropped on the way.
    func nextBatch() -> (any SpooledBatch)? {
        let (bytes, isProbe) = state.withLock { ($0.byteLimit, $0.breaker.isOpen) }
        let count = isProbe ? 1 : batchCount
        var dropped = false
        defer { if dropped { tell(.tooOld) } }
        guard var batch = queue.nextBatch(maximumCount: count, maximumBytes: bytes) else { return nil }
        guard isTooOld(batch) else { return batch }
        // Only the age of the oldest record is known: look at them one at a time.
        while true {
            if isTooOld(batch), batch.count == 1 {
                batch.settle(.dropped(reason: Self.tooOld))
                dropped = true
            } else {
                let isYoung = !isTooOld(batch)
                batch.settle(.putBack)
                if isYoung { return queue.nextBatch(maximumCount: count, maximumBytes: bytes) }
            }
            guard let next = queue.nextBatch(maximumCount: 1, maximumBytes: bytes) else { return nil }
            batch = next
        }
    }

    private func isTooOld(_ batch: any SpooledBatch) -> Bool {
        let (now, oldest) = (clock.unixNanoseconds, batch.oldestUnixNanoseconds)
        return now > oldest && now - oldest > policy.ageLimit.nanoseconds
    }

    /// Makes one attempt for a batch and settles it.
    ///
    /// - Parameters:
    ///   - batch: The records, which are the caller's no more.
    ///   - deadline: When the attempt is over before its own time.
    /// - Returns: What became of it.
    func deliver(_ batch: any SpooledBatch, until deadline: UInt64?) async -> Step {
        guard let request = builder.request(for: batch, unixNanoseconds: clock.unixNanoseconds) else {
            return makeSmaller(batch, outcome: .dropped(reason: Self.tooLarge), byReceiver: false)
        }
        let begin = clock.monotonicNanoseconds
        let own = begin &+ policy.attemptTimeout.nanoseconds
        let end = min(own, deadline ?? .max)
        let result = await attempt(request, timeout: .nanoseconds(Int64(clamping: end > begin ? end - begin : 0)))
        switch result {
        case .success(let response):
            return settle(batch, response)
        // Given up by us: that says nothing about the receiver.
        case .failure(let error) where error.kind == .cancelled || (error.kind == .timeout && end < own):
            batch.settle(.putBack)
            return .givenUp
        case .failure(let error) where error.kind == .responseTooLarge:
            // By the specification not to be tried again: the receiver may have the records.
            batch.settle(.rejected)
            tell(.answerTooLong)
            return .settled
        case .failure(let error):
            batch.settle(.putBack)
            pause(demanded: nil)
            tell(.unanswered(error))
            return .failed(isAnswered: false)
        }
    }

    /// Sends in a task of its own, so that a shutdown can give the attempt up.
    private func attempt(
        _ request: OutgoingRequest, timeout: Duration
    ) async -> Result<OutgoingResponse, TransportError> {
        let (transport, limit) = (transport, policy.responseLimit)
        let sending = Task { () -> Result<OutgoingResponse, TransportError> in
            do throws(TransportError) {
                return .success(try await transport.send(request, timeout: timeout, responseLimit: limit))
            } catch {
                return .failure(error)
            }
        }
        let isOver = state.withLock { state in
            state.giveUp = { sending.cancel() }
            return state.isOver
        }
        if isOver { sending.cancel() }
        defer { state.withLock { $0.giveUp = nil } }
        return await withTaskCancellationHandler {
            await sending.value
        } onCancel: {
            sending.cancel()
        }
    }

    private func settle(_ batch: any SpooledBatch, _ response: OutgoingResponse) -> Step {
        switch policy.classifier.verdict(for: response, recordCount: batch.count) {
        case .accepted(let rejected, let message):
            batch.settle(.accepted(rejected: rejected))
            accepted()
            if rejected > 0 || message != nil { tell(.partlyRefused(rejected: rejected, message: message)) }
            return .settled
        case .retry(let message):
            batch.settle(.putBack)
            let demanded = RetryAfter.read(response.headers, unixNanoseconds: clock.unixNanoseconds)
            pause(demanded: demanded)
            tell(.busy(status: response.status, message: message, wait: demanded))
            return .failed(isAnswered: true)
        case .tooLarge:
            return makeSmaller(batch, outcome: .rejected, byReceiver: true)
        case .rejected(let message):
            batch.settle(.rejected)
            state.withLock { state in
                state.breaker.succeed()
                state.pause = nil
            }
            let contentType = response.headers.firstValue(of: "content-type") ?? ""
            tell(
                .refused(
                    status: response.status, message: message,
                    location: response.headers.firstValue(of: "location").flatMap { try? Endpoint($0).origin },
                    isGRPC: contentType.hasPrefix("application/grpc")))
            return .settled
        }
    }

    /// Puts a batch back to be taken with half its bytes, or ends a record that is too long by itself.
    private func makeSmaller(_ batch: any SpooledBatch, outcome: BatchOutcome, byReceiver: Bool) -> Step {
        let (count, bytes) = (batch.count, batch.byteCount)
        guard count > 1 else {
            batch.settle(outcome)
            if byReceiver { state.withLock { $0.breaker.succeed() } }
            tell(.recordTooLarge(bytes: bytes, byReceiver: byReceiver))
            return .settled
        }
        batch.settle(.putBack)
        state.withLock { state in
            if byReceiver { state.breaker.succeed() }
            state.byteLimit = max(min(state.byteLimit, bytes) / 2, 1)
            state.acceptedInARow = 0
        }
        if byReceiver { tell(.halved) }
        return .again
    }

    private func pause(demanded: Duration?) {
        let random = random()
        let now = clock.monotonicNanoseconds
        state.withLock { state in
            state.breaker.fail()
            let wait = demanded ?? policy.backoff.wait(afterFailures: state.breaker.failures, random: random)
            state.pause = (now &+ wait.nanoseconds, demanded != nil)
        }
    }

    private func accepted() {
        // Counting looks at every lane, and is of use at the end of an outage alone.
        let queued = state.withLock { $0.diagnostics.hasFaults } ? queue.queued.count : 0
        let (isFirst, ended) = state.withLock { state in
            state.breaker.succeed()
            state.pause = nil
            state.acceptedInARow += 1
            // The receiver's limit may have been raised.
            if state.acceptedInARow.isMultiple(of: 32) {
                state.byteLimit = min(state.byteLimit * 2, policy.batchBytes)
            }
            defer { state.hasAccepted = true }
            return (!state.hasAccepted, state.diagnostics.accepted(queued: queued))
        }
        if isFirst { onFirstAcceptance() }
        if let ended {
            resolve(ended.outages, ended.end)
            resolve(ended.refusals, nil)
        }
    }

    private func tell(_ fault: DeliveryFault) {
        let queued = queue.queued.count
        let (problem, replaced) = state.withLock { $0.diagnostics.problem(for: fault, queued: queued) }
        if !replaced.isEmpty { resolve(replaced, nil) }
        report(problem)
    }
}
