/// How many bytes the parts of one value may still have.
struct ValueBudget {
    private var remaining: Int

    init(_ limit: Int) {
        self.remaining = limit
    }

    /// Takes `count` bytes; `false`, and nothing is taken, when there are fewer left.
    mutating func take(_ count: Int) -> Bool {
        guard count <= remaining else { return false }
        remaining -= count
        return true
    }
}
