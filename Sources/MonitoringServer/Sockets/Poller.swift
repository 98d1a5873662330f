/// Waits for many descriptors at once.
///
/// Its owner's thread alone uses it.
protocol Poller: AnyObject {
    /// Sets what a descriptor is waited for.
    ///
    /// - Parameters:
    ///   - descriptor: The descriptor.
    ///   - token: What its events are told with.
    ///   - interest: What to wait for; nothing at all still tells when it breaks.
    ///   - isKnown: Whether it is waited for already.
    /// - Returns: False when the system refuses.
    func watch(_ descriptor: Int32, token: UInt64, for interest: Readiness, isKnown: Bool) -> Bool

    /// Waits for a descriptor no more; before it is closed.
    func forget(_ descriptor: Int32)

    /// Waits.
    ///
    /// - Parameters:
    ///   - milliseconds: How long; -1 for ever.
    ///   - body: Told of each descriptor that is ready.
    func wait(milliseconds: Int32, _ body: (_ token: UInt64, _ ready: Readiness) -> Void)
}
