/// A receiver on 127.0.0.1 with one ``Fault``, for tests of whatever sends.
///
/// ```swift
/// @Test(arguments: FaultyReceiver.Fault.allFaults)
/// func `the host stops in time whatever the collector does`(_ fault: FaultyReceiver.Fault) async throws {
///     let receiver = try FaultyReceiver(fault)
///     defer { receiver.stop() }
///     …
/// }
/// ```
///
/// The fault lasts until ``stop()``, or until the last reference goes; then a ``RecordingReceiver`` can take the port, as a
/// collector that comes back. An optimised build may let go of a receiver after its last use: `defer { receiver.stop() }`
/// keeps it to the end.
public final class FaultyReceiver: Sendable {
    /// What is wrong with it.
    public let fault: Fault
    /// The port on 127.0.0.1.
    public let port: UInt16
    private let log = RequestLog()
    private let body: FaultBody

    /// Opens a receiver.
    ///
    /// - Parameters:
    ///   - fault: What is wrong with it.
    ///   - port: The port; 0 for a free one. A number takes the place of a receiver that was stopped.
    ///   - paceMilliseconds: The pause between two bytes of a receiver that is slow.
    /// - Throws: When the system has no socket, port or thread left.
    public init(_ fault: Fault, port: UInt16 = 0, paceMilliseconds: Int32 = 50) throws(ReceiverError) {
        self.fault = fault
        body = try FaultBody(fault, port: port, paceMilliseconds, log)
        self.port = body.port
    }

    /// Where to send: the scheme is `https` for ``Fault/tlsStall`` and `http` for all others.
    public var url: String { (fault == .tlsStall ? "https" : "http") + "://127.0.0.1:\(port)" }

    /// The requests that it read whole, in order; none where the fault comes earlier.
    public var requests: [ReceivedRequest] { log.requests }

    /// Suspends until a number of requests was read whole.
    ///
    /// - Parameter count: How many.
    /// - Returns: The requests so far; fewer when the task was cancelled.
    public func requests(atLeast count: Int) async -> [ReceivedRequest] {
        await log.wait(for: count)
        return log.requests
    }

    /// Closes the port and all connections; later calls do nothing.
    public func stop() { body.stop() }
}
