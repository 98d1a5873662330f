#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A value behind a lock for sections of about a microsecond.
///
/// `Synchronization.Mutex` inherits priorities on Linux: a contended one is handed from waiter to waiter, each of which has to
/// be scheduled first. With eight threads appending on two processors that made an append seven times as slow; a plain
/// `pthread_mutex_t` lets whoever runs take the lock. The thread sanitizer knows it, too.
///
/// Sendable, since the value is reached under the lock alone, and references to it cannot leave ``withLock(_:)``.
@safe final class SharedState<Value: Sendable>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var value: Value

    init(_ value: Value) {
        self.value = value
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs `body` alone with the value.
    ///
    /// Not to be called from within, nor in the child of a fork.
    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body(&value)
    }
}
