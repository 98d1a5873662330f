import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What a child has handed over, in memory that its parent still sees when it is dead: one number a thread.
///
/// Sendable, since every number is an atomic of its own, and the map stays as long as the process.
@safe final class SharedCounters: @unchecked Sendable {
    static let threads = 4
    private static let stride = 128
    private let base: UnsafeMutableRawPointer

    /// Maps a file, which is made if it is not there.
    init?(path: String) {
        let size = Self.threads * Self.stride
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0, ftruncate(file, off_t(size)) == 0 else { return nil }
        defer { close(file) }
        guard let map = unsafe mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), unsafe map != MAP_FAILED
        else { return nil }
        unsafe base = map
    }

    deinit { unsafe munmap(base, Self.threads * Self.stride) }

    /// How many spans the thread has handed over.
    subscript(thread: Int) -> Int {
        get { unsafe counter(thread).pointee.load(ordering: .acquiring) }
        set { unsafe counter(thread).pointee.store(newValue, ordering: .releasing) }
    }

    var total: Int { (0..<Self.threads).reduce(0) { $0 + self[$1] } }

    private func counter(_ thread: Int) -> UnsafeMutablePointer<Atomic<Int>> {
        precondition((0..<Self.threads).contains(thread))
        return unsafe (base + thread * Self.stride).assumingMemoryBound(to: Atomic<Int>.self)
    }
}
