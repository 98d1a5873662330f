import Foundation
import MonitoringCore

extension EndpointResponse {
    /// A value as JSON, not to be kept by whoever is between.
    static func json(encoding value: some Encodable, status: Int = 200) -> EndpointResponse {
        var response = EndpointResponse.json(JSONBytes.encoded(value), status: status)
        response.headers.append(("Cache-Control", "no-store"))
        return response
    }
}

/// JSON as bytes.
enum JSONBytes {
    /// The bytes of a value of the demo's own, all of which can be encoded.
    static func encoded(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map(Array.init) ?? Array("{}".utf8)
    }
}
