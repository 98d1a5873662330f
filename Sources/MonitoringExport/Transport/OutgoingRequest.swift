/// One HTTP request, complete: nothing is added to it but what the protocol itself needs.
package struct OutgoingRequest: Sendable {
    /// Where it goes.
    package var endpoint: Endpoint
    /// The method, such as `POST`.
    package var method: String
    /// The fields, secrets among them.
    ///
    /// `Host` and `Content-Length` are the transport's to write.
    package var headers: [HeaderField]
    /// The body as it goes over the wire.
    package var body: [UInt8]

    /// Makes a request.
    ///
    /// - Parameters:
    ///   - endpoint: Where it goes.
    ///   - method: The method.
    ///   - headers: The fields.
    ///   - body: The body as it goes over the wire.
    package init(endpoint: Endpoint, method: String = "POST", headers: [HeaderField] = [], body: [UInt8] = []) {
        self.endpoint = endpoint
        self.method = method
        self.headers = headers
        self.body = body
    }
}

/// A receiver's answer.
package struct OutgoingResponse: Sendable {
    /// The status code, 200 to 999; interim answers are not reported.
    package var status: Int
    /// The fields, untrusted.
    package var headers: [HeaderField]
    /// The body, untrusted, at most as long as the limit given to ``HTTPTransport/send(_:timeout:responseLimit:)``.
    package var body: [UInt8]

    /// Makes an answer.
    ///
    /// - Parameters:
    ///   - status: The status code.
    ///   - headers: The fields.
    ///   - body: The body.
    package init(status: Int, headers: [HeaderField] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
