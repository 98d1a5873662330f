internal import MonitoringCore

/// The head of a request, and what follows from it.
package struct RequestHead: Sendable {
    /// How long the body is.
    package enum Length: Hashable, Sendable {
        case known(Int)
        case chunked
    }

    /// The method; empty until the request line was read.
    package var method = ""
    package var target = RequestTarget()
    /// The minor version: 0 or 1.
    package var minorVersion = 1
    /// The headers in order.
    package var fields: [(name: String, value: String)] = []
    /// How long the body is.
    package private(set) var length = Length.known(0)
    /// What the `Host` header, or the target, says; `nil` only of HTTP/1.0.
    package private(set) var host: HostField?
    /// Whether the client waits for `100 Continue` before it sends the body.
    package private(set) var expectsContinue = false
    /// Whether the client wants to send another request after this.
    package private(set) var keepsAlive = true

    /// Every value of a header, in order.
    package func values(_ name: String) -> [String] {
        fields.lazy.filter { HeaderText.isSameName($0.name, name) }.map(\.value)
    }

    /// Reads what the headers say of the request as a whole.
    ///
    /// - Parameter bodyLimit: The longest body, in bytes.
    /// - Throws: Why it is not to be served.
    mutating func interpret(bodyLimit: Int) throws(RequestFailure) {
        try readHost()
        try readLength(bodyLimit)
        readConnection()
        guard minorVersion > 0 else { return }
        for value in values("expect") {
            guard value.lowercased() == "100-continue" else { throw .expectation }
            expectsContinue = length != .known(0)
        }
    }

    private mutating func readHost() throws(RequestFailure) {
        let values = values("host")
        guard values.count == 1 || values.isEmpty && minorVersion == 0 else { throw .host }
        if let value = values.first {
            guard let field = HostField(value) else { throw .host }
            host = field
        }
        guard let authority = target.authority else { return }
        // What a target in absolute form says counts, and whoever says two things is not trusted with either.
        guard let field = HostField(authority), host == nil || host == field else { throw .host }
        host = field
    }

    private mutating func readLength(_ bodyLimit: Int) throws(RequestFailure) {
        let codings = values("transfer-encoding")
        let lengths = values("content-length")
        if !codings.isEmpty {
            // Two lengths, or one that an older server would not see: the door of request smuggling.
            guard lengths.isEmpty, minorVersion > 0 else { throw .length }
            let names = codings.joined(separator: ",").split(separator: ",", omittingEmptySubsequences: false).map {
                String(decoding: Array($0.utf8)[...].withoutBlanks, as: UTF8.self).lowercased()
            }
            guard names.allSatisfy({ $0 == "chunked" }) else { throw .coding }
            guard names.count == 1 else { throw .length }
            length = .chunked
        } else if let first = lengths.first {
            guard lengths.allSatisfy({ $0 == first }), !first.isEmpty, first.utf8.allSatisfy(\.isDecimalDigit) else {
                throw .length
            }
            guard let count = Int(first), count <= bodyLimit else { throw .bodyTooLarge }
            length = .known(count)
        } else if minorVersion == 0, method == "POST" || method == "PUT" || method == "PATCH" {
            throw .lengthRequired
        }
    }

    private mutating func readConnection() {
        let options = values("connection").joined(separator: ",").lowercased().split(separator: ",").map {
            String(decoding: Array($0.utf8)[...].withoutBlanks, as: UTF8.self)
        }
        keepsAlive = !options.contains("close") && (minorVersion > 0 || options.contains("keep-alive"))
    }
}
