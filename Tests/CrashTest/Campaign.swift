import Foundation

/// Rounds of handing over, killing, starting again and counting.
struct Campaign {
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// What the rounds add up to.
    struct Sum {
        var rounds = 0
        var kills = 0
        var handedOver = 0
        var arrived = 0
        var lost = 0
        var unknown = 0
        var strangers = 0
        var interrupted = 0
        var wronglyInterrupted = 0
        var repeats = 0
        var failures = 0
    }

    static let batch = 4_096
    private let options: Options
    private let receiver: Receiver
    private let folder: String

    init(_ options: Options) throws {
        guard let receiver = Receiver() else { throw Fault(description: "there is no socket") }
        self.options = options
        self.receiver = receiver
        folder = options.directory ?? NSTemporaryDirectory() + "crash-test-\(getpid())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        receiver.start(Receiver.thread)
    }

    /// Runs until enough processes were killed, and shows the table; says whether all is well.
    func run() throws -> Bool {
        defer { if options.directory == nil { try? FileManager.default.removeItem(atPath: folder) } }
        var random = Randomness(seed: options.seed)
        var sum = Sum()
        let start = Date()
        while sum.kills < options.kills {
            try round(&sum, &random)
            if sum.rounds.isMultiple(of: 25) { show(sum, since: start) }
        }
        show(sum, since: start)
        let isWithinBound = sum.repeats <= sum.kills * Self.batch
        if !isWithinBound { print("more was repeated than a batch a kill") }
        return sum.lost == 0 && sum.unknown == 0 && sum.strangers == 0 && sum.wronglyInterrupted == 0
            && sum.failures == 0 && isWithinBound
    }

    private func show(_ sum: Sum, since start: Date) {
        print(
            """
            rounds \(sum.rounds), kills \(sum.kills), handed over \(sum.handedOver), arrived \(sum.arrived), \
            lost \(sum.lost), unknown \(sum.unknown), under another's resource \(sum.strangers), \
            interrupted \(sum.interrupted), of these wrongly \(sum.wronglyInterrupted), \
            repeated \(sum.repeats), failed \(sum.failures), \(Int(Date().timeIntervalSince(start))) s
            """)
        fflush(nil)
    }

    private func round(_ sum: inout Sum, _ random: inout Randomness) throws {
        sum.rounds += 1
        if sum.rounds.isMultiple(of: 10) { try ask(&sum, &random) }
        let processes = sum.rounds.isMultiple(of: 5) ? options.crowd : 1
        let services = processes > 1 ? ["crash-one", "crash-two"] : ["crash-one"]
        let first = sum.rounds * 10
        var counters: [SharedCounters] = []
        var producers: [ChildProcess] = []
        for process in first..<first + processes {
            let path = folder + "/counters-\(process)"
            guard let shared = SharedCounters(path: path) else { throw Fault(description: "\(path) cannot be mapped") }
            counters.append(shared)
            let own = ["CRASH_COUNTERS": path, "CRASH_NAME": "p\(process)"]
            let settings = settings(process: process, service: services[process % services.count])
            producers.append(try ChildProcess(.producer, settings.merging(own) { $1 }))
        }
        try wait(for: counters)
        for producer in producers {
            // 20 to 200 ms after the first span.
            usleep(UInt32(20_000 + random.next(below: 180_000 / UInt64(processes))))
            producer.kill([SIGKILL, SIGSEGV, SIGABRT][Int(random.next(below: 3))])
            sum.kills += 1
        }
        for service in services { try deliver(service, first + 9, &sum, &random) }
        for (index, shared) in counters.enumerated() { compare(shared, process: first + index, &sum) }
        let rest = receiver.tally.takeCounts()
        sum.repeats += rest.repeats
        sum.strangers += rest.strangers
    }

    /// Asks a process to end that shuts down for it: it ends by that signal, and nothing of it is told as interrupted.
    private func ask(_ sum: inout Sum, _ random: inout Randomness) throws {
        let process = sum.rounds * 10 + 8
        let path = folder + "/counters-\(process)"
        guard let shared = SharedCounters(path: path) else { throw Fault(description: "\(path) cannot be mapped") }
        let own = ["CRASH_COUNTERS": path, "CRASH_NAME": "p\(process)", "CRASH_ASKED": "1"]
        let producer = try ChildProcess(
            .producer, settings(process: process, service: "crash-one").merging(own) { $1 })
        try wait(for: [shared])
        usleep(UInt32(20_000 + random.next(below: 100_000)))
        if !producer.kill(SIGTERM) { sum.failures += 1 }
        try deliver("crash-one", process, &sum, &random)
        // After the shutdown its threads go on counting what nobody hears: what is lost cannot be told, what is wrong can.
        for thread in 0..<SharedCounters.threads {
            let found = receiver.tally.take(Tally.Source(process: process, thread: thread), handedOver: shared[thread])
            sum.wronglyInterrupted += found.interrupted
            if found.arrived == 0 { sum.failures += 1 }
        }
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Starts what sends the rest; one in three is killed before it is done, and another started.
    private func deliver(_ service: String, _ process: Int, _ sum: inout Sum, _ random: inout Randomness) throws {
        while true {
            let deliverer = try ChildProcess(.deliverer, settings(process: process, service: service))
            guard random.next(below: 3) == 0 else {
                if !deliverer.wait() { sum.failures += 1 }
                return
            }
            usleep(UInt32(10_000 + random.next(below: 150_000)))
            guard deliverer.isRunning else {
                if !deliverer.wait() { sum.failures += 1 }
                return
            }
            deliverer.kill(SIGKILL)
            sum.kills += 1
        }
    }

    private func compare(_ shared: SharedCounters, process: Int, _ sum: inout Sum) {
        for thread in 0..<SharedCounters.threads {
            let source = Tally.Source(process: process, thread: thread)
            let found = receiver.tally.take(source, handedOver: shared[thread])
            sum.handedOver += shared[thread]
            sum.arrived += found.arrived
            sum.lost += found.lost
            sum.unknown += found.unknown
            sum.interrupted += found.interrupted
            sum.wronglyInterrupted += found.wronglyInterrupted
        }
        try? FileManager.default.removeItem(atPath: folder + "/counters-\(process)")
    }

    private func wait(for counters: [SharedCounters]) throws {
        let deadline = Date().addingTimeInterval(30)
        while counters.contains(where: { $0.total == 0 }) {
            guard Date() < deadline else { throw Fault(description: "a child hands nothing over") }
            usleep(500)
        }
    }

    /// Token and version are others in every process.
    private func settings(process: Int, service: String) -> [String: String] {
        [
            "ENABLE_TRACING": "true",
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(receiver.port)",
            "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20token-\(process)",
            "OTEL_SERVICE_NAME": service,
            "APP_VERSION": "1.\(process)",
            "OTEL_RESOURCE_ATTRIBUTES": "crash.process=\(process)",
            "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "\(Self.batch)",
            "OTEL_BSP_SCHEDULE_DELAY": "50",
            "MONITORING_SPOOL": "process",
            "MONITORING_SPOOL_DIR": folder,
            "MONITORING_SPOOL_MAX_BYTES": "\(512 << 20)",
        ]
    }
}
