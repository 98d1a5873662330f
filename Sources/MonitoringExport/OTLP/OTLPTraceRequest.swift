package import MonitoringCore

/// How spans become a request, an `ExportTraceServiceRequest`.
///
/// The bytes in front of the spans hold resource and scope; they are a spool's identity, so that spans of another process
/// are sent as its own. The order of members is free in JSON: all that belongs to the resource stands in front.
package enum OTLPTraceRequest {
    /// How long an identity may be; it stands in every segment.
    ///
    /// Resource attributes that do not fit are left out and counted in the resource.
    static let identityLimit = 64 * 1024
    /// Room kept for what stands behind each list of attributes.
    private static let reserve = 4 * 1024

    /// What stands in front of the spans of one resource and scope.
    ///
    /// - Parameters:
    ///   - resource: Who the spans come from.
    ///   - scope: What made them; short texts.
    /// - Returns: The beginning of a request.
    package static func identity(resource: Monitor.Resource, scope: OTLPScope = .monitoring) -> [UInt8] {
        guard var writer = ScratchWriter(limit: identityLimit) else {
            return Array(#"{"resourceSpans":[{"scopeSpans":[{"spans":["#.utf8)
        }
        writer.write(#"{"resourceSpans":[{"resource":{"#)
        writer.write(attributes: resource.attributes, within: identityLimit - 2 * reserve)
        writer.write(UInt8(ascii: "}"))
        writer.write(schemaURL: resource.schemaURL)
        writer.write(#","scopeSpans":[{"scope":{"#)
        writer.write(attributes: scope.attributes, within: identityLimit - reserve)
        writer.write(#","name":""#)
        writer.write(escaping: scope.name)
        writer.write(#"","version":""#)
        writer.write(escaping: scope.version)
        writer.write(#""}"#)
        writer.write(schemaURL: scope.schemaURL)
        writer.write(#","spans":["#)
        return unsafe Array(writer.bytes)
    }

    /// Spans of one identity in one request.
    package static var framing: RequestFraming {
        .joined(prefix: { $0 }, separator: [UInt8(ascii: ",")], suffix: Array("]}]}]}".utf8))
    }
}

extension ScratchWriter {
    fileprivate mutating func write(attributes: [Monitor.KeyValue], within limit: Int) {
        write(#""attributes":["#)
        let dropped = write(attributes, within: limit) { $0.write($1, depth: 1) }
        write("]")
        write(#","droppedAttributesCount":"#, count: dropped)
    }

    fileprivate mutating func write(schemaURL: String) {
        guard !schemaURL.isEmpty else { return }
        write(#","schemaUrl":""#)
        write(escaping: schemaURL)
        write(UInt8(ascii: "\""))
    }
}
