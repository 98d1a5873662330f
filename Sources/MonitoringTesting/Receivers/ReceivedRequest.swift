public import MonitoringCore

/// One request as a receiver read it.
public struct ReceivedRequest: Sendable {
    /// The method as it was sent.
    public let method: String
    /// The request target as it was sent: path and query, not decoded.
    public let path: String
    /// The headers in the order in which they came.
    public let headers: Monitor.Headers
    /// The body's own bytes: chunks are joined, a content encoding is left as it is.
    public let body: [UInt8]

    /// The value of a header that came exactly once; `nil` otherwise.
    ///
    /// - Parameter name: The header's name, in any case.
    /// - Returns: The value.
    public func header(_ name: String) -> String? {
        let values = headers.values(name)
        return values.count == 1 ? values[0] : nil
    }

    /// The body as text; bytes that are not UTF-8 become `U+FFFD`.
    public var text: String { String(decoding: body, as: UTF8.self) }
}
