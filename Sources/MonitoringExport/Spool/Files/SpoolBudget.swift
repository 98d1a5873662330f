import CMonitoringShims

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How much room the segments of all processes, services and destinations under one root may take together.
struct SpoolBudget: Sendable {
    /// What the settings allow.
    let maximumBytes: Int
    /// A twentieth of the control group's memory, where files take of that.
    let memoryShare: Int?
    private let root: Folder

    init(maximumBytes: Int, root: Folder, memoryLimit: () -> Int? = { MemoryLimit.bytes() }) {
        self.maximumBytes = maximumBytes
        self.root = root
        let isMemory = monitoring_file_system_of(root.descriptor) == monitoring_file_system_memory
        memoryShare = isMemory ? memoryLimit().map { $0 / 20 } : nil
    }

    /// What may be in use in all at this moment: never more than a tenth of the room that is free or used by segments.
    func allowed(used: Int) -> Int {
        var allowed = min(maximumBytes, memoryShare ?? .max)
        var status = statvfs()
        if unsafe fstatvfs(root.descriptor, &status) == 0 {
            let free = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
            if !free.overflow { allowed = min(allowed, (Int(clamping: free.partialValue) &+ used) / 10) }
        }
        return allowed
    }

    /// The size of all segments under the root.
    ///
    /// Two processes that look at the same moment may both find room for one more.
    var used: Int {
        var sum = 0
        for service in root.folders {
            for destination in service.folders {
                for name in destination.names() where name.hasSuffix(SegmentFile.suffix) {
                    sum += destination.status(of: name).map { Int(clamping: $0.st_size) } ?? 0
                }
            }
        }
        return sum
    }

    /// Says how much more there is room for.
    var left: Int {
        let used = used
        return allowed(used: used) - used
    }
}

extension Folder {
    /// The folders of this user's in it.
    var folders: [Folder] {
        names().compactMap { name in
            guard let status = status(of: name), status.st_mode & S_IFMT == S_IFDIR else { return nil }
            return try? existingPrivateFolder(name)
        }
    }
}
