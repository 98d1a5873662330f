import Foundation
import Monitoring
import MonitoringCore
import MonitoringServer

@main
struct DemoAgent {
    /// How long conversations may go on after the first signal; a second one ends them at once.
    private static let grace = Duration.seconds(4)
    /// How long answers to others may take at the end; from half of it on they are cancelled.
    private static let lastAnswers = Duration.seconds(10)

    static func main() async {
        Loopback.bypassProxies()
        exit(await run(Array(CommandLine.arguments.dropFirst())).rawValue)
    }

    /// The program: reads its arguments and does what they say.
    private static func run(_ arguments: [String]) async -> ExitCode {
        do {
            let options = try Options(arguments: arguments)
            switch options.command {
            case .run: try await serve(options)
            case .relay: try await relay(options)
            case .printCanaries:
                for canary in Canaries.all { LineFile.standardOutput.write(line: canary.secret.utf8) }
            case .help: LineFile.standardOutput.write(line: Options.usage.utf8)
            }
            return .success
        } catch {
            LineFile.standardError.write(line: "demo-agent: \(error)".utf8)
            if error is OptionsError { LineFile.standardError.write(line: "try demo-agent --help".utf8) }
            return ExitCode(error)
        }
    }

    /// Serves until the time is over or a signal comes, and tells how many operations there were.
    private static func serve(_ options: Options) async throws {
        let signals = SignalWatch()
        let monitor = try await startMonitor(options)
        let address = OwnAddress()
        let server: EndpointServer
        do {
            let breaker = Breaker(options.broken)
            let assistant = try Host.assistant(options, breaker, address, monitor)
            let service = Service(assistant, breaker: breaker, address: address, monitor: monitor)
            let (started, listening) = try service.start(port: options.port)
            server = started
            let greeting = Greeting(
                listening,
                monitoring: monitor.serverAddress?.url,
                offering: monitor.endpoints.map(\.path)
            )
            for line in greeting.lines { LineFile.standardError.write(line: "demo-agent: \(line)".utf8) }
        } catch {
            monitor.capture(error, level: .fatal)
            await monitor.shutdown()
            throw error
        }
        await receiveReaders(options, at: address, until: signals, monitor)
        signals.cancel()
        await server.stop(within: lastAnswers)
        await monitor.shutdown()
        let summary = monitor.plugin(OperationLedger.self)?.summary ?? RunSummary()
        LineFile.standardOutput.write(line: summary.json.utf8)
    }

    /// Plays the readers, and returns when nobody is to come any more.
    private static func receiveReaders(
        _ options: Options,
        at address: OwnAddress,
        until signals: SignalWatch,
        _ monitor: Monitor
    ) async {
        let trip = CanaryTrip(monitor: monitor)
        let reader = Reader(http: URLSessionClient(), address: address)
        let traffic = Traffic(rate: options.traffic, seconds: options.seconds) { number in
            let plan = ConversationPlan(number: number, seed: options.seed)
            guard options.canaries else { return plan }
            let canary = Canaries.all[number % Canaries.all.count]
            trip.fly(canary)
            return plan.letting(slip: canary)
        } visit: { visit, session in
            try await reader.make(visit, as: session)
        }
        let running = Task { await traffic.run() }
        // For a last look at the metrics, unless a signal said to stop.
        let lingering = Task {
            await running.value
            try? await Task.sleep(for: .seconds(options.linger))
        }
        signals.tell { isFirst in
            lingering.cancel()
            guard isFirst else { return running.cancel() }
            traffic.stop()
            Task {
                try? await Task.sleep(for: grace)
                running.cancel()
            }
        }
        await lingering.value
    }

    private static func relay(_ options: Options) async throws {
        let monitor = try await startMonitor(options)
        Relay(monitor: monitor).run({ readLine() }, .standardOutput)
        await monitor.shutdown()
    }

    private static func startMonitor(_ options: Options) async throws -> Monitor {
        let file = try options.ledger.map { path throws(LineFileError) in try LineFile(appendingTo: path) }
        var variables = ProcessInfo.processInfo.environment
        if options.canaries { variables[Canaries.registeredVariable] = Canaries.registered }
        // First, so that it hears an end last: what it writes was handed over before.
        var plugins = [Monitor.PluginFactory.operationLedger { $0.file = file }] + .standard
        if options.command == .relay, file == nil { plugins.removeFirst() }
        if options.command == .run { plugins.append(.chatModel) }
        return try await Monitor.start(plugins, environment: Monitor.Environment(variables)) {
            $0.service = $0.service ?? "demo-agent"
            $0.console = .always
        }
    }
}
