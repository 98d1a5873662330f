import Testing

@testable import MonitoringDemoAgent

struct OptionsTests {
    @Test(arguments: [
        ([], Options()),
        (["--traffic", "20", "--seconds", "10"], Options(traffic: 20, seconds: 10)),
        (["--traffic=0.5", "--seconds=0", "--seed=7"], Options(traffic: 0.5, seconds: 0, seed: 7)),
        (["--traffic", "0"], Options(traffic: 0)),
        (["--seed", "18446744073709551615"], Options(seed: .max)),
        (["--seed", "1", "--seed", "2"], Options(seed: 2)),
        (["--break", "llm", "--break=cache"], Options(broken: [.llm, .cache])),
        (["--ledger", "a=b"], Options(ledger: "a=b")),
        (["--ledger=a=b"], Options(ledger: "a=b")),
        (["--seconds", "2", "--linger", "1.5"], Options(seconds: 2, linger: 1.5)),
        (["--port", "0"], Options(port: 0)),
        (["--port=65535"], Options(port: 65535)),
        (["--canaries"], Options(canaries: true)),
        (["--print-canaries"], Options(command: .printCanaries)),
        (["relay"], Options(command: .relay)),
        (["relay", "--ledger", "x"], Options(command: .relay, ledger: "x")),
        (["--help"], Options(command: .help)),
        (["-h"], Options(command: .help)),
    ])
    func `understands`(arguments: [String], options: Options) throws {
        #expect(try Options(arguments: arguments) == options)
    }

    @Test(
        arguments: [
            (["--verbose"], .unknownOption("--verbose")),
            (["--verbose=1"], .unknownOption("--verbose")),
            (["-x"], .unknownOption("-x")),
            (["go"], .unexpectedArgument("go")),
            (["relay", "relay"], .unexpectedArgument("relay")),
            (["--traffic"], .missingValue("--traffic")),
            (["--ledger="], .invalidValue("--ledger", "", expected: "a file")),
            (["--canaries=yes"], .unexpectedValue("--canaries")),
            (["--traffic", "fast"], .invalidValue("--traffic", "fast", expected: "a number from 0 to 10000")),
            (["--traffic", "-1"], .invalidValue("--traffic", "-1", expected: "a number from 0 to 10000")),
            (["--traffic", "nan"], .invalidValue("--traffic", "nan", expected: "a number from 0 to 10000")),
            (["--port", "65536"], .invalidValue("--port", "65536", expected: "a whole number from 0 to 65535")),
            (["--port", "http"], .invalidValue("--port", "http", expected: "a whole number from 0 to 65535")),
            (["--seconds", "-1"], .invalidValue("--seconds", "-1", expected: "a number from 0 to 604800")),
            (["--seed", "-1"], .invalidValue("--seed", "-1", expected: "a whole number from 0")),
            (["--break", "disk"], .invalidValue("--break", "disk", expected: "llm, tool, cache, clock")),
        ] as [([String], OptionsError)])
    func `refuses and says why`(arguments: [String], error: OptionsError) {
        #expect(throws: error) { try Options(arguments: arguments) }
    }

    @Test func `the usage names every option`() {
        for option in [
            "--port", "--traffic", "--seconds", "--linger", "--seed", "--break", "--ledger", "--canaries",
            "--print-canaries",
            "relay",
        ] {
            #expect(Options.usage.contains(option))
        }
    }
}
