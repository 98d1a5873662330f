extension OutgoingRequest {
    /// The request as HTTP/1.1 bytes.
    ///
    /// - Parameter proxy: What it is sent through; the request line then names the whole URL.
    /// - Returns: Head and body.
    func serialized(through proxy: ProxySettings.Proxy?) -> [UInt8] {
        var head = "\(method) "
        if proxy != nil { head += endpoint.origin }
        head += "\(endpoint.path) HTTP/1.1\r\n"
        if headers.firstValue(of: "host") == nil { head += "Host: \(endpoint.hostField)\r\n" }
        for field in headers where !Self.isOwn(field) { head += "\(field.name): \(field.value)\r\n" }
        head += "Content-Length: \(body.count)\r\n"
        if let credentials = proxy?.credentials {
            head += "Proxy-Authorization: Basic \(Base64.encode(credentials))\r\n"
        }
        head += "\r\n"
        var message: [UInt8] = []
        message.reserveCapacity(head.utf8.count + body.count)
        message += head.utf8
        message += body
        return message
    }

    /// Whether a field is the transport's own to write.
    static func isOwn(_ field: HeaderField) -> Bool {
        ["content-length", "transfer-encoding", "connection", "expect", "te", "trailer", "upgrade"]
            .contains { field.hasName($0) }
    }
}

extension Endpoint {
    /// What the `Host` field says: the port only when it is not the scheme's own.
    var hostField: String {
        guard port == scheme.defaultPort else { return authority }
        return host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
    }
}

/// Base64 as in RFC 4648, 4, for the credentials of a proxy.
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var result: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            bits <<= 8 * UInt32(3 - group.count)
            for place in 0..<4 {
                let index = Int(bits >> UInt32(18 - 6 * place)) & 63
                result.append(place <= group.count ? alphabet[index] : UInt8(ascii: "="))
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
