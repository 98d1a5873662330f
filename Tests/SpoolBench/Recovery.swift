import MonitoringExport

/// Adopting what a process has left.
enum Recovery {
    static func run() throws {
        var speeds: [Double] = []
        for _ in 0..<7 {
            let folder = try Bench.Folder()
            var bytes = 0
            do {
                let dead = try folder.spool(bytes: 128 << 20)
                while bytes < 64 << 20 {
                    _ = unsafe Bench.span.withUnsafeBytes { unsafe dead.append(kind: 0, $0) }
                    bytes += Bench.span.count
                }
            }
            let heir = try folder.spool(bytes: 128 << 20)
            let taken = Bench.seconds { heir.adopt() }
            guard heir.queued.count == bytes / Bench.span.count else { return print("recovery: records are missing") }
            speeds.append(Double(bytes) / 1e6 / taken)
        }
        print(
            "recovery of 64 MiB: \(Int(speeds.min() ?? 0)) / \(Int(Bench.median(speeds))) MB/s (slowest / median of 7)")
    }
}
