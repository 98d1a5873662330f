import MonitoringCore
import MonitoringExport
import Synchronization

/// Gets ended operations out: encoded once, spooled in files or memory, sent in batches.
final class SpanExport: Sendable {
    private let encoder: OTLPSpanEncoder
    private let spool: Spool
    private let ledger: DeliveryLedger
    private let exporter: Exporter
    private let policy: DeliveryPolicy
    private let drops: DropWatch
    private let flight: FlightRecorder?
    private let clock: any MonitoringClock
    private let report: @Sendable (Monitor.Problem) -> Void

    /// - Throws: Why nothing can be sent.
    init(_ configuration: TracingConfiguration, _ context: Monitor.PluginContext) throws(Monitor.Problem) {
        policy = try Self.policy(configuration, report: context.report)
        for secret in configuration.exporter.secrets { context.registerSecret(secret) }
        let drops = DropWatch(origin: policy.endpoint.origin, report: context.report)
        let watch = SpoolWatch(source: policy.words.source, records: policy.words.records, report: context.report)
        let files = watch.open(
            SpoolFiles.Place(signal: .traces, resource: context.resource, endpoint: policy.endpoint),
            configuration.spool
        )
        let room = max(configuration.spoolBytes, 1 << 20)
        let identity = OTLPTraceRequest.identity(resource: context.resource)
        let spool = Spool(
            configuration: SpoolConfiguration(
                signal: .traces,
                encoding: .otlpJSON,
                identity: identity,
                maximumBytes: min(room, files?.budgetBytes ?? room),
                maximumRecords: configuration.maximumQueueSize.map { max($0, 1) }
            ),
            clock: context.clock,
            files: files,
            onDrop: drops.note,
            onFault: watch.tell,
            onFlight: { flight in
                if let crash = flight.crashReport {
                    watch.tell(crash)
                    context.deliver(crash)
                }
                return InterruptedSpan.encode(flight, with: OTLPSpanEncoder())
            }
        )
        clock = context.clock
        flight = files.flatMap { files in
            FlightRecorder(
                files: files, identity: identity, clock: context.clock, notesSignals: configuration.spool.notesSignals)
        }
        self.drops = drops
        self.spool = spool
        ledger = DeliveryLedger(of: spool)
        encoder = OTLPSpanEncoder(limit: spool.longestRecord)
        report = context.report
        exporter = Exporter(
            queue: spool,
            policy: policy,
            transport: configuration.transport
                ?? StandardTransport(proxies: ProxySettings { context.environment[$0] }),
            clock: context.clock,
            report: context.report,
            resolve: { [diagnostics = context.diagnostics] topics, end in
                // The end of an outage is that of the drops it brought.
                guard diagnostics.resolve(topics, telling: end), end != nil else { return }
                diagnostics.resolve(drops.topics)
                spool.forgetDrops()
            },
            onFirstAcceptance: context.deliveryAccepted
        )
    }

    private static func policy(
        _ configuration: TracingConfiguration,
        report: (Monitor.Problem) -> Void
    ) throws(Monitor.Problem) -> DeliveryPolicy {
        var policy = try configuration.exporter.policy(
            framing: OTLPTraceRequest.framing,
            source: "tracing",
            records: "spans",
            offSwitch: "ENABLE_TRACING=false",
            report: report
        )
        policy.batchCount = max(configuration.maximumBatchSize, 1)
        policy.scheduleDelay = max(configuration.scheduleDelay, .zero)
        policy.attemptTimeout = DeliveryPolicy.attemptTimeout(
            exporter: configuration.exporter.timeout.duration ?? .zero,
            processor: configuration.batchTimeout.duration ?? .zero
        )
        return policy
    }

    /// What the start-up line says: where to, and out of what.
    var summary: String {
        let target = policy.endpoint.origin + (policy.isDefaultEndpoint ? " (the default)" : "")
        return "to \(target), spool \(spool.summary), compression \(policy.compression == .none ? "none" : "gzip")"
    }

    var snapshot: Monitor.Ledger { ledger.snapshot() }

    /// Whether breadcrumbs are of use.
    var hearsBreadcrumbs: Bool { flight != nil }

    /// Enters an operation that starts into the flight recorder.
    func began(_ record: Monitor.Record) { flight?.begin(record) }

    /// Clears an operation that ends and is not recorded.
    func ended(_ record: Monitor.Record) { flight?.end(record) }

    func note(_ breadcrumb: Monitor.Breadcrumb) { flight?.note(breadcrumb) }

    /// Encodes and spools an operation that ended; called on its caller's thread.
    func append(_ record: Monitor.Record) {
        let destination = unsafe flight?.destination(of: record)
        let outcome = unsafe encoder.encode(record) { bytes in
            unsafe spool.append(kind: 0, bytes, noting: destination)
        }
        flight?.end(record)
        if outcome == nil { ledger.countDropped(1, reason: DropReason.tooLarge.rawValue) }
        if spool.isSynced, record.outcome == .error { spool.requestSync() }
    }

    func run() async {
        await drops.telling {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { [spool] in await spool.maintain() }
                if let flight {
                    group.addTask { [clock] in
                        repeat { flight.beat() } while (try? await clock.sleep(for: .seconds(10))) != nil
                    }
                }
                await exporter.run()
                group.cancelAll()
            }
        }
    }

    func flush(within limit: Duration) async -> Bool { await exporter.flush(within: limit) }

    /// Sends what can be sent, lets go of the memory, and says what was lost.
    ///
    /// A tenth of the time is kept for the latter.
    func shutdown(within limit: Duration) async -> Bool {
        let isClean = await exporter.shutdown(within: limit * 0.9)
        let final = snapshot
        flight?.close()
        spool.close()
        tellLoss(final)
        return isClean
    }

    /// What waits in files is no loss: the next process sends it.
    ///
    /// Nobody listening at an endpoint that nobody asked for was told, and what waits for it is no loss; drops are.
    private func tellLoss(_ ledger: Monitor.Ledger) {
        guard !ledger.dropped.isEmpty || (!policy.isDefaultEndpoint && ledger.queued > 0) else { return }
        let fate = spool.isOnFiles ? "wait for the next start" : "were left behind"
        let dropped = ledger.dropped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        let reasons = dropped.isEmpty ? "" : ", and dropped before: " + dropped.joined(separator: ", ")
        report(
            Monitor.Problem(
                source: "tracing",
                code: "left-behind",
                subject: policy.endpoint.origin,
                message:
                    "at the shutdown \(ledger.queued) of \(ledger.produced + ledger.recovered) spans \(fate)\(reasons)",
                severity: spool.isOnFiles && ledger.dropped.isEmpty ? .notice : .warning
            )
        )
    }
}
