/// The id of the container that this process runs in, as its runtime knows it.
enum ContainerID {
    /// The id in the paths of control groups: `/docker/<id>`, `/system.slice/docker-<id>.scope`,
    /// `…/cri-containerd-<id>.scope`, `…/crio-<id>.scope`, `…:cri-containerd:<id>`, `/ecs/<task>/<id>`.
    static func find(inControlGroups paths: [String]) -> String? {
        for path in paths {
            for segment in path.split(separator: "/").reversed() {
                if let id = id(inSegment: segment) { return id }
            }
        }
        return nil
    }

    /// The id in the paths of the files that a runtime mounts into each container:
    /// `/var/lib/docker/containers/<id>/hostname`, `…/overlay-containers/<id>/userdata/hosts`.
    ///
    /// containerd mounts those of the sandbox, under `sandboxes`; they are passed over.
    static func find(inMounts mounts: [Mount]) -> String? {
        let targets = ["/etc/hostname", "/etc/hosts", "/etc/resolv.conf"]
        for mount in mounts where targets.contains(mount.target) {
            let segments = mount.root.split(separator: "/")
            guard let folder = segments.firstIndex(where: { $0 == "containers" || $0 == "overlay-containers" }) else {
                continue
            }
            if let id = segments[folder...].first(where: isID), !segments.contains("sandboxes") { return String(id) }
        }
        return nil
    }

    private static func id(inSegment segment: Substring) -> String? {
        let stem = segment.hasSuffix(".scope") ? segment.dropLast(".scope".count) : segment
        let id = stem.suffix(while: { $0 != "-" && $0 != ":" })
        if isID(id) { return String(id) }
        return isTaskContainer(stem) ? String(stem) : nil
    }

    /// 64 hexadecimal digits.
    private static func isID(_ text: Substring) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy(\.isHexDigit)
    }

    /// Fargate's form: the task's 32 digits, a dash and a number.
    private static func isTaskContainer(_ text: Substring) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0].count == 32 && parts[0].allSatisfy(\.isHexDigit)
            && (1...20).contains(parts[1].count)
            && parts[1].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension StringProtocol {
    /// The longest end of the text all of whose characters satisfy the condition.
    fileprivate func suffix(while condition: (Character) -> Bool) -> SubSequence {
        var start = endIndex
        while start > startIndex {
            let before = index(before: start)
            guard condition(self[before]) else { break }
            start = before
        }
        return self[start...]
    }
}
