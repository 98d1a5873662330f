import Foundation
import MonitoringCore
import MonitoringTesting
import Testing

@testable import MonitoringExport

extension ProcessWideTests {
    /// A recorder that goes out of scope without being closed leaves what a killed process leaves.
    @Suite struct FlightRecorderTests {
        private func record(
            _ name: String, span: UInt64, parent: UInt64? = nil, sampled: Bool = true
        ) -> Monitor.Record {
            Monitor.Record(
                kind: .tool, name: Monitor.OperationName("execute_tool", name), spanKind: .internal,
                trace: Monitor.TraceContext(
                    traceID: Monitor.TraceID(high: 7, low: 8), spanID: Monitor.SpanID(span),
                    flags: sampled ? .sampled : []),
                parentSpanID: parent.map { Monitor.SpanID($0) }, parentIsRemote: false, startUnixNanoseconds: span,
                attributes: [])
        }

        private func recorder(_ files: SpoolFiles) throws -> FlightRecorder {
            try #require(
                FlightRecorder(files: files, identity: Array("dead".utf8), clock: SpoolClock(), notesSignals: false))
        }

        /// A life that ends as `body` leaves it, and what the next one is told of it.
        private func after(_ body: (Spool, FlightRecorder) throws -> Void) throws -> (
            logs: [FlightLog], sent: [TestRecord]
        ) {
            let folder = try TemporaryFolder()
            do {
                let files = try #require(try folder.files())
                let spool = Spool(configuration: .small(segments: 100), clock: SpoolClock(), files: files)
                try body(spool, try recorder(files))
            }
            let logs = LogList()
            let heir = Spool(
                configuration: .small(segments: 100), clock: SpoolClock(), files: try folder.files(),
                onFlight: { log in
                    logs.append(log)
                    return log.operations.map { Array("interrupted \($0.name.subject)".utf8) }
                })
            heir.adopt()
            heir.adopt()
            let sent = heir.drain()
            #expect(DeliveryLedger(of: heir).snapshot().imbalance == 0)
            heir.close()
            #expect(folder.contents.filter { $0.hasSuffix(".flight") || $0.hasSuffix(".segment") } == [])
            return (logs.all, sent)
        }

        @Test func `what had not ended is told with ids and parents, what had is not`() throws {
            let (logs, sent) = try after { _, recorder in
                let records = (1...5).map { record("\($0)", span: UInt64($0), parent: $0 > 1 ? UInt64($0 - 1) : nil) }
                for record in records { recorder.begin(record) }
                recorder.end(records[1])
                recorder.end(records[3])
            }
            #expect(logs.count == 1 && logs[0].end == .crash)
            let operations = logs[0].operations
            #expect(operations.map(\.name.description) == ["execute_tool 1", "execute_tool 3", "execute_tool 5"])
            #expect(operations.map(\.trace.spanID.bits) == [1, 3, 5])
            #expect(operations.map { $0.parentSpanID?.bits } == [nil, 2, 4])
            #expect(
                operations.allSatisfy { $0.trace.traceID == Monitor.TraceID(high: 7, low: 8) && $0.trace.isSampled })
            #expect(operations.allSatisfy { $0.kind == .tool && $0.spanKind == .internal })
            #expect(sent.count == 3)
        }

        @Test func `the spans of the interrupted are sent in their process's name, after what it had handed over`()
            throws
        {
            let folder = try TemporaryFolder()
            do {
                let files = try #require(try folder.files())
                var configuration = SpoolConfiguration.small()
                configuration.identity = Array("dead".utf8)
                let spool = Spool(configuration: configuration, clock: SpoolClock(), files: files)
                let recorder = try recorder(files)
                spool.append("done")
                recorder.begin(record("a", span: 1))
            }
            var configuration = SpoolConfiguration.small()
            configuration.identity = Array("heir".utf8)
            let heir = Spool(
                configuration: configuration, clock: SpoolClock(), files: try folder.files(),
                onFlight: { $0.operations.map { Array($0.name.subject.utf8) } })
            heir.adopt()
            let batch = try #require(heir.nextBatch())
            #expect(batch.identity == Array("dead".utf8))
            #expect(batch.texts == ["done", "a"])
            batch.settle(.accepted(rejected: 0))
            let ledger = DeliveryLedger(of: heir).snapshot()
            #expect(ledger == Monitor.Ledger(signal: "traces", recovered: 2, delivered: 2))
        }

        @Test func `an operation whose record is there had ended, though its entry is still open`() throws {
            let (logs, sent) = try after { spool, recorder in
                let done = record("done", span: 1)
                recorder.begin(done)
                let bytes = Array("done".utf8)
                unsafe bytes.withUnsafeBytes { bytes in
                    _ = unsafe spool.append(kind: 0, bytes, noting: recorder.destination(of: done))
                }
                // Dies before the entry is cleared.
            }
            #expect(logs[0].operations.isEmpty)
            #expect(sent == [TestRecord("done", kind: 0)])
        }

        @Test func `so had one whose record was sent already, and whose segment is gone`() throws {
            let (logs, _) = try after { spool, recorder in
                let done = record("done", span: 1)
                recorder.begin(done)
                let bytes = Array("done".utf8)
                unsafe bytes.withUnsafeBytes { bytes in
                    _ = unsafe spool.append(kind: 0, bytes, noting: recorder.destination(of: done))
                }
                for _ in 0..<1_000 { spool.append(size: 300) }
                _ = spool.drain()
            }
            #expect(logs[0].operations.isEmpty)
        }

        @Test func `one that died between its note and its record had not`() throws {
            let (logs, sent) = try after { spool, recorder in
                spool.append("before")
                let lost = record("lost", span: 1)
                recorder.begin(lost)
                let bytes = Array("lost".utf8)
                unsafe bytes.withUnsafeBytes { bytes in
                    // The steps of an append up to the commit.
                    guard let stripe = unsafe spool.stripes.take(), var writer = unsafe stripe.pointee.lane?.writer
                    else {
                        return
                    }
                    let id = unsafe stripe.pointee.lane?.segmentID ?? 0
                    unsafe recorder.destination(of: lost)?.note(segmentID: id, offset: writer.offset)
                    for step in 0..<3 { unsafe writer.perform(step, kind: 0, time: 1, bytes) }
                    unsafe spool.stripes.giveBack(stripe)
                }
            }
            #expect(logs[0].operations.map(\.name.subject) == ["lost"])
            #expect(sent.map { String(decoding: $0.bytes, as: UTF8.self) } == ["before", "interrupted lost"])
        }

        @Test func `after a shutdown nothing is told`() throws {
            let (logs, sent) = try after { _, recorder in
                recorder.begin(record("a", span: 1))
                recorder.close()
                recorder.begin(record("b", span: 2))
            }
            #expect(logs.isEmpty && sent.isEmpty)
        }

        @Test func `the last breadcrumbs are told in order`() throws {
            let (logs, _) = try after { _, recorder in
                for number in 0..<100 {
                    recorder.note(
                        Monitor.Breadcrumb(
                            unixNanoseconds: UInt64(number),
                            message: "step \(number) " + String(repeating: "é", count: 200),
                            category: "app", level: .warning))
                }
            }
            let crumbs = logs[0].breadcrumbs
            #expect(crumbs.map(\.unixNanoseconds) == Array(36..<100))
            #expect(crumbs.allSatisfy { $0.category == "app" && $0.level == .warning && $0.message.utf8.count <= 200 })
            #expect(crumbs.allSatisfy { !$0.message.contains("\u{fffd}") })
        }

        @Test func `more operations than there is room for are left out, and all can be entered again once they end`()
            throws
        {
            let (logs, _) = try after { _, recorder in
                let records = (1...2_000).map { record("\($0)", span: UInt64($0)) }
                for record in records { recorder.begin(record) }
                for record in records { recorder.end(record) }
                for record in records.prefix(40) { recorder.begin(record) }
            }
            #expect(logs[0].operations.count == 40)
        }

        @Test func `names are cut at a character, whatever is in them`() throws {
            let name = String(repeating: "ü", count: 40) + "\u{0}\n\"\u{1F525}"
            let (logs, _) = try after { _, recorder in recorder.begin(record(name, span: 1)) }
            #expect(logs[0].operations[0].name.subject == String(repeating: "ü", count: 32))
        }

        @Test func `another boot's flight is not read`() throws {
            let bytes = try image { $0.begin(record("a", span: 1)) }
            let log = unsafe bytes.withUnsafeBytes { unsafe FlightLog(reading: $0, bootID: BootID(low: 1, high: 2)) }
            #expect(log?.end == .reboot && log?.operations.isEmpty == true && log?.crashReport == nil)
        }

        @Test(arguments: [(0, .crash), (15, .signal(15)), (2, .signal(2)), (255, .exit)] as [(UInt8, FlightLog.End)])
        func `only an end without a mark is a crash`(mark: UInt8, end: FlightLog.End) throws {
            var bytes = try image { $0.begin(record("a", span: 1)) }
            bytes[80] = mark
            let log = unsafe bytes.withUnsafeBytes { unsafe FlightLog(reading: $0) }
            #expect(log?.end == end && log?.operations.count == 1)
            #expect((log?.crashReport != nil) == (end == .crash))
        }

        @Test func `whatever happened to the bytes, nothing is told that was not in flight`() throws {
            let sound = try image { recorder in
                for number in 1...50 { recorder.begin(record("tool \(number)", span: UInt64(number))) }
                for number in 1...50 {
                    recorder.note(
                        Monitor.Breadcrumb(
                            unixNanoseconds: UInt64(number), message: "m\(number)", category: "c", level: .info))
                }
            }
            for seed in 0..<UInt64(FuzzRounds.count(2_000) / 10) {
                var random = SeededGenerator(seed: seed)
                var bytes = sound
                for _ in 0..<Int.random(in: 1...200, using: &random) {
                    let index = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[index] = UInt8.random(in: 0...255, using: &random)
                }
                if seed.isMultiple(of: 7) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
                guard let log = unsafe bytes.withUnsafeBytes({ unsafe FlightLog(reading: $0) }) else { continue }
                #expect(log.operations.allSatisfy { $0.name.subject == "tool \($0.trace.spanID.bits)" }, "\(seed)")
                #expect(log.breadcrumbs.allSatisfy { $0.message == "m\($0.unixNanoseconds)" }, "\(seed)")
            }
        }

        /// The bytes of a flight recorder's file.
        private func image(_ body: (FlightRecorder) throws -> Void) throws -> [UInt8] {
            let folder = try TemporaryFolder()
            let files = try #require(try folder.files())
            let recorder = try recorder(files)
            try body(recorder)
            let name = try #require(folder.contents.first { $0.hasSuffix(".flight") })
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))
        }

        private final class LogList: Sendable {
            private let state = SharedState<[FlightLog]>([])
            func append(_ log: FlightLog) { state.withLock { $0.append(log) } }
            var all: [FlightLog] { state.withLock { $0 } }
        }
    }
}
