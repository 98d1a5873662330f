import Foundation
import Testing

@testable import MonitoringCore

@Suite struct ResourceAttributeListTests {
    struct Vectors: Decodable {
        struct Case: Decodable, Sendable, CustomTestStringConvertible {
            let list: String?
            let expected: [String: String]
            let error: Bool
            var testDescription: String { list?.debugDescription ?? "unset" }

            private enum CodingKeys: String, CodingKey {
                case list = "OTEL_RESOURCE_ATTRIBUTES"
                case expected
                case error
            }
        }

        struct Name: Decodable, Sendable {
            let name: String?
            let list: String?
            let resource: [String: String]

            private enum CodingKeys: String, CodingKey {
                case name = "OTEL_SERVICE_NAME"
                case list = "OTEL_RESOURCE_ATTRIBUTES"
                case resource = "pythonSdk"
            }
        }

        struct Names: Decodable { let cases: [Name] }

        let cases: [Case]
        let serviceName: Names
    }

    static func vectors() throws -> Vectors {
        let url = try #require(
            Bundle.module.url(forResource: "resource-attributes", withExtension: "json", subdirectory: "Fixtures")
        )
        return try JSONDecoder().decode(Vectors.self, from: Data(contentsOf: url))
    }

    @Test(arguments: try vectors().cases) func `every vector holds`(_ example: Vectors.Case) {
        var problems: [Monitor.Problem] = []
        let base = Monitor.Resource.detect(environment: [:], facts: SystemFacts(), instanceID: "i") { _ in }
        let environment = Monitor.Environment(example.list.map { ["OTEL_RESOURCE_ATTRIBUTES": $0] } ?? [:])
        let resource = Monitor.Resource.detect(environment: environment, facts: SystemFacts(), instanceID: "i") {
            problems.append($0)
        }
        #expect(problems.map(\.code) == (example.error ? ["invalid-value"] : []))
        let expected = base.merging(Monitor.Resource(example.expected.map { .init($0, .string($1)) }))
        #expect(Set(resource.attributes) == Set(expected.attributes))
    }

    @Test(arguments: try vectors().serviceName.cases) func `every vector of service names holds`(
        _ example: Vectors.Name
    ) {
        var values: [String: String] = [:]
        values["OTEL_SERVICE_NAME"] = example.name
        values["OTEL_RESOURCE_ATTRIBUTES"] = example.list
        let environment = Monitor.Environment(values)
        let resource = Monitor.Resource.detect(environment: environment, facts: SystemFacts()) { Issue.record("\($0)") }
        for (name, value) in example.resource { #expect(resource[name] == .string(value)) }
    }

    @Test func `what is encoded is read back`() throws {
        for scalar in (0x01...0x24F).compactMap(Unicode.Scalar.init) {
            let value = "x\(scalar)y"
            let encoded = value.utf8.map { byte in
                let digits = String(byte, radix: 16)
                return "%" + (digits.count == 1 ? "0" : "") + digits
            }.joined()
            let parsed = try ResourceAttributeList.parse("\(encoded)=\(encoded)")
            #expect(parsed == [.init(value, .string(value))])
        }
    }

    @Test func `very long lists are read in one pass`() {
        let text = (0..<30_000).map { "k\($0)=v" }.joined(separator: ",")
        let resource = Monitor.Resource.detect(
            environment: ["OTEL_RESOURCE_ATTRIBUTES": text],
            facts: SystemFacts()
        ) { Issue.record("\($0)") }
        #expect(resource.attributes.count > 30_000)
        #expect(HeaderList.parse(text).headers.count == 30_000)
    }
}
