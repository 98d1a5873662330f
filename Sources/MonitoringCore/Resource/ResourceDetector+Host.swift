/// The host and its operating system.
extension ResourceDetector {
    /// In a container the machine's id is the image's and says nothing.
    func host(isContained: Bool) -> [(String, Monitor.Value?)] {
        [
            ("host.name", facts.hostName.map { .string($0) }),
            ("host.arch", facts.machine.map { .string(Self.architecture($0)) }),
            ("host.id", isContained ? nil : machineID.map { .string($0) }),
        ]
    }

    var operatingSystem: [(String, Monitor.Value?)] {
        #if canImport(Darwin)
            return [("os.type", .string("darwin")), ("os.name", .string("macOS"))]
        #else
            let bytes = facts.readFile("/etc/os-release") ?? facts.readFile("/usr/lib/os-release") ?? []
            var parser = DotEnvParser(bytes)
            parser.parse()
            func release(_ key: String) -> Monitor.Value? {
                parser.values[key].flatMap { $0.isEmpty ? nil : .string($0) }
            }
            return [
                ("os.type", .string("linux")),
                ("os.name", release("NAME")),
                ("os.version", release("VERSION_ID")),
                ("os.description", release("PRETTY_NAME")),
            ]
        #endif
    }

    private var machineID: String? {
        let id = word(inFile: "/etc/machine-id") ?? word(inFile: "/var/lib/dbus/machine-id")
        guard let id, id.utf8.count == 32, id.utf8.allSatisfy(\.isHexDigit) else { return nil }
        return id
    }

    /// OpenTelemetry's name of a machine.
    private static func architecture(_ machine: String) -> String {
        switch machine {
        case "x86_64", "amd64": "amd64"
        case "aarch64", "arm64": "arm64"
        case "i386", "i486", "i586", "i686": "x86"
        case "ppc64", "ppc64le": "ppc64"
        case "ppc": "ppc32"
        case _ where machine.hasPrefix("armv"): "arm32"
        default: machine
        }
    }
}

extension UInt8 {
    /// True for 0 to 9 and a to f.
    var isHexDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): true
        default: false
        }
    }
}
