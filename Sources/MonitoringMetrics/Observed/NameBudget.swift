import Synchronization

/// Lets so many names pass that the host did not declare, and calls the rest `other`.
final class NameBudget: Sendable {
    /// What a name becomes that came too late.
    static let other = "other"

    private let declared: Set<String>
    private let limit: Int
    private let admitted = Mutex<Set<String>>([])

    /// - Parameters:
    ///   - declared: The names that always pass.
    ///   - limit: How many others pass.
    init(declared: Set<String>, limit: Int) {
        self.declared = declared
        self.limit = limit
    }

    /// The name, or what stands for it.
    func admit(_ name: String) -> String {
        if declared.contains(name) { return name }
        let passes = admitted.withLock { admitted in
            if admitted.contains(name) { return true }
            guard admitted.count < limit else { return false }
            admitted.insert(name)
            return true
        }
        return passes ? name : Self.other
    }
}
