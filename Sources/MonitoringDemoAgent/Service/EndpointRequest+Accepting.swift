import Foundation
import MonitoringCore

extension EndpointRequest {
    /// Whether the caller asks for a media type by its name, and does not refuse it with a quality of 0.
    func accepts(_ type: String) -> Bool {
        headers.values("accept").joined(separator: ",").split(separator: ",").contains { range in
            let parts = range.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
            let isRefused = parts.dropFirst().contains { $0.hasPrefix("q=") && Double($0.dropFirst(2)) == 0 }
            return parts.first == type && !isRefused
        }
    }
}
