/// The list in `OTEL_RESOURCE_ATTRIBUTES`: `key=value,key=value`, keys and values percent-encoded, all values text.
///
/// OpenTelemetry has any error discard the whole variable.
enum ResourceAttributeList {
    /// The first error in a list.
    struct Fault: Error, Hashable {
        /// The member's position, from 1.
        var position: Int
        /// What is wrong with it.
        var reason: String
    }

    /// Reads a list; a key that comes twice is there twice, the later counts.
    static func parse(_ text: String) throws(Fault) -> [Monitor.KeyValue] {
        var attributes: [Monitor.KeyValue] = []
        let members = Array(text.utf8).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        for (offset, member) in members.enumerated() {
            let position = offset + 1
            guard let equals = member.firstIndex(of: UInt8(ascii: "=")) else {
                let reason = member.withoutBlanks.isEmpty ? "is empty" : "has no \"=\""
                throw Fault(position: position, reason: reason)
            }
            guard let key = PercentDecoding.strict(member[..<equals].withoutBlanks),
                let value = PercentDecoding.strict(member[(equals + 1)...].withoutBlanks)
            else { throw Fault(position: position, reason: "is not percent-encoded UTF-8") }
            guard !key.isEmpty else { throw Fault(position: position, reason: "has no key") }
            attributes.append(Monitor.KeyValue(key, .string(value)))
        }
        return attributes
    }
}

extension ResourceAttributeList.Fault {
    /// What to tell.
    ///
    /// The list is not shown: people put tokens into it.
    func problem(_ variable: Monitor.Variable) -> Monitor.Problem {
        Monitor.Problem(
            source: "environment",
            code: "invalid-value",
            subject: variable.name,
            message: "member \(position) of \(variable.name) \(reason), so none of it is used",
            fix: "write key=value,key=value, with %2C for a comma, %3D for an equals sign and %25 for a percent sign"
        )
    }
}
