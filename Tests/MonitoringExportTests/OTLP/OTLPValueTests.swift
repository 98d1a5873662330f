import MonitoringCore
import MonitoringExport
import Testing

@Suite struct OTLPValueTests {
    @Test(arguments: [
        0, 1, 9, 10, 99, 100, 9_999_999, 10_000_000, 99_999_999, 100_000_000, 123_456_789, 9_999_999_999_999_999,
        10_000_000_000_000_000, 1_800_000_000_123_456_789, Int64.max, -1, -10, -100_000_000, Int64.min,
    ])
    func `integers are decimal strings`(number: Int64) throws {
        #expect(try EncodedSpan.json(of: .int(number)) == .object(["intValue": .string(String(number))]))
    }

    @Test func `integers of every length are right`() throws {
        var number: UInt64 = 1
        for digits in 1...19 {
            for value in [number, number &* 9, number &* 10 &- 1] {
                let value = Int64(truncatingIfNeeded: value & UInt64(Int64.max))
                #expect(
                    try EncodedSpan.json(of: .int(value)) == .object(["intValue": .string(String(value))]), "\(digits)")
            }
            number &*= 10
        }
    }

    @Test(arguments: [
        0, 1, -1, 1.5, 3, 0.1, 1e300, .leastNonzeroMagnitude, 1e-5, 123_456_789.125, 9_007_199_254_740_991,
        9_007_199_254_740_992,
        1e22, -2.5e-10, .greatestFiniteMagnitude,
    ])
    func `doubles are numbers`(number: Double) throws {
        #expect(try EncodedSpan.json(of: .double(number)) == .object(["doubleValue": .number(number)]))
    }

    @Test func `negative zero keeps its sign, and what is no number is a string`() throws {
        guard case .number(let zero)? = try EncodedSpan.json(of: .double(-0.0))["doubleValue"] else {
            Issue.record("no number")
            return
        }
        #expect(zero.sign == .minus)
        #expect(try EncodedSpan.json(of: .double(.nan)) == .object(["doubleValue": .string("NaN")]))
        #expect(try EncodedSpan.json(of: .double(.infinity)) == .object(["doubleValue": .string("Infinity")]))
        #expect(try EncodedSpan.json(of: .double(-.infinity)) == .object(["doubleValue": .string("-Infinity")]))
    }

    @Test func `zero, empty and null are values`() throws {
        #expect(try EncodedSpan.json(of: .null) == .object([:]))
        #expect(try EncodedSpan.json(of: .bool(false)) == .object(["boolValue": .bool(false)]))
        #expect(try EncodedSpan.json(of: .string("")) == .object(["stringValue": .string("")]))
        #expect(try EncodedSpan.json(of: .bytes([])) == .object(["bytesValue": .string("")]))
        let nulls = try EncodedSpan.json(of: .array([.null, .int(1), .null]))
        #expect(
            nulls["arrayValue"]?["values"]?.array == [.object([:]), .object(["intValue": .string("1")]), .object([:])])
    }

    @Test(
        arguments: [
            ([0x66], "Zg=="), ([0x66, 0x6f], "Zm8="), ([0x66, 0x6f, 0x6f], "Zm9v"),
            ([0x00, 0x01, 0xfe, 0xff], "AAH+/w=="),
            ([0xfb, 0xef, 0xbe], "++++"), ([0xff, 0xff, 0xff], "////"),
        ] as [([UInt8], String)])
    func `bytes are padded base64`(bytes: [UInt8], text: String) throws {
        #expect(try EncodedSpan.json(of: .bytes(bytes)) == .object(["bytesValue": .string(text)]))
    }

    @Test func `keys of a map are unique: the last counts`() throws {
        let map: [Monitor.KeyValue] = [.init("a", .int(1)), .init("b", .int(2)), .init("a", .int(3))]
        let entries = try EncodedSpan.json(of: .map(map))["kvlistValue"]?["values"]
        #expect(entries?.array.map { $0["key"]?.string } == ["b", "a"])
        #expect(entries?.attribute("a") == .object(["intValue": .string("3")]))
    }

    @Test func `a map with one entry twice, and that the last, has no comma too many`() throws {
        let map: [Monitor.KeyValue] = [.init("a", .int(1)), .init("a", .int(3))]
        #expect(try EncodedSpan.json(of: .map(map))["kvlistValue"]?["values"]?.array.count == 1)
    }

    @Test func `arrays and maps are kept to a depth of 64`() throws {
        func nested(_ depth: Int) -> Monitor.Value {
            (1..<depth).reduce(.array([.string("leaf")])) { inner, level in
                level.isMultiple(of: 2) ? .array([inner]) : .map([Monitor.KeyValue("k", inner)])
            }
        }
        func depth(of json: JSONValue) -> Int {
            if let values = json["arrayValue"]?["values"] { return 1 + (values[0].map(depth) ?? 0) }
            if let entry = json["kvlistValue"]?["values"]?[0] { return 1 + (entry["value"].map(depth) ?? 0) }
            return 0
        }
        #expect(try depth(of: EncodedSpan.json(of: nested(64))) == 64)
        #expect(try depth(of: EncodedSpan.json(of: nested(65))) == 64)
        #expect(try depth(of: EncodedSpan.json(of: nested(500))) == 64)
    }
}
