import MonitoringCore

/// Puts the assistant together.
enum Host {
    private static let model = "scripted-1"
    private static let answersKept = 512

    /// An assistant with a researcher to help it.
    ///
    /// - Throws: ``CorpusError`` when the manual is missing.
    static func assistant(_ options: Options, _ monitor: Monitor) throws(CorpusError) -> Assistant {
        let breaker = Breaker(options.broken)
        let library = DocumentLibrary(
            index: SearchIndex(try Corpus.bundled()),
            breaker: breaker,
            pace: .real,
            monitor: monitor
        )
        return assistant(library, seed: options.seed, breaker: breaker, pace: .real, monitor)
    }

    /// An assistant over a library.
    static func assistant(
        _ library: DocumentLibrary,
        seed: UInt64,
        faults: ScriptedFaults = ScriptedFaults(),
        breaker: Breaker,
        pace: Pace,
        _ monitor: Monitor
    ) -> Assistant {
        let client = ScriptedResponder(seed: seed, faults: faults, breaker: breaker, pace: pace)
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
            tools: Toolbox([CalculatorTool(), search, ResearchTool(researcher: researcher)], monitor: monitor),
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
