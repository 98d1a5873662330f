import Testing

@testable import MonitoringCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite struct EnvironmentTests {
    @Test func `a variable that is set to nothing is not set`() {
        let environment: Monitor.Environment = ["A": "1", "B": ""]
        #expect(environment["A"] == "1")
        #expect(environment["B"] == nil)
        #expect(environment.names == ["A"])
    }

    @Test func `of two entries of a literal with the same name the later wins`() {
        let environment: Monitor.Environment = ["A": "1", "A": "2"]
        #expect(environment["A"] == "2")
    }

    @Test func `names are case-sensitive and values are not trimmed`() {
        let environment: Monitor.Environment = ["a": " x "]
        #expect(environment["A"] == nil)
        #expect(environment["a"] == " x ")
    }

    @Test func `no description shows a value`() {
        let environment: Monitor.Environment = ["SENTRY_DSN": "canary-7f3a", "PASSWORD": "canary-7f3a"]
        var dumped = ""
        dump(environment, to: &dumped)
        for text in [environment.description, environment.debugDescription, "\(environment)", dumped] {
            #expect(!text.contains("canary-7f3a"))
            #expect(text.contains("SENTRY_DSN"))
        }
    }

    @Test func `the process's variables are read as they are now, with invalid UTF-8 repaired`() async {
        await #expect(processExitsWith: .success) {
            unsafe setenv("MONITORING_TEST_A", "one=two", 1)
            let broken: [CChar] = [0x61, -1, 0x62, 0]
            unsafe setenv("MONITORING_TEST_B", broken, 1)
            let before = Monitor.Environment.process
            unsafe unsetenv("MONITORING_TEST_A")
            let after = Monitor.Environment.process
            let isRight =
                before["MONITORING_TEST_A"] == "one=two" && before["MONITORING_TEST_B"] == "a\u{FFFD}b"
                && after["MONITORING_TEST_A"] == nil
            exit(isRight ? 0 : 1)
        }
    }
}
