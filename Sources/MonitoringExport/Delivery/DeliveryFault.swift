/// What went wrong with an attempt.
enum DeliveryFault: Sendable {
    /// There was no answer.
    case unanswered(TransportError)
    /// The receiver cannot take anything now.
    case busy(status: Int, message: String?, wait: Duration?)
    /// The receiver refused the request for good.
    case refused(status: Int, message: String?, location: String?, isGRPC: Bool)
    /// The receiver took the request but for some records, or had something to say.
    case partlyRefused(rejected: Int, message: String?)
    /// The answer is longer than what is read of it, so that nobody knows what it says.
    case answerTooLong
    /// The receiver takes shorter requests only; the batch is halved.
    case halved
    /// A single record is longer than any request may be.
    case recordTooLarge(bytes: Int, byReceiver: Bool)
    /// Records were waiting for longer than they may.
    case tooOld

    /// Whether the records wait for another attempt.
    var isOutage: Bool {
        switch self {
        case .unanswered, .busy: true
        default: false
        }
    }
}
