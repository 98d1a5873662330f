/// The id of the Kubernetes pod that this process runs in.
enum PodID {
    /// The id in the paths of control groups, `…/pod<id>/…` and `…-pod<id>.slice` with underscores, or in the folder that
    /// the kubelet mounts files from, `…/pods/<id>/etc-hosts`.
    static func find(inControlGroups paths: [String], mounts: [Mount]) -> String? {
        for path in paths + mounts.filter(\.isControlGroup).map(\.root) {
            for segment in path.split(separator: "/") {
                let stem = segment.prefix { $0 != "." }
                guard let start = startOfID(stem) else { continue }
                let id = String(stem[start...].map { $0 == "_" ? "-" : $0 })
                if isID(id) { return id }
            }
        }
        for mount in mounts {
            let segments = mount.root.split(separator: "/")
            guard let folder = segments.firstIndex(of: "pods"), folder + 1 < segments.count else { continue }
            let id = String(segments[folder + 1])
            if isID(id) { return id }
        }
        return nil
    }

    /// Where the id begins: after `pod` at the start or after the last `-pod`.
    private static func startOfID(_ segment: Substring) -> Substring.Index? {
        if segment.hasPrefix("pod") { return segment.index(segment.startIndex, offsetBy: 3) }
        let parts = segment.split(separator: "-", omittingEmptySubsequences: false)
        return parts.last { $0.hasPrefix("pod") }.map { segment.index($0.startIndex, offsetBy: 3) }
    }

    /// A UUID, or the 32 digits of a static pod.
    private static func isID(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return [[8, 4, 4, 4, 12], [32]].contains(parts.map(\.count)) && parts.joined().allSatisfy(\.isHexDigit)
    }
}
