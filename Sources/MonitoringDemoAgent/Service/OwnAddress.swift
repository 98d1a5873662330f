import Foundation
import Synchronization

/// Where the demo's own service is, once it listens.
final class OwnAddress: Sendable {
    private let origin = Mutex<String?>(nil)

    /// The service's URL, without a slash at its end; nil while nothing listens.
    var base: String? { origin.withLock(\.self) }

    /// The service listens.
    func set(host: String, port: Int) {
        let shown = host.contains(":") ? "[\(host)]" : host
        origin.withLock { $0 = "http://\(shown):\(port)" }
    }

    /// The URL of a path; nil while nothing listens.
    func url(_ path: String) -> URL? {
        base.flatMap { URL(string: $0 + path) }
    }
}
