/// Where the process is in Linux's tree of control groups.
enum ControlGroup {
    /// The paths in `/proc/self/cgroup`, whose lines are `id:controllers:path`.
    static func paths(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let fields = line.split(separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
            return fields.count == 3 ? String(decoding: fields[2], as: UTF8.self) : nil
        }
    }
}

/// One line of `/proc/self/mountinfo`.
struct Mount {
    /// What of the file system is mounted.
    var root: String
    /// Where it is mounted.
    var target: String
    /// The file system's type.
    var type: String

    var isControlGroup: Bool { type == "cgroup" || type == "cgroup2" }

    /// The lines that can be read.
    static func all(_ bytes: [UInt8]) -> [Mount] {
        bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
            let fields = line.split(separator: UInt8(ascii: " "))
            // Optional fields stand before a dash, the type behind it.
            guard fields.count > 6,
                let dash = fields[6...].firstIndex(where: { $0.elementsEqual("-".utf8) }), dash + 1 < fields.count
            else { return nil }
            return Mount(
                root: String(decoding: fields[3], as: UTF8.self),
                target: String(decoding: fields[4], as: UTF8.self),
                type: String(decoding: fields[dash + 1], as: UTF8.self)
            )
        }
    }
}
