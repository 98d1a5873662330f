/// A made-up secret of a well-known shape, which must never be found in telemetry.
struct Canary: Sendable, Hashable {
    /// What to search for; no blanks in it.
    let secret: String
    /// Whether it is found without a sentence around it, and thus in names and ids, too: by its shape, or since it is
    /// registered.
    let isFoundInNames: Bool
    /// How it stands in a sentence.
    let phrase: String
}
