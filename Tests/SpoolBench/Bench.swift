import Foundation
import MonitoringCore
import MonitoringExport

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What all rows need.
enum Bench {
    /// A folder that is removed with the object.
    final class Folder: Sendable {
        let path = NSTemporaryDirectory() + "spool-bench-" + UUID().uuidString

        init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false) }
        deinit { try? FileManager.default.removeItem(atPath: path) }

        func files(bytes: Int = 64 << 20) throws -> SpoolFiles? {
            var settings = SpoolSettings()
            settings.directory = path
            settings.level = .process
            settings.maximumBytes = bytes
            return try SpoolFiles.open(Self.place(), settings)
        }

        static func place(_ endpoint: String = "http://127.0.0.1:4318/v1/traces") throws -> SpoolFiles.Place {
            SpoolFiles.Place(signal: .traces, resource: Monitor.Resource(), endpoint: try Endpoint(endpoint))
        }

        func spool(bytes: Int = 64 << 20) throws -> Spool { try Bench.spool(files: files(bytes: bytes), bytes: bytes) }
    }

    static func spool(files: SpoolFiles? = nil, bytes: Int = 64 << 20) throws -> Spool {
        let identity = OTLPTraceRequest.identity(resource: Monitor.Resource())
        return Spool(
            configuration: SpoolConfiguration(
                signal: .traces, encoding: .otlpJSON, identity: identity, maximumBytes: bytes),
            clock: SystemClock(), files: files)
    }

    /// A span as it is sent, of about 800 bytes.
    static let span: [UInt8] = Array(
        (#"{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","flags":257,"name":"chat claude","#
            + #""kind":3,"startTimeUnixNano":"1700000000000000000","endTimeUnixNano":"1700000001000000000","attributes":["#
            + (0..<9).map { #"{"key":"gen_ai.attribute.\#($0)","value":{"stringValue":"value \#($0 * 7919)"}}"# }
            .joined(separator: ",") + "]}").utf8)

    static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = SystemClock().monotonicNanoseconds
        try body()
        return Double(SystemClock().monotonicNanoseconds - start) / 1e9
    }

    /// The processor time of all threads so far, in seconds.
    static var cpu: Double {
        var usage = rusage()
        // The number of RUSAGE_SELF, whose type differs between C libraries.
        _ = unsafe getrusage(0, &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return seconds(usage.ru_utime) + seconds(usage.ru_stime)
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    static func show(_ row: String, _ values: [Double], _ unit: String) {
        let low = String(format: "%.1f", values.min() ?? 0)
        print("\(row): \(low) / \(String(format: "%.1f", median(values))) \(unit) (min / median of \(values.count))")
    }

    static func show(_ row: String, ratioOf one: [Double], to other: [Double]) {
        let low = (one.min() ?? 0) / max(other.min() ?? 1, 1e-12)
        let middle = median(one) / max(median(other), 1e-12)
        print("\(row): \(String(format: "%.2f / %.2f", low, middle)) (of the minimums / of the medians)")
    }
}

/// Answers without a network.
struct AnsweringTransport: HTTPTransport {
    var isDead = false

    func send(
        _ request: OutgoingRequest, timeout: Duration, responseLimit: Int
    ) async throws(TransportError) -> OutgoingResponse {
        if isDead { throw TransportError(.refused, origin: request.endpoint.origin) }
        return OutgoingResponse(status: 200, headers: [], body: Array("{}".utf8))
    }
}
