#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the system says about this process and its host, as a value, so that tests can be anywhere.
package struct SystemFacts: Sendable {
    package var processID: Int32
    package var userID: UInt32
    /// Where the program lies, links resolved.
    package var executablePath: String?
    /// The first word of the command line; the others may hold secrets.
    package var command: String?
    package var hostName: String?
    /// The machine as `uname` names it: `x86_64`, `aarch64`.
    package var machine: String?
    /// The version of the Swift runtime.
    package var runtimeVersion: String?
    /// The clock ticks in a second that `/proc` counts in.
    package var ticksPerSecond: Int
    /// The first bytes of a file, or `nil` when it cannot be read.
    package var readFile: @Sendable (String) -> [UInt8]?

    /// A process of which nothing is known.
    package init(readFile: @escaping @Sendable (String) -> [UInt8]? = { _ in nil }) {
        processID = 1
        userID = 0
        ticksPerSecond = 100
        self.readFile = readFile
    }

    /// This process; files are read up to 1 MiB.
    package static var current: SystemFacts {
        var facts = SystemFacts { try? BoundedFile.prefix($0, limit: 1 << 20) }
        facts.processID = getpid()
        facts.userID = geteuid()
        facts.executablePath = executablePath()
        facts.command = CommandLine.arguments.first
        facts.hostName = unsafe text(capacity: 256) { unsafe gethostname($0, $1) == 0 }
        facts.machine = machine()
        facts.runtimeVersion = "\(_SwiftStdlibVersion.current)"
        facts.ticksPerSecond = max(1, Int(sysconf(Int32(_SC_CLK_TCK))))
        return facts
    }

    private static func executablePath() -> String? {
        #if canImport(Darwin)
            return unsafe text(capacity: 4_096) { buffer, size in
                var size = UInt32(size)
                return unsafe _NSGetExecutablePath(buffer, &size) == 0
            }
        #else
            let path = unsafe text(capacity: 4_096) { unsafe readlink("/proc/self/exe", $0, $1 - 1) > 0 }
            let suffix = " (deleted)"
            return path.map { $0.hasSuffix(suffix) ? String($0.dropLast(suffix.count)) : $0 }
        #endif
    }

    private static func machine() -> String? {
        var name = utsname()
        guard unsafe uname(&name) == 0 else { return nil }
        return unsafe withUnsafeBytes(of: name.machine) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    /// The text that a call of the C library writes into a zeroed buffer.
    private static func text(
        capacity: Int,
        _ fill: (UnsafeMutablePointer<CChar>, Int) -> Bool
    ) -> String? {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity + 1) { buffer in
            unsafe buffer.initialize(repeating: 0)
            guard let start = buffer.baseAddress, unsafe fill(start, capacity) else { return nil }
            let result = unsafe String(cString: start)
            return result.isEmpty ? nil : result
        }
    }
}
