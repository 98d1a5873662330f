/// Values of labels that the layer gives by itself.
enum ObservedLabel {
    /// What the operation did not say.
    static let unknown = "unknown"
}
