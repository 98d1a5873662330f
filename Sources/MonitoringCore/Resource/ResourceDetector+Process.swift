/// The process and its runtime.
extension ResourceDetector {
    /// The last part of the program's path.
    var executableName: String? {
        (facts.executablePath ?? facts.command)?.split(separator: "/").last.map(String.init)
    }

    var process: [(String, Monitor.Value?)] {
        [
            ("process.pid", .int(Int64(facts.processID))),
            ("process.executable.name", executableName.map { .string($0) }),
            ("process.executable.path", facts.executablePath.map { .string($0) }),
            ("process.command", facts.command.map { .string($0) }),
            ("process.owner", owner.map { .string($0) }),
            ("process.creation.time", creationTime.map { .string($0) }),
            ("process.runtime.name", .string("swift")),
            ("process.runtime.version", facts.runtimeVersion.map { .string($0) }),
        ]
    }

    /// The user's name.
    ///
    /// The file is read and not the C library asked, which may go over the network.
    private var owner: String? {
        for line in lines("/etc/passwd") {
            let fields = line.split(separator: ":", omittingEmptySubsequences: false)
            if fields.count > 2, fields[2] == String(facts.userID), !fields[0].isEmpty { return String(fields[0]) }
        }
        return nil
    }

    /// When the process began: the boot time and the ticks since then.
    private var creationTime: String? {
        let boot = lines("/proc/stat").first { $0.hasPrefix("btime ") }?.dropFirst("btime ".count)
        // The program's name stands in brackets and may hold anything, brackets too. Its end is behind the last one.
        let status = lines("/proc/self/stat").joined(separator: " ")
        guard let boot = boot.flatMap({ Int64($0.trimmed) }), let end = status.lastIndex(of: ")") else { return nil }
        let fields = status[status.index(after: end)...].split(separator: " ")
        guard fields.count > 19, let ticks = Int64(fields[19]), boot >= 0, ticks >= 0, boot < 1 << 40, ticks < 1 << 50
        else { return nil }
        let rate = Int64(facts.ticksPerSecond)
        return UTCTimestamp.text(unixMilliseconds: boot * 1_000 + ticks * 1_000 / rate)
    }

    private func lines(_ path: String) -> [Substring] {
        String(decoding: facts.readFile(path) ?? [], as: UTF8.self).split(separator: "\n")
    }
}
