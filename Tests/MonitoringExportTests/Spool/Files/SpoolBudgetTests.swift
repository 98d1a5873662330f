import Foundation
import Testing

@testable import MonitoringExport

@Suite struct SpoolBudgetTests {
    /// A machine's files for the limits of memory.
    private func machine(_ files: [String: String]) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for (name, text) in files {
            let path = folder.path + "/" + name
            let parent = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
        }
        return folder
    }

    @Test(
        arguments: [
            ([:], nil),
            (["sys/fs/cgroup/memory.max": "max\n"], nil),
            (["sys/fs/cgroup/memory.max": "1000000\n"], 1_000_000),
            (
                [
                    "proc/self/cgroup": "0::/a/b\n", "sys/fs/cgroup/a/memory.max": "500\n",
                    "sys/fs/cgroup/a/b/memory.max": "max\n", "sys/fs/cgroup/memory.max": "900\n",
                ], 500
            ),
            (
                [
                    "proc/self/cgroup": "4:cpu:/x\n9:memory:/docker/1\n",
                    "sys/fs/cgroup/memory/docker/1/memory.limit_in_bytes": "7000",
                    "sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712",
                ], 7_000
            ),
            (["sys/fs/cgroup/memory.max": "\u{0}\u{ff}"], nil),
        ] as [([String: String], Int?)])
    func `the smallest limit of a process's control groups counts`(files: [String: String], expected: Int?) throws {
        let machine = try machine(files)
        #expect(MemoryLimit.bytes(root: machine.path) == expected)
    }

    @Test func `on a disk the settings count, and a tenth of the room`() throws {
        let folder = try TemporaryFolder()
        let root = try Folder(base: folder.path)
        let budget = SpoolBudget(maximumBytes: 1 << 20, root: root, memoryLimit: { 100 })
        #expect(budget.allowed(used: 0) == 1 << 20)
        let large = SpoolBudget(maximumBytes: 1 << 60, root: root)
        #expect(large.allowed(used: 0) < 1 << 60 && large.allowed(used: 1 << 30) > large.allowed(used: 0))
    }

    @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/shm")))
    func `on a memory-backed file system a twentieth of the control group's limit counts`() throws {
        let root = try Folder(base: "/dev/shm")
        let budget = SpoolBudget(maximumBytes: 1 << 30, root: root, memoryLimit: { 2_000_000 })
        #expect(budget.allowed(used: 0) == 100_000)
    }
}
