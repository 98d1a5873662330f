import MonitoringCore
import MonitoringTesting
import Synchronization
import Testing

@Suite struct BadInputTests {
    private static let huge = String(repeating: "0123456789abcdef", count: 10 << 16)
    /// The limit on a record, and what a last entry, a name and an error may add.
    private static let bound = (1 << 20) + (128 << 10)

    /// About how many bytes a record holds.
    private func footprint(_ record: Monitor.Record) -> Int {
        func size(_ attributes: [Monitor.Attribute]) -> Int {
            attributes.reduce(0) { $0 + $1.key.name.utf8.count + $1.value.approximateByteCount }
        }
        return record.name.utf8.count + size(record.attributes) + (record.failure?.message.utf8.count ?? 0)
            + record.events.reduce(0) { $0 + $1.name.utf8.count + size($1.attributes) }
            + record.links.reduce(0) { $0 + size($1.attributes) }
    }

    @Test func `texts of ten megabytes wherever a text can stand leave a record of a megabyte`() async throws {
        let telemetry = try await TestMonitor { $0.capturesContent = true }
        let monitor = telemetry.monitor
        let huge = Self.huge
        struct Wordy: Error, CustomStringConvertible {
            let description: String
        }
        let context = Monitor.TraceContext(traceID: Monitor.TraceID(high: 1, low: 1), spanID: Monitor.SpanID(1))
        try? monitor.observe(.tool(name: huge, callID: huge).with(.toolDescription, huge)) { operation in
            for index in 0..<20 {
                operation.detail("detail-\(index)", huge)
                operation.label("label-\(index)", huge)
                operation.detail("list-\(index)", [huge, huge])
                operation.event(huge, ["a": huge])
                operation.link(context, ["a": huge])
                operation.content("user", huge)
                operation.recordException(Wordy(description: huge), ["a": huge])
            }
            operation.detail(huge, 1)
            throw Wordy(description: huge)
        }
        telemetry.monitor.observe(.custom("c")) { $0.fail(huge, huge) }
        for record in telemetry.operations { #expect(footprint(record) <= Self.bound) }
        let tool = try #require(telemetry.operations.first)
        #expect(tool.nameParts.subject.utf8.count <= Monitor.OperationName.limit + 3)
        let message = try #require(tool.failure?.message)
        #expect(message.utf8.count <= ErrorText.limit + 3 && message.hasPrefix("0123"))
        #expect(telemetry.violations.isEmpty)
    }

    @Test(arguments: [
        "\u{0}\u{1}\u{7F}\u{1B}[31m", "\u{202E}\u{2066}\u{2028}\u{FEFF}", "\r\n\r\nX-Evil: 1", "e\u{301}🏳️‍🌈",
        String(decoding: [0xFF, 0xC3, 0x28, 0x80] as [UInt8], as: UTF8.self),
        String(decoding: [0xED, 0xA0, 0x80] as [UInt16], as: UTF16.self),
    ])
    func `control characters and broken encodings are kept as text and break nothing`(_ text: String) async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.custom(text, name: text).with(.toolDescription, text)) { operation in
            operation.detail(text, text)
            operation.event(text, [text: text])
            operation.fail(text, text)
        }
        let record = try #require(telemetry.operations.first)
        #expect(record[Monitor.Detail<String>(name: text)] == text && record.nameParts.verb == text)
        #expect(record.events.first?.name == text && record.failure?.type == text)
        #expect(telemetry.diagnostics.allSatisfy { !$0.unicodeScalars.contains { $0.value < 0x20 } })
    }

    @Test func `invalid UTF-8 from C arrives as replacement characters`() async throws {
        let telemetry = try await TestMonitor()
        let bytes: [CChar] = [97, -1, -62, 98, 0]
        let text = String(decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        telemetry.monitor.observe(.tool(name: text)) { $0.detail("c", text) }
        #expect(telemetry.operations.first?[Monitor.Detail<String>(name: "c")] == "a\u{FFFD}\u{FFFD}b")
    }

    @Test func `a hundred thousand attributes, events and links are bounded and counted`() async throws {
        let telemetry = try await TestMonitor()
        let context = Monitor.TraceContext(traceID: Monitor.TraceID(high: 1, low: 1), spanID: Monitor.SpanID(1))
        telemetry.monitor.observe(.custom("c")) { operation in
            for index in 0..<100_000 {
                operation.detail("d\(index)", index)
                operation.event("e")
                operation.link(context)
            }
        }
        let record = try #require(telemetry.operations.first)
        let state = record.state.withLock { $0 }
        #expect(state.attributes.count == 128 && state.droppedAttributes == 100_000 - 127)
        #expect(state.events.count == 128 && state.droppedEvents == 100_000 - 128)
        #expect(state.links.count == 128 && state.droppedLinks == 100_000 - 128)
    }

    @Test func `an operation's first attributes are bounded and counted too`() async throws {
        let telemetry = try await TestMonitor()
        var work = Monitor.Work.custom("c")
        for index in 0..<1000 { work = work.with(Monitor.Detail<Int>(name: "d\(index)"), index) }
        telemetry.monitor.observe(work) {}
        let state = try #require(telemetry.operations.first).state.withLock { $0 }
        #expect(state.attributes.count == 128 && state.droppedAttributes == 1001 - 128)
    }

    @Test func `an event's attributes are bounded and counted`() async throws {
        let telemetry = try await TestMonitor()
        var attributes = Monitor.Attributes()
        for index in 0..<1000 { attributes["a\(index)"] = index }
        telemetry.monitor.observe(.custom("c")) { $0.event("e", attributes) }
        let event = try #require(telemetry.operations.first?.events.first)
        #expect(event.attributes.count == 128 && event.droppedAttributes == 872)
    }

    @Test func `a value that is told anew a hundred thousand times ends as told last`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.chat(provider: "p", model: "m")) { operation in
            for count in 1...100_000 { operation[.outputTokens] = count }
        }
        #expect(telemetry.operations.first?[.outputTokens] == 100_000)
    }

    @Test func `keys that are empty are dropped and counted, wherever they stand`() async throws {
        let telemetry = try await TestMonitor()
        let context = Monitor.TraceContext(traceID: Monitor.TraceID(high: 1, low: 1), spanID: Monitor.SpanID(1))
        telemetry.monitor.observe(.custom("c").with(Monitor.Detail<Int>(name: ""), 1)) { operation in
            operation.detail("", 1)
            operation.label("", 1)
            operation.event("e", ["": 1, "a": 2])
            operation.link(context, ["": 1])
        }
        let record = try #require(telemetry.operations.first)
        #expect(record.attributes.allSatisfy { !$0.key.name.isEmpty })
        #expect(record.state.withLock(\.droppedAttributes) == 3)
        #expect(record.events.first?.attributes.map(\.key.name) == ["a"])
        #expect(record.events.first?.droppedAttributes == 1 && record.links.first?.droppedAttributes == 1)
    }

    @Test func `values that are nested deeply are taken`() async throws {
        let telemetry = try await TestMonitor()
        var value = Monitor.Value.string("core")
        for _ in 0..<1000 { value = .array([.map([Monitor.KeyValue("k", value)])]) }
        telemetry.monitor.observe(.custom("c")) { operation in
            operation.detail("deep", value)
            operation.event("e", ["deep": value])
        }
        #expect(telemetry.operations.first?.attributes.last?.key.name == "deep")
        #expect(telemetry.operations.first?.events.count == 1)
    }

    @Test(arguments: [Double.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    func `numbers at the edges are kept`(_ number: Double) async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.custom("c")) { operation in
            operation.detail("double", number)
            operation.detail("huge", UInt64.max)
            operation.detail("least", Int.min)
            operation[.inputTokens] = .max
            operation.detail("long", Duration.seconds(Int64.max))
        }
        let record = try #require(telemetry.operations.first)
        let kept = try #require(record[Monitor.Detail<Double>(name: "double")])
        #expect(kept.bitPattern == number.bitPattern)
        #expect(
            record[Monitor.Detail<UInt64>(name: "huge")] == .max && record[Monitor.Detail<Int>(name: "least")] == .min)
    }

    @Test func `captures, logs, crumbs and tags of ten megabytes are taken`() async throws {
        let telemetry = try await TestMonitor()
        let huge = Self.huge
        telemetry.monitor.observe(.httpServer(method: huge, route: huge, requestID: huge)) { operation in
            telemetry.monitor.scope.tags[huge] = huge
            telemetry.monitor.breadcrumb(huge, category: huge, [huge: huge])
            telemetry.monitor.capture(huge, tags: [huge: huge])
            telemetry.monitor.log(.error, huge, [huge: huge])
            #expect(operation.requestID.utf8.count == 32)
        }
        #expect(telemetry.captures.count == 1 && telemetry.logs.count == 1)
        #expect(telemetry.captures.first?.scope.breadcrumbs.count == 1)
    }
}
