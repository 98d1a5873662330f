import Foundation
import MonitoringCore
import MonitoringExport
import MonitoringTesting
import Testing

@Suite struct OTLPTextTests {
    /// Texts with one character at every place that copying by words could get wrong.
    @Test(arguments: ["\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1f}", "\u{7f}", "é", "\u{2028}", "🔥", "\u{ffff}"])
    func `a character survives wherever it stands`(character: Character) throws {
        for length in 0...40 {
            for position in 0...length {
                var text = String(repeating: "x", count: position)
                text.append(character)
                text += String(repeating: "y", count: length - position)
                let json = try EncodedSpan.json(of: .string(text))
                #expect(json == .object(["stringValue": .string(text)]), "at \(position) of \(length)")
            }
        }
    }

    @Test func `control characters are escaped and nothing else is`() throws {
        let bytes = try #require(
            EncodedSpan(attributes: [EncodedSpan.attribute("k", .string("a\u{0}\u{1f}\u{7f}é/"))]).bytes())
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""stringValue":"a\u0000\u001f"# + "\u{7f}é/\""))
    }

    @Test func `keys and names are escaped too`() throws {
        let hostile = "\"},{\"a\":\"\\\u{1}"
        let event = Monitor.Event(name: hostile, unixNanoseconds: 1, attributes: [])
        let json = try EncodedSpan(
            attributes: [EncodedSpan.attribute(hostile, .map([Monitor.KeyValue(hostile, .int(1))]))],
            events: [event],
            name: Monitor.OperationName(hostile, hostile)
        ).json()
        #expect(json["name"] == .string("\(hostile) \(hostile)"))
        #expect(json["events"]?[0]?["name"] == .string(hostile))
        let map = json["attributes"]?.attribute(hostile)?["kvlistValue"]?["values"]
        #expect(map?.attribute(hostile) == .object(["intValue": .string("1")]))
    }

    @Test func `random texts come back as they were`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<FuzzRounds.count(1_000) {
            let text = random.text(upTo: 120)
            let record = EncodedSpan(attributes: [EncodedSpan.attribute("k", .string(text))])
            let bytes = try #require(record.bytes())
            let object = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
            let attributes = object?["attributes"] as? [[String: Any]]
            let value = attributes?.first?["value"] as? [String: String]
            #expect(value?["stringValue"].map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test func `random spans are whole documents`() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<150 {
            let attributes = (0..<Int.random(in: 0...8, using: &random)).map { index in
                EncodedSpan.attribute("\(index)" + random.text(upTo: 20), random.value(depth: 0))
            }
            let event = Monitor.Event(name: random.text(upTo: 30), unixNanoseconds: 1, attributes: attributes)
            let span = EncodedSpan(
                attributes: attributes,
                events: [event],
                links: [Monitor.Link(context: EncodedSpan().trace, attributes: attributes)],
                name: Monitor.OperationName(random.text(upTo: 30), random.text(upTo: 30))
            )
            let json = try span.json()
            #expect(json["attributes"]?.array.count ?? 0 == attributes.count)
            #expect(json["attributes"] == json["links"]?[0]?["attributes"])
            #expect(json["attributes"] == json["events"]?[0]?["attributes"])
            let short = Int.random(in: 600...2_000, using: &random)
            if let bytes = span.bytes(limit: short) {
                #expect(bytes.count <= short)
                _ = try JSONValue(parsing: bytes)
            }
        }
    }
}
