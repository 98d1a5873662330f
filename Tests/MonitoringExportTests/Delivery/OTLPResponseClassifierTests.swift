import Foundation
import MonitoringExport
import MonitoringTesting
import Testing

@Suite struct OTLPResponseClassifierTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let status: Int
        let headers: [String: String]
        let body: [UInt8]
        let outcome: String
        var testDescription: String { "\(status) \(String(decoding: body, as: UTF8.self)): \(outcome)" }
    }

    /// The shared vectors; those without a status are about transports.
    static func vectors() throws -> [Case] {
        let url = try #require(Bundle.module.url(forResource: "Fixtures/responses", withExtension: "json"))
        let root = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        let cases = try #require(root?["cases"] as? [[String: Any]])
        return try cases.filter { $0["status"] != nil }.map { entry in
            let body = try entry["body"].map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
            return Case(
                status: try #require(entry["status"] as? Int),
                headers: entry["headers"] as? [String: String] ?? [:],
                body: Array(body),
                outcome: try #require(entry["outcome"] as? String)
            )
        }
    }

    @Test(arguments: try vectors())
    func `each shared vector means what it says`(vector: Case) throws {
        let response = OutgoingResponse(
            status: vector.status, headers: vector.headers.compactMap { HeaderField(name: $0.key, value: $0.value) },
            body: vector.body)
        let verdict = OTLPResponseClassifier().verdict(for: response, recordCount: 10)
        switch verdict {
        case .accepted(0, nil): #expect(vector.outcome == "success")
        case .accepted(0, _?): #expect(vector.outcome.hasPrefix("success with warning"))
        case .accepted(let rejected, let message):
            #expect(vector.outcome.hasPrefix("partial: \(rejected)"))
            #expect(message?.isEmpty == false)
        case .retry: #expect(vector.outcome.hasPrefix("retry"))
        // Final for the request; the exporter halves it, and ends a single record.
        case .tooLarge: #expect(vector.status == 413 && vector.outcome == "permanent failure")
        case .rejected(let message):
            #expect(vector.outcome.hasPrefix("permanent failure"))
            #expect(vector.status != 400 || message == "bad data")
        }
    }

    @Test(arguments: [
        ("", 0), ("null", 0), ("[]", 0), ("garbage", 0), ("{", 0), (#"{"partialSuccess":null}"#, 0),
        (#"{"partialSuccess":{"rejectedSpans":null,"errorMessage":null}}"#, 0),
        (#"{"partialSuccess":[1,{"a":2}]}"#, 0), (#"{"partialSuccess":"x"}"#, 0),
        (#"{"x":{"partialSuccess":{"rejectedSpans":4}}}"#, 0),
        (#"{"x":[1,"}",{"y":[]}],"partialSuccess":{"rejectedSpans":4}}"#, 4),
        (#" { "partialSuccess" : { "rejectedSpans" : " 4" } } "#, 0),
        (#"{"partialSuccess":{"rejectedSpans":"-3"}}"#, 0), (#"{"partialSuccess":{"rejectedSpans":-3}}"#, 0),
        (#"{"partialSuccess":{"rejectedSpans":"99999999999999999999"}}"#, 0),
        (#"{"partialSuccess":{"rejectedSpans":9223372036854775807}}"#, 10),
        (#"{"partialSuccess":{"rejectedSpans":{"a":1}}}"#, 0), (#"{"partialSuccess":{"rejectedSpans":true}}"#, 0),
        (#"{"partialSuccess":{"rejectedSpans":2"#, 2),
    ])
    func `a success is a success whatever its body`(body: String, rejected: Int) {
        let response = OutgoingResponse(status: 200, body: Array(body.utf8))
        #expect(
            OTLPResponseClassifier().verdict(for: response, recordCount: 10)
                == .accepted(rejected: rejected, message: nil))
    }

    @Test(arguments: [
        (#"{"message":"a\"b\\cA\ud83d\ude00"}"#, "a\"b\\cA😀"), (#"{"message":"\ud83d"}"#, "\u{fffd}"),
        (#"{"code":3,"details":[{"message":"no"}],"message":"yes"}"#, "yes"), (#"{"message":7}"#, nil),
        (#"{"message":""}"#, nil), (#"{"message":"open"#, nil), ("<html>", nil), (#"["message"]"#, nil),
    ])
    func `a failure's message is read if there is one`(body: String, message: String?) {
        let response = OutgoingResponse(status: 400, body: Array(body.utf8))
        #expect(OTLPResponseClassifier().verdict(for: response, recordCount: 1) == .rejected(message: message))
    }

    @Test func `nesting without end costs nothing`() {
        let deep = [UInt8](repeating: UInt8(ascii: "["), count: 4 * 1024 * 1024)
        let response = OutgoingResponse(status: 200, body: Array(#"{"a":"#.utf8) + deep)
        #expect(OTLPResponseClassifier().verdict(for: response, recordCount: 1) == .accepted(rejected: 0, message: nil))
    }

    @Test func `no bytes make the reader trap`() {
        var random = DeliveryRandom(seed: 11)
        let pieces = [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u12", "\\ud83d", "\\u", "partialSuccess", "rejectedSpans",
            "\"message\"", "null", "-1", "9e9", " ", "\u{0}", "é",
        ]
        for round in 0..<FuzzRounds.count(20_000) {
            var body = Array(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
                    .joined().utf8)
            if round % 3 == 0, !body.isEmpty {
                body[Int.random(in: 0..<body.count, using: &random)] = .random(in: 0 ... .max, using: &random)
            }
            for status in [200, 400] {
                _ = OTLPResponseClassifier().verdict(for: OutgoingResponse(status: status, body: body), recordCount: 3)
            }
        }
    }
}
