import Synchronization

/// A series that is looked up when it is first needed, and then at hand.
struct LazySeries<Series: AnyObject & Sendable>: ~Copyable, Sendable {
    private let reference = AtomicLazyReference<Series>()

    /// The series.
    ///
    /// - Parameter find: Looks it up; may run on several threads at once, and the first result counts.
    /// - Returns: What was found first.
    func get(_ find: () -> Series) -> Series { reference.load() ?? reference.storeIfNil(find()) }
}
