/// Why a request cannot be served: a status, and one sentence that repeats nothing of what was sent.
package struct RequestFailure: Error, Hashable, Sendable {
    package let status: Int
    package let reason: String

    init(_ status: Int, _ reason: String) {
        self.status = status
        self.reason = reason
    }

    static func malformed(_ reason: String) -> Self { Self(400, reason) }

    static let requestLine = malformed("The request line is not one of HTTP/1.1.")
    static let lineBreak = malformed("Lines must end with CR LF.")
    static let target = malformed("The request target is not an absolute path.")
    static let encoding = malformed("The request target is not properly encoded.")
    static let header = malformed("A header is malformed.")
    static let foldedHeader = malformed("A header goes on in a second line.")
    static let host = malformed("The request needs exactly one valid Host header.")
    static let length = malformed("The length of the body is not clear.")
    static let chunk = malformed("The chunks of the body are malformed.")

    static let lineTooLong = Self(414, "The request line is too long.")
    static let headersTooLarge = Self(431, "The headers are too large.")
    static let tooManyHeaders = Self(431, "There are too many headers.")
    static let bodyTooLarge = Self(413, "The body is too large.")
    static let lengthRequired = Self(411, "The request needs a Content-Length.")
    static let expectation = Self(417, "The expectation cannot be met.")
    static let coding = Self(501, "The transfer coding is not known.")
    static let version = Self(505, "HTTP/1.1 is spoken here.")
}
