/// Who asks, and in which conversation.
struct Session: Sendable, Hashable {
    var user: String
    var conversation: String
}
