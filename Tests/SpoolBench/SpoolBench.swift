import Foundation

/// Measures what files cost and give, each against memory or another part of the same run.
///
/// A row is the minimum and the median of alternating rounds; ratios are those of a run, absolute figures are the machine's.
@main
enum SpoolBench {
    static func main() async throws {
        let wanted = Set(CommandLine.arguments.dropFirst())
        func isWanted(_ name: String) -> Bool { wanted.isEmpty || wanted.contains(name) }
        if isWanted("append") { try Appending.run() }
        if isWanted("observe") { try await Observing.run() }
        if isWanted("flight") { try Flight.run() }
        if isWanted("recovery") { try Recovery.run() }
        if isWanted("start") { try await Starting.run() }
        if isWanted("drain") { try await Draining.run() }
        if isWanted("dead") { try await DeadReceiver.run() }
        if isWanted("faults") { try await Faults.run() }
    }
}
