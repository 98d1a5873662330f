import Foundation

/// A request to another process, and how long and how much it may take.
struct HTTPRequest: Sendable {
    var method: String
    var url: URL
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []
    /// The longest time in which nothing comes: before the answer's head, and between the pieces of its body.
    var silence = Duration.seconds(30)
    /// The longest time until the end of the body.
    var limit = Duration.seconds(120)
    /// The longest body that is taken, in bytes.
    var bodyLimit = 1 << 20

    init(_ method: String, _ url: URL) {
        self.method = method
        self.url = url
    }

    /// Gives the request a body of JSON.
    mutating func setJSON(_ bytes: [UInt8]) {
        headers.append(("Content-Type", "application/json"))
        body = bytes
    }
}
