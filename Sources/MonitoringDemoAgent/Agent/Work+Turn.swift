import MonitoringCore

extension Monitor.Work {
    /// One question and its answer: this host's own kind of operation.
    static func turn(in conversation: String) -> Self {
        .custom("conversation", name: "turn").with(.conversationID, conversation)
    }
}
