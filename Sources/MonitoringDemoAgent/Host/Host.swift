import MonitoringCore

/// Puts the assistant together.
enum Host {
    private static let scriptedModel = "scripted-1"
    private static let answersKept = 512

    /// An assistant with a researcher to help it.
    ///
    /// It asks the model that the environment names, else its script.
    ///
    /// - Throws: ``CorpusError`` when the manual is missing.
    static func assistant(
        _ options: Options,
        _ breaker: Breaker,
        _ address: OwnAddress,
        _ monitor: Monitor
    ) throws(CorpusError) -> Assistant {
        let library = DocumentLibrary(
            index: SearchIndex(try Corpus.bundled()),
            breaker: breaker,
            pace: .real,
            monitor: monitor
        )
        let http = URLSessionClient()
        let clock = ClockTool(address: address, http: http, monitor: monitor)
        guard let api = monitor.plugin(ChatModel.self)?.api else {
            let script = ScriptedResponder(seed: options.seed, breaker: breaker, pace: .real)
            return assistant(library, clock, asking: script, scriptedModel, breaker: breaker, pace: .real, monitor)
        }
        let client = OpenAIClient(api: api, http: http, breaker: breaker)
        return assistant(library, clock, asking: client, api.model, breaker: breaker, pace: .real, monitor)
    }

    /// An assistant over a library.
    static func assistant(
        _ library: DocumentLibrary,
        _ clock: ClockTool,
        asking client: any ChatClient,
        _ model: String = scriptedModel,
        breaker: Breaker,
        pace: Pace,
        _ monitor: Monitor
    ) -> Assistant {
        let search = SearchTool(library: library)
        let researcher = Agent(
            name: "researcher",
            instructions: "Search the operations manual and report what it says about the topic.",
            model: model,
            client: client,
            tools: Toolbox([search], monitor: monitor),
            monitor: monitor,
            pace: pace
        )
        let librarian = Agent(
            name: "librarian",
            instructions:
                "You help the readers of Marlow Quay City Library. Answer from the manual, calculate with the tool.",
            model: model,
            client: client,
            tools: Toolbox(
                [CalculatorTool(), clock, search, ResearchTool(researcher: researcher)],
                monitor: monitor
            ),
            monitor: monitor,
            pace: pace
        )
        return Assistant(
            agent: librarian,
            conversations: Conversations(),
            answers: AnswerCache(capacity: answersKept, breaker: breaker, monitor: monitor),
            monitor: monitor
        )
    }
}
