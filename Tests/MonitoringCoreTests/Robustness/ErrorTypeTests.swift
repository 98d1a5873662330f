import MonitoringCore
import MonitoringTesting
import Testing

private struct Hidden: Error {}
private struct Wrapped<First, Second>: Error {}
private enum Outer {
    struct Inner<T>: Error {}
}

private func makeLocal(_ isFirst: Bool) -> any Error {
    struct First: Error {}
    struct Second: Error {}
    return isFirst ? First() : Second()
}

private indirect enum Chain: Error {
    case end
    case because(Chain)
}

@Suite struct ErrorTypeTests {
    struct Named: Monitor.ErrorTypeNaming {
        let monitoringErrorType: String
    }

    @Test func `private, local and generic types have names that are the same in every run`() {
        #expect(ErrorText.type(of: Hidden()) == "MonitoringCoreTests.Hidden")
        #expect(
            ErrorText.type(of: Outer.Inner<Hidden>()) == "MonitoringCoreTests.Outer.Inner<MonitoringCoreTests.Hidden>")
        #expect(
            ErrorText.type(of: Wrapped<[Hidden], [String: Outer]>())
                == "MonitoringCoreTests.Wrapped<Swift.Array<MonitoringCoreTests.Hidden>, "
                + "Swift.Dictionary<Swift.String, MonitoringCoreTests.Outer>>"
        )
        let (first, second) = (ErrorText.type(of: makeLocal(true)), ErrorText.type(of: makeLocal(false)))
        #expect(first == "MonitoringCoreTests.First" && second == "MonitoringCoreTests.Second")
        for type in [first, ErrorText.type(of: Wrapped<Hidden, Outer>())] {
            #expect(!type.contains("0x") && !type.contains("$"))
        }
    }

    @Test(arguments: [
        ("rate_limit", "rate_limit"), ("", "MonitoringCoreTests.ErrorTypeTests.Named"),
        (String(repeating: "x", count: 300), String(repeating: "x", count: 256)),
        (String(repeating: "é", count: 300), String(repeating: "é", count: 128)),
        ("e" + String(repeating: "\u{301}", count: 100_000), "e" + String(repeating: "\u{301}", count: 127)),
    ])
    func `an error names itself within bounds`(_ name: String, _ type: String) {
        #expect(
            Array(ErrorText.type(of: Named(monitoringErrorType: name)).unicodeScalars) == Array(type.unicodeScalars))
    }

    @Test func `a type made of many types has a bounded name`() {
        typealias A = Wrapped<Hidden, Hidden>
        typealias B = Wrapped<A, A>
        typealias C = Wrapped<B, B>
        typealias D = Wrapped<C, C>
        let type = ErrorText.type(of: Wrapped<D, D>())
        #expect(type.utf8.count <= 256 && type.hasPrefix("MonitoringCoreTests.Wrapped<"))
    }

    @Test func `an error that is caused by a thousand others is described within bounds`() async throws {
        let telemetry = try await TestMonitor()
        var chain = Chain.end
        for _ in 0..<1000 { chain = .because(chain) }
        try? telemetry.monitor.observe(.tool(name: "t")) { throw chain }
        let failure = try #require(telemetry.operations.first?.failure)
        #expect(failure.type == "MonitoringCoreTests.Chain" && failure.message.utf8.count <= ErrorText.limit + 3)
    }

    @Test(arguments: [("", "_OTHER"), ("timeout", "timeout")])
    func `a failure that is told by word is never without a type`(_ word: String, _ type: String) async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.tool(name: "t")) { $0.fail(word) }
        #expect(telemetry.operations.first?[.errorType] == type)
    }
}
