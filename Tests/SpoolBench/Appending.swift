import MonitoringExport

/// Handing records of 800 bytes over, the oldest dropped, in memory and on files.
enum Appending {
    static func run() throws {
        let folder = try Bench.Folder()
        let spools = [try Bench.spool(), try folder.spool()]
        let count = 200_000
        var times: [[Double]] = [[], []]
        for round in 0..<21 {
            for (index, spool) in spools.enumerated() {
                let taken = Bench.seconds {
                    for _ in 0..<count { _ = unsafe Bench.span.withUnsafeBytes { unsafe spool.append(kind: 0, $0) } }
                }
                if round > 0 { times[index].append(taken * 1e9 / Double(count)) }
            }
        }
        Bench.show("append, memory", times[0], "ns")
        Bench.show("append, files", times[1], "ns")
        Bench.show("append, files to memory", ratioOf: times[1], to: times[0])
    }
}
