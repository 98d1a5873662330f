/// A made-up secret of a well-known shape, which must never be found in telemetry.
struct Canary: Sendable, Hashable {
    /// What to search for; no blanks in it.
    let secret: String
    /// How it stands in a sentence.
    let phrase: String
}
