extension Monitor {
    /// Where prompts, answers and tool arguments are written: nowhere unless asked for.
    package enum ContentCapture: Sendable, Hashable {
        case none
        case spans
        case events
        case spansAndEvents
    }
}

extension Monitor.ContentCapture {
    /// Reads OpenTelemetry's variable: the words of its GenAI utilities, and the boolean that came before them.
    init(_ environment: Monitor.Environment, report: (Monitor.Problem) -> Void) {
        let word = environment.choice(
            .captureContent,
            of: [
                "NO_CONTENT": Self.none, "SPAN_ONLY": .spans, "EVENT_ONLY": .events, "SPAN_AND_EVENT": .spansAndEvents,
                "true": .spansAndEvents, "false": .none,
            ],
            report: report
        )
        self = word ?? .none
        guard self == .events else { return }
        report(
            Monitor.Problem(
                source: "environment",
                code: "not-served",
                subject: Monitor.Variable.captureContent.name,
                message:
                    "\(Monitor.Variable.captureContent.name)=EVENT_ONLY asks for content on events, which are not made; "
                    + "no content is captured",
                fix: "set it to SPAN_ONLY to have content on spans",
                severity: .notice
            )
        )
    }
}
