import Synchronization

extension Spool {
    /// Takes the oldest records that fit within both limits, at least one when any can be taken; `nil` when none can.
    ///
    /// Segments are read oldest first, lane by lane. A lane is in one batch at a time: while a batch is out, what else lies in
    /// its lanes cannot be taken.
    package func nextBatch(maximumCount: Int, maximumBytes: Int) -> (any SpooledBatch)? {
        guard !isForked else { return nil }
        var filling = BatchFilling(countLeft: max(1, maximumCount), bytesLeft: maximumBytes)
        var position = SpoolState.Position.start
        let now = Moment(clock)
        while filling.isOpen, let span = withState({ $0.takeLane(after: &position) }) {
            switch filling.add(span, now: now) {
            case .taken:
                position.identity = span.header.identity
            case .nothingFits:
                withState { $0.putBack([span]) }
            case .damaged:
                withState { state in
                    state.putBack([span])
                    guard let index = state.index(of: span.segment) else { return }
                    state.dropWaiting(inSegmentAt: index, lane: span.lane, reason: .corrupt)
                    recycle(&state)
                }
            }
        }
        guard !filling.spans.isEmpty else { return nil }
        return SpoolBatch(of: self, filling)
    }

    /// Records that wait, pinned ones included, and their bytes, each rounded up to a multiple of 8.
    ///
    /// Walks the lanes and not the records, so that it can be asked before and after every batch;
    /// ``DeliveryLedger/snapshot()`` looks at every record.
    package var queued: (count: Int, bytes: Int) {
        guard !isForked else { return (0, 0) }
        return withState { state in
            let waiting = state.waiting(withTaken: true)
            return (waiting.count + state.left, waiting.bytes)
        }
    }

    /// Sets or takes away the handler.
    ///
    /// It is called from here when enough waits already. Records that a batch has do not count, nor does what else
    /// lies in their lanes until the batch is settled.
    package func wake(afterCount count: Int, bytes: Int, _ handler: (@Sendable () -> Void)?) {
        guard !isForked else { return }
        withState { state in
            state.wake =
                state.isClosed ? nil : handler.map { SpoolState.Wake(count: max(1, count), bytes: bytes, handler: $0) }
            // Looking costs a lock and a sum over the lanes, so a stripe does it for one record in several; the
            // smaller the lot, the sooner after the limit is reached.
            wakeLotBytes.store(max(1, bytes / 64), ordering: .relaxed)
            wakeLot.store(state.wake == nil ? 0 : max(1, count / 64), ordering: .relaxed)
        }
        if handler != nil { wakeIfDue() }
    }

    /// Whether it is time to look if the wake handler is due.
    ///
    /// The caller has the stripe.
    @inline(__always)
    func shouldLook(_ stripe: UnsafeMutablePointer<Stripe>, _ bytes: Int) -> Bool {
        let lot = wakeLot.load(ordering: .relaxed)
        guard lot > 0 else { return false }
        unsafe stripe.pointee.unseenCount += 1
        unsafe stripe.pointee.unseenBytes += bytes
        guard
            unsafe stripe.pointee.unseenCount >= lot
                || stripe.pointee.unseenBytes >= wakeLotBytes.load(ordering: .relaxed)
        else { return false }
        unsafe stripe.pointee.unseenCount = 0
        unsafe stripe.pointee.unseenBytes = 0
        return true
    }

    /// Calls the wake handler, once, if what it waits for has come.
    ///
    /// The caller has no stripe and no lock.
    @inline(never)
    func wakeIfDue() {
        let handler = withState { state in
            let handler = state.takeDueWake()
            if handler != nil { wakeLot.store(0, ordering: .relaxed) }
            return handler
        }
        handler?()
    }

    /// Settles what a batch has.
    func settle(_ spans: [LaneSpan], count: Int, _ outcome: BatchOutcome) {
        guard !isForked else { return }
        withState { state in
            switch outcome {
            case .accepted(let refused):
                let rejected = min(max(0, refused), count)
                state.counters.delivered += count - rejected
                state.counters.rejected += rejected
            case .rejected:
                state.counters.rejected += count
            case .dropped(let reason):
                state.drop(count, reason: reason)
            case .putBack:
                break
            }
            if outcome == .putBack { state.putBack(spans) } else { state.settle(spans) }
            if state.isClosed { finishClosing(&state) } else { recycle(&state) }
        }
        if wakeLot.load(ordering: .relaxed) > 0 { wakeIfDue() }
    }

    /// Keeps the segments as they are for a visit of records.
    func pin(_ spans: [LaneSpan]) {
        withState { state in
            for span in spans { state.pin(span.segment, by: 1) }
        }
    }

    /// Ends ``pin(_:)``.
    func unpin(_ spans: [LaneSpan]) {
        withState { state in
            for span in spans { state.pin(span.segment, by: -1) }
            if state.isClosed { finishClosing(&state) } else { recycle(&state) }
        }
    }
}
