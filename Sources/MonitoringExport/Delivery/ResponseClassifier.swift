/// What an answer means for the records that were sent.
package enum ResponseVerdict: Sendable, Hashable {
    /// The receiver has them, but for `rejected` of them; the message is a warning or the reason.
    case accepted(rejected: Int, message: String?)
    /// The receiver cannot take them now.
    case retry(message: String?)
    /// The request is too long; a shorter one may do.
    case tooLarge(message: String?)
    /// The receiver will never take them.
    case rejected(message: String?)
}

/// Knows how one kind of receiver answers.
package protocol ResponseClassifier: Sendable {
    /// Says what an answer means. Called once for each, from the exporter's task; must not trap on any bytes.
    ///
    /// - Parameters:
    ///   - response: The answer, untrusted.
    ///   - recordCount: How many records the request held.
    /// - Returns: What becomes of the records.
    func verdict(for response: OutgoingResponse, recordCount: Int) -> ResponseVerdict
}
