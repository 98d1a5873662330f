/// How a text is read: which rules hold for it, and what stands for what they remove.
enum Reading: Sendable {
    /// By all rules.
    case text
    /// By all rules, and what stands for removed text is valid in a URL.
    case url
    /// By registered secrets and the shapes of keys and tokens alone, as names and ids may well look like addresses, card
    /// numbers or pairs.
    case identifier
}
