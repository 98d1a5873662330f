internal import MonitoringCore

/// How much memory this process's control groups allow.
enum MemoryLimit {
    /// The smallest limit of the group and of those around it.
    ///
    /// - Parameter root: Where the system's files are; tests have their own.
    /// - Returns: The limit in bytes; `nil` where there is none.
    static func bytes(root: String = "") -> Int? {
        var folders = [""]
        let groups = (try? BoundedFile.prefix(root + "/proc/self/cgroup", limit: 16_384)) ?? []
        for line in groups.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, fields[1].isEmpty || fields[1].elementsEqual("memory".utf8) else { continue }
            var folder = ""
            for part in fields[2].split(separator: UInt8(ascii: "/")).prefix(64) {
                folder += "/" + String(decoding: part, as: UTF8.self)
                folders.append(folder)
            }
        }
        return folders.flatMap { folder in
            [
                limit(root + "/sys/fs/cgroup\(folder)/memory.max"),
                limit(root + "/sys/fs/cgroup/memory\(folder)/memory.limit_in_bytes"),
            ]
        }.compactMap { $0 }.min()
    }

    private static func limit(_ path: String) -> Int? {
        guard let bytes = try? BoundedFile.prefix(path, limit: 64) else { return nil }
        let text = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        // Version 1 says "no limit" by a number of that size.
        return Int(text).flatMap { $0 < 1 << 60 ? $0 : nil }
    }
}
