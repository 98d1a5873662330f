/// How records become the body of a request.
package enum RequestFraming: Sendable {
    /// All records of a batch in one request: what `prefix` makes of the segment's identity, the records with the
    /// separator between them, the suffix.
    case joined(prefix: @Sendable (_ identity: [UInt8]) -> [UInt8], separator: [UInt8], suffix: [UInt8])
    /// Each record in a request of its own, behind a header that is made when it is sent.
    case individual(header: @Sendable (FramedRecord) -> [UInt8])

    /// Whether a request holds one record only.
    var isIndividual: Bool { if case .individual = self { true } else { false } }

    /// The body for a batch, before compression.
    ///
    /// - Parameters:
    ///   - batch: The records.
    ///   - unixNanoseconds: When it is sent.
    /// - Returns: The bytes.
    func body(of batch: any SpooledBatch, unixNanoseconds: UInt64) -> [UInt8] {
        var body: [UInt8] = []
        switch self {
        case .joined(let prefix, let separator, let suffix):
            let head = prefix(batch.identity)
            body.reserveCapacity(head.count + batch.byteCount + (batch.count - 1) * separator.count + suffix.count)
            body += head
            var isFirst = true
            unsafe batch.forEachRecord { _, bytes in
                if !isFirst { body += separator }
                isFirst = false
                unsafe body.append(contentsOf: bytes)
            }
            body += suffix
        case .individual(let header):
            unsafe batch.forEachRecord { kind, bytes in
                let record = FramedRecord(
                    identity: batch.identity, kind: kind, bytes: unsafe Array(bytes),
                    sentUnixNanoseconds: unixNanoseconds)
                body += header(record)
                body += record.bytes
            }
        }
        return body
    }
}

/// A record that is about to be sent by itself.
package struct FramedRecord: Sendable {
    /// The encoded resource and scope of the process that wrote it.
    package let identity: [UInt8]
    /// What the spool was told that it is.
    package let kind: UInt8
    /// Its bytes.
    package let bytes: [UInt8]
    /// When it is sent, in Unix nanoseconds.
    package let sentUnixNanoseconds: UInt64
}
