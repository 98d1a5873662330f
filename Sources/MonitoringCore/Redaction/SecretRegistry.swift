import Synchronization

/// The registered secrets: written seldom, read with one atomic load.
///
/// A reader holds a snapshot without counting references. That is sound because a snapshot, once published, lives as long
/// as the registry: all of them are kept. Registrations come at start-up and are few (``limit``), so what is kept is small.
@safe
final class SecretRegistry: Sendable {
    /// How many secrets a registry takes.
    static let limit = 512

    private let current: Atomic<Unmanaged<RegisteredSecrets>>
    private let kept: Mutex<[RegisteredSecrets]>

    init(prefilter: Prefilter) {
        let empty = RegisteredSecrets(prefilter: prefilter)
        unsafe self.current = Atomic(Unmanaged.passUnretained(empty))
        self.kept = Mutex([empty])
    }

    /// Calls `body` with the secrets of this moment.
    @inline(__always)
    func withCurrent<R>(_ body: (RegisteredSecrets) -> R) -> R {
        unsafe current.load(ordering: .acquiring)._withUnsafeGuaranteedRef(body)
    }

    /// Adds secrets; those that are known, and those beyond the limit, are not added again.
    func add(_ secrets: [String]) {
        kept.withLock { kept in
            guard let next = kept.last?.adding(secrets, limit: Self.limit) else { return }
            kept.append(next)
            unsafe current.store(Unmanaged.passUnretained(next), ordering: .releasing)
        }
    }
}
