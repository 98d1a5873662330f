import Testing

@testable import MonitoringCore

@Suite struct ContainerIDTests {
    private static let id = "7be92808767a667f35c8505cbf40d14e931ef6db5b0210329cf193b15ba9d605"
    private static let other = "dc579f8a8319c8cf7d38e1adf263bc08d23c36b3d01b0e2c1d9a7c3f5e6b7a80"
    private static let pod = "9d3e4b4e-2a1c-4f0b-8c3d-1e2f3a4b5c6d"
    private static let podInSlice = "9d3e4b4e_2a1c_4f0b_8c3d_1e2f3a4b5c6d"

    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        var cgroup = "0::/\n"
        var mountinfo = ""
        var isKubernetes = false
        var container: String?
        var pod: String?
        var testDescription: String { name }
    }

    static let samples: [Sample] = [
        Sample(
            name: "cgroup v1, Docker",
            cgroup: "13:name=systemd:/docker/\(id)\n12:pids:/docker/\(id)\n1:cpuset:/docker/\(id)\n",
            container: id
        ),
        Sample(
            name: "cgroup v1, Docker with systemd's driver",
            cgroup: "9:perf_event:/system.slice/docker-\(id).scope\n",
            container: id
        ),
        Sample(
            name: "cgroup v1, Docker in Kubernetes",
            cgroup: "11:devices:/kubepods/burstable/pod\(pod)/\(id)\n",
            isKubernetes: true,
            container: id,
            pod: pod
        ),
        Sample(
            name: "cgroup v1, containerd in Kubernetes with systemd's driver",
            cgroup:
                "5:cpu,cpuacct:/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod\(podInSlice).slice/"
                + "cri-containerd-\(id).scope\n",
            isKubernetes: true,
            container: id,
            pod: pod
        ),
        Sample(
            name: "cgroup v1, containerd behind a colon",
            cgroup:
                "8:blkio:/system.slice/containerd.service/kubepods-burstable-pod\(podInSlice).slice:cri-containerd:\(id)\n",
            isKubernetes: true,
            container: id,
            pod: pod
        ),
        Sample(
            name: "cgroup v1, CRI-O",
            cgroup: "4:memory:/kubepods.slice/kubepods-pod\(podInSlice).slice/crio-\(id).scope\n",
            isKubernetes: true,
            container: id,
            pod: pod
        ),
        Sample(name: "cgroup v1, Podman", cgroup: "3:pids:/machine.slice/libpod-\(id).scope\n", container: id),
        Sample(
            name: "cgroup v1, systemd within a container",
            cgroup: "1:name=systemd:/docker/\(id)/init.scope\n",
            container: id
        ),
        Sample(
            name: "ECS",
            cgroup: "9:cpu:/ecs/55091c13-b8cf-4801-b527-f4601742204d/\(id)\n",
            container: id
        ),
        Sample(
            name: "Fargate",
            cgroup: "9:cpu:/ecs/2eb5c5f9a1fd4f3c9a7f6cbf6b1f7e35/2eb5c5f9a1fd4f3c9a7f6cbf6b1f7e35-3471234567\n",
            container: "2eb5c5f9a1fd4f3c9a7f6cbf6b1f7e35-3471234567"
        ),
        Sample(
            name: "cgroup v2 without its own namespace, containerd",
            cgroup: "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod\(podInSlice).slice/"
                + "cri-containerd-\(id).scope\n",
            isKubernetes: true,
            container: id,
            pod: pod
        ),
        Sample(
            name: "cgroup v2 without its own namespace, CRI-O",
            cgroup: "0::/kubepods.slice/kubepods-pod\(podInSlice).slice/crio-\(id).scope/container\n",
            isKubernetes: true,
            container: id,
            pod: pod
        ),
        Sample(
            name: "cgroup v2, Docker: from the files that it mounts",
            mountinfo: """
                473 456 254:1 /docker/containers/\(id)/resolv.conf /etc/resolv.conf rw,relatime - ext4 /dev/vda1 rw
                474 456 254:1 /docker/containers/\(id)/hostname /etc/hostname rw,relatime - ext4 /dev/vda1 rw
                475 456 254:1 /docker/containers/\(id)/hosts /etc/hosts rw,relatime - ext4 /dev/vda1 rw

                """,
            container: id
        ),
        Sample(
            name: "cgroup v2, Docker on the root file system, with optional fields",
            mountinfo:
                "908 900 8:1 /var/lib/docker/containers/\(id)/hostname /etc/hostname rw shared:1 master:2 - ext4 /dev/sda1 rw",
            container: id
        ),
        Sample(
            name: "cgroup v2, Podman",
            mountinfo:
                "983 961 0:56 /containers/overlay-containers/\(id)/userdata/hostname /etc/hostname rw - tmpfs tmpfs rw",
            container: id
        ),
        Sample(
            name: "cgroup v2, nerdctl",
            mountinfo:
                "983 961 8:1 /var/lib/nerdctl/1935db59/containers/default/\(id)/resolv.conf /etc/resolv.conf rw - ext4 / rw",
            container: id
        ),
        Sample(
            name: "cgroup v1 in its own namespace: from the root of the mount",
            cgroup: "4:memory:/\n",
            mountinfo: "31 23 0:28 /docker/\(id) /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory",
            container: id
        ),
        Sample(
            name: "cgroup v2, containerd in Kubernetes: the sandbox is not the container",
            mountinfo: """
                1501 1480 0:200 /var/lib/kubelet/pods/\(pod)/etc-hosts /etc/hosts rw - ext4 /dev/sda1 rw
                1502 1480 8:1 /run/containerd/io.containerd.grpc.v1.cri/sandboxes/\(other)/hostname /etc/hostname rw - ext4 / rw
                1503 1480 8:1 /lib/containers/sandboxes/\(other)/resolv.conf /etc/resolv.conf rw - ext4 / rw
                """,
            isKubernetes: true,
            pod: pod
        ),
        Sample(
            name: "cgroup v2, CRI-O in Kubernetes: the sandbox is not the container",
            mountinfo:
                "983 961 0:56 /containers/storage/overlay-containers/\(other)/userdata/hostname /etc/hostname rw - tmpfs t rw",
            isKubernetes: true
        ),
        Sample(
            name: "sandboxes outside of Kubernetes",
            mountinfo: "1 2 8:1 /containers/sandboxes/\(other)/hostname /etc/hostname rw - ext4 / rw"
        ),
        Sample(
            name: "a host on which containers run",
            cgroup: "0::/user.slice/user-1000.slice/session-2.scope\n",
            mountinfo: """
                25 1 8:1 / / rw - ext4 /dev/sda1 rw
                90 25 0:50 / /var/lib/docker/containers/\(other)/mounts/shm rw - tmpfs shm rw
                91 25 0:51 / /var/lib/docker/overlay2/\(other)/merged rw - overlay overlay rw
                """
        ),
        Sample(
            name: "a static pod",
            cgroup: "0::/kubepods/burstable/pod2eb5c5f9a1fd4f3c9a7f6cbf6b1f7e35/\(id)\n",
            isKubernetes: true,
            container: id,
            pod: "2eb5c5f9a1fd4f3c9a7f6cbf6b1f7e35"
        ),
        Sample(name: "63 digits", cgroup: "0::/docker/\(id.dropLast())\n"),
        Sample(name: "upper-case digits", cgroup: "0::/docker/\(id.uppercased())\n"),
        Sample(name: "garbage", cgroup: "::\n:::\n\n0", mountinfo: "a b c\n- - - - - - -\n\n1 2 3 4 5 6 7 -"),
    ]

    @Test(arguments: samples) func `container and pod are found where they stand`(_ sample: Sample) {
        let files = [
            "/proc/self/cgroup": Array(sample.cgroup.utf8), "/proc/self/mountinfo": Array(sample.mountinfo.utf8),
        ]
        let environment: Monitor.Environment = sample.isKubernetes ? ["KUBERNETES_SERVICE_HOST": "10.0.0.1"] : [:]
        let resource = Monitor.Resource.detect(
            environment: environment,
            facts: SystemFacts { files[$0] }
        ) { Issue.record("\($0)") }
        #expect(resource["container.id"] == sample.container.map { .string($0) })
        #expect(resource["k8s.pod.uid"] == sample.pod.map { .string($0) })
    }

    @Test func `any bytes are read without a trap`() {
        var generator = Generator(state: 0xC6)
        let pieces = [
            Self.id, Self.pod, "pod", "/", ":", "-", ".scope", ".slice", "\n", " ", " - ", "cgroup", "pods", "_",
        ]
        for _ in 0..<5_000 {
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<20, using: &generator) {
                bytes += (pieces.randomElement(using: &generator) ?? "").utf8
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    bytes.append(.random(in: 0...255, using: &generator))
                }
            }
            let id = ContainerID.find(inControlGroups: ControlGroup.paths(bytes))
            #expect(id == nil || id == Self.id)
            let pod = PodID.find(inControlGroups: ControlGroup.paths(bytes), mounts: Mount.all(bytes))
            #expect(pod == nil || pod?.utf8.count == 36 || pod?.utf8.count == 32)
        }
    }
}

/// SplitMix64: the same numbers in every run.
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
