import Foundation
import Testing

@testable import MonitoringDemoAgent

struct LedgerLineTests {
    @Test func `a line has all five keys, null for no parent, and is one line whatever the name`() throws {
        let line = LedgerLine(traceID: "t", spanID: "s", parentSpanID: nil, name: "a \"b\"\n/c", kind: "client")
        let json = try line.json()
        #expect(!json.contains(UInt8(ascii: "\n")))
        let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(Set(object.keys) == ["trace_id", "span_id", "parent_span_id", "name", "kind"])
        #expect(object["parent_span_id"] is NSNull)
        #expect(object["name"] as? String == "a \"b\"\n/c")
    }

    @Test func `the summary is one JSON object`() throws {
        let json = RunSummary(operations: 3, errors: 1, traces: 2, httpRequests: 4).json
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Int])
        #expect(object == ["operations": 3, "errors": 1, "traces": 2, "http_requests": 4])
    }

    @Test func `a line file appends whole lines and says why it cannot be opened`() throws {
        let file = TemporaryFile()
        for text in ["one", "", "three"] {
            let lines = try LineFile(appendingTo: file.url.path)
            #expect(lines.write(line: text.utf8))
        }
        #expect(try String(contentsOf: file.url, encoding: .utf8) == "one\n\nthree\n")
        let error = #expect(throws: LineFileError.self) { try LineFile(appendingTo: "/nowhere/at/all") }
        #expect(error?.description.hasPrefix("cannot write to /nowhere/at/all: ") == true)
    }
}
