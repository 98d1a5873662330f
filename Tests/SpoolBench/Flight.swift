import MonitoringCore
import MonitoringExport

/// The flight recorder's part of an operation: its entry made, its destination noted, its entry cleared.
enum Flight {
    static func run() throws {
        let folder = try Bench.Folder()
        guard let files = try folder.files(),
            let recorder = FlightRecorder(files: files, identity: [], clock: SystemClock(), notesSignals: false)
        else { return print("flight: there is no folder") }
        let record = Monitor.Record(
            kind: .model, name: Monitor.OperationName("chat", "claude-sonnet-4-20250514"), spanKind: .client,
            trace: Monitor.TraceContext(
                traceID: Monitor.TraceID(high: 1, low: 2), spanID: Monitor.SpanID(3), flags: .sampled),
            parentSpanID: Monitor.SpanID(4), parentIsRemote: false, startUnixNanoseconds: 5, attributes: [])
        let count = 1_000_000
        var times: [Double] = []
        for _ in 0..<15 {
            let taken = Bench.seconds {
                for _ in 0..<count {
                    recorder.begin(record)
                    _ = unsafe recorder.destination(of: record)
                    recorder.end(record)
                }
            }
            times.append(taken * 1e9 / Double(count))
        }
        Bench.show("flight recorder, an operation", times, "ns")
        recorder.close()
    }
}
