/// Whether the process runs tests, in which case nothing is written unless asked for.
enum TestRunner {
    static let isRunning: Bool = {
        let program = CommandLine.arguments.first ?? ""
        return program.hasSuffix(".xctest") || program.hasSuffix("/xctest")
            || program.contains("swiftpm-testing-helper")
    }()
}

extension Monitor.Environment {
    /// Whether the process runs tests.
    package static var isTestRun: Bool { TestRunner.isRunning }
}
