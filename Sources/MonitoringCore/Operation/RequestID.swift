/// The id that a request keeps from one service to the next.
enum RequestID {
    /// Longer ids are not taken.
    static let lengthLimit = 128

    /// The host's id, else the caller's, else a new one.
    ///
    /// Ids that could break a header or a log line are not taken, nor those that hold a secret: strangers send them.
    static func choose(
        _ given: String?,
        _ carrier: (any Monitor.HeaderCarrier)?,
        _ redactor: Redactor,
        _ makeID: () -> Monitor.TraceID
    ) -> String {
        if let given, isHarmless(given, redactor) { return given }
        if let carrier {
            let values = carrier.values("x-request-id")
            if values.count == 1, isHarmless(values[0], redactor) { return values[0] }
        }
        return makeID().description
    }

    private static func isHarmless(_ id: String, _ redactor: Redactor) -> Bool {
        let bytes = id.utf8
        guard !bytes.isEmpty, bytes.count <= lengthLimit, redactor.redact(identifier: id) == id else {
            return false
        }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "+"), UInt8(ascii: "="):
                true
            default: false
            }
        }
    }
}
