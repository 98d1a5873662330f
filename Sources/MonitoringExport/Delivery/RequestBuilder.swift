internal import Synchronization

/// Makes requests of batches: framing, compression, fields.
final class RequestBuilder: Sendable {
    private let policy: DeliveryPolicy
    private let fields: [HeaderField]
    private let compressor: Mutex<GzipCompressor?>

    init(policy: DeliveryPolicy) {
        self.policy = policy
        let own = [
            HeaderField(name: "Content-Type", checkedValue: policy.contentType),
            HeaderField(name: "User-Agent", checkedValue: policy.userAgent),
        ]
        fields = own.filter { policy.headers.firstValue(of: $0.name) == nil } + policy.headers
        if case .gzip(let level) = policy.compression {
            compressor = Mutex(try? GzipCompressor(level: level))
        } else {
            compressor = Mutex(nil)
        }
    }

    /// The request for a batch; `nil` when its body would be longer than the policy allows.
    ///
    /// - Parameters:
    ///   - batch: The records.
    ///   - unixNanoseconds: When it is sent.
    /// - Returns: The request, its body framed and compressed.
    func request(for batch: any SpooledBatch, unixNanoseconds: UInt64) -> OutgoingRequest? {
        guard batch.byteCount <= policy.requestLimit else { return nil }
        let body = policy.framing.body(of: batch, unixNanoseconds: unixNanoseconds)
        guard body.count <= policy.requestLimit else { return nil }
        var request = OutgoingRequest(endpoint: policy.endpoint, headers: fields, body: body)
        if let compressed = compressor.withLock({ compressor in try? compressor?.compress(body) }) {
            request.body = compressed
            request.headers.append(HeaderField(name: "Content-Encoding", checkedValue: "gzip"))
        }
        return request
    }
}
