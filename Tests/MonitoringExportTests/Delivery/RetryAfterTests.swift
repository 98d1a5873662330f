import MonitoringTesting
import Testing

@testable import MonitoringExport

@Suite struct RetryAfterTests {
    // 2026-10-21T07:20:00Z
    private static let now: Int64 = 1_792_567_200

    private func read(_ value: String, date: String? = nil) throws -> Duration? {
        var headers = [try #require(HeaderField(name: "Retry-After", value: value))]
        if let date { headers.append(try #require(HeaderField(name: "Date", value: date))) }
        return RetryAfter.read(headers, unixNanoseconds: UInt64(Self.now) * 1_000_000_000)
    }

    @Test(arguments: [
        ("7", 7), ("3600", 3_600), ("21600", 21_600), ("21601", 21_600), ("99999999999999999999999", 21_600),
        ("Wed, 21 Oct 2026 07:28:00 GMT", 480), ("Wednesday, 21-Oct-26 07:28:00 GMT", 480),
        ("Wed Oct 21 07:28:00 2026", 480), ("Fri, 01 Jan 9999 00:00:00 GMT", 21_600),
    ])
    func `a wait is read in each form`(value: String, seconds: Int64) throws {
        #expect(try read(value) == .seconds(seconds))
    }

    @Test(arguments: [
        "0", "", "-5", "+5", "5.0", "now", "Wed, 21 Oct 2026 07:20:00 GMT", "Wed, 21 Oct 2020 07:28:00 GMT",
    ])
    func `anything else is no wait`(value: String) throws {
        #expect(try read(value) == nil)
    }

    @Test func `a date counts from the answer's own date`() throws {
        let wait = try read("Wed, 21 Oct 2026 09:00:10 GMT", date: "Wed, 21 Oct 2026 09:00:00 GMT")
        #expect(wait == .seconds(10))
        #expect(try read("Wed, 21 Oct 2026 07:28:00 GMT", date: "garbage") == .seconds(480))
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200), ("Tue, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ])
    func `dates are read to the second`(text: String, seconds: Int64) {
        #expect(HTTPDate.seconds(text, now: Self.now) == seconds)
    }

    @Test(arguments: [
        "", "GMT", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Nov 1994 08:49:37 GMT",
        "Wed, 29 Feb 2023 00:00:00 GMT", "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1969 08:49:37 GMT", "Sun, 06 Nov 1994 8:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT",
        "Sun Nov 6 08:49 1994", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", "Sun, ٠٦ Nov 1994 08:49:37 GMT",
    ])
    func `no other text is a date`(text: String) {
        #expect(HTTPDate.seconds(text, now: Self.now) == nil)
    }

    @Test func `a year of two digits is never more than 50 years ahead`() {
        #expect(HTTPDate.seconds("Sunday, 06-Nov-76 08:49:37 GMT", now: Self.now) ?? 0 > Self.now)
        #expect(HTTPDate.seconds("Sunday, 06-Nov-77 08:49:37 GMT", now: Self.now) ?? .max < Self.now)
    }

    @Test func `no bytes make the parsers trap`() {
        var random = DeliveryRandom(seed: 7)
        let pieces = [
            "Sun", ",", " ", "06", "Nov", "-", "1994", "08:49:37", "GMT", "99", ":", "é", "\u{0}", "-1", "9999999",
        ]
        for _ in 0..<FuzzRounds.count(20_000) {
            let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? ""
            }.joined()
            _ = HTTPDate.seconds(text, now: Int64.random(in: 0...4_000_000_000, using: &random))
            let field = HeaderField(name: "retry-after", checkedValue: text)
            let wait = RetryAfter.read([field], unixNanoseconds: .random(in: 0 ... .max, using: &random))
            #expect(wait.map { $0 > .zero && $0 <= RetryAfter.longest } ?? true)
        }
    }
}

/// SplitMix64, so that a failure can be had again.
struct DeliveryRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}
