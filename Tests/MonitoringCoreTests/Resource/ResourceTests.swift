import Testing

@testable import MonitoringCore

@Suite struct ResourceTests {
    @Test func `attributes keep their order and each key comes once`() {
        var resource = Monitor.Resource([.init("a", .int(1)), .init("b", .int(2)), .init("a", .int(3))])
        #expect(resource.attributes == [.init("a", .int(3)), .init("b", .int(2))])
        resource["c"] = .string("x")
        resource["a"] = nil
        resource["missing"] = nil
        #expect(resource.attributes == [.init("b", .int(2)), .init("c", .string("x"))])
        #expect(resource["a"] == nil)
        #expect(resource["c"] == .string("x"))
    }

    @Test func `the updating resource wins, even with an empty value`() {
        let old = Monitor.Resource([.init("a", .string("1")), .init("b", .string("2"))])
        let new = Monitor.Resource([.init("c", .string("3")), .init("a", .string(""))])
        #expect(
            old.merging(new).attributes == [
                .init("a", .string("")), .init("b", .string("2")), .init("c", .string("3")),
            ]
        )
    }

    @Test(arguments: [("", "", ""), ("x", "", "x"), ("", "y", "y"), ("x", "x", "x"), ("x", "y", "")])
    func `a merged resource has the schema that holds for all of it`(_ old: String, _ new: String, _ merged: String) {
        let result = Monitor.Resource([], schemaURL: old).merging(Monitor.Resource([], schemaURL: new))
        #expect(result.schemaURL == merged)
    }

    @Test func `instance ids are random UUIDs of version 4`() {
        #expect(InstanceID.uuid(high: 0, low: 0) == "00000000-0000-4000-8000-000000000000")
        #expect(InstanceID.uuid(high: .max, low: .max) == "ffffffff-ffff-4fff-bfff-ffffffffffff")
        #expect(
            InstanceID.uuid(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
                == "01234567-89ab-4def-bedc-ba9876543210"
        )
        #expect(InstanceID.random() != InstanceID.random())
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_799_999, "2000-02-29T23:59:59.999Z"), (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (1_735_689_599_120, "2024-12-31T23:59:59.120Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (-1, "1970-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func `moments are written as ISO 8601 has them`(_ milliseconds: Int64, _ expected: String) {
        #expect(UTCTimestamp.text(unixMilliseconds: milliseconds) == expected)
    }
}
