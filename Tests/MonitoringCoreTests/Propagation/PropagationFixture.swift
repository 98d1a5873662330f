import Foundation
import MonitoringCore
import Testing

/// The vectors of Fixtures, as they concern propagation.
enum PropagationFixture {
    struct Traceparent: Decodable, Sendable, CustomTestStringConvertible {
        struct Expected: Decodable, Sendable {
            var traceId: String
            var parentId: String
            var sampled: Bool
            var random: Bool
            var normalised: String
        }
        var id: String
        var headers: [[String]]
        var valid: Bool
        var expected: Expected?
        var testDescription: String { id }
    }

    struct TraceState: Decodable, Sendable {
        struct Case: Decodable, Sendable, CustomTestStringConvertible {
            var id: String
            var tracestateHeaders: [String]
            var valid: Bool
            var entries: [[String]]
            var normalised: String?
            var traceparent: String?
            var reason: String?
            var testDescription: String { id }
            var isIgnored: Bool { reason?.hasPrefix("traceparent missing/invalid") == true }
        }
        struct Mutation: Decodable, Sendable, CustomTestStringConvertible {
            var op: String
            var start: String
            var key: String
            var value: String?
            var result: String
            var testDescription: String { "\(op) \(key)=\(value ?? "") on \(start.prefix(40))" }
        }
        struct Truncation: Decodable, Sendable {
            var limit: Int
            var start: String
            var result: String
        }
        var cases: [Case]
        var mutations: [Mutation]
        var truncation: [Truncation]
    }

    struct Baggage: Decodable, Sendable {
        struct Property: Decodable, Sendable, Equatable {
            var key: String
            var value: String?
        }
        struct Entry: Decodable, Sendable, Equatable {
            var key: String
            var value: String
            var properties: [Property]
        }
        struct Case: Decodable, Sendable, CustomTestStringConvertible {
            var id: String
            var baggageHeaders: [String]
            var entries: [Entry]
            var normalised: String?
            var droppedMembers: [String]?
            var testDescription: String { id }
        }
        struct Serialisation: Decodable, Sendable, CustomTestStringConvertible {
            var key: String
            var value: String
            var header: String
            var testDescription: String { header }
        }
        var parse: [Case]
        var serialise: [Serialisation]
    }

    private struct Traceparents: Decodable {
        var cases: [Traceparent]
    }

    static func traceparents() throws -> [Traceparent] { try load(Traceparents.self, "traceparent").cases }
    static func traceState() throws -> TraceState { try load(TraceState.self, "tracestate") }
    static func baggage() throws -> Baggage { try load(Baggage.self, "baggage") }

    private static func load<Content: Decodable>(_ type: Content.Type, _ name: String) throws -> Content {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
        return try JSONDecoder().decode(type, from: Data(contentsOf: url))
    }
}

/// A generator whose numbers follow from its seed, so that a failure can be repeated.
struct PropagationRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
        bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
        return bits ^ (bits >> 31)
    }

    /// Text of the characters of `alphabet`.
    mutating func text(of alphabet: String, length: ClosedRange<Int>) -> String {
        let scalars = Array(alphabet.unicodeScalars)
        var result = ""
        for _ in 0..<Int.random(in: length, using: &self) {
            result.unicodeScalars.append(scalars.randomElement(using: &self) ?? " ")
        }
        return result
    }

    /// `text` with a few bytes replaced, removed, repeated or inserted; broken UTF-8 is repaired by the decoder.
    mutating func mutation(of text: String) -> String {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &self) {
            let place = Int.random(in: 0...bytes.count, using: &self)
            switch Int.random(in: 0..<4, using: &self) {
            case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &self)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2: bytes.append(contentsOf: bytes[place...])
            default: bytes.insert(Array("\t ,;=-%0aZ@\u{0}".utf8).randomElement(using: &self) ?? 0, at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
