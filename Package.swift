// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
]

let package = Package(
    name: "swift-agent-monitoring",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Monitoring", targets: ["Monitoring"]),
        .library(name: "MonitoringCore", targets: ["MonitoringCore"]),
        .library(name: "MonitoringMetrics", targets: ["MonitoringMetrics"]),
        .library(name: "MonitoringServer", targets: ["MonitoringServer"]),
        .library(name: "MonitoringTracing", targets: ["MonitoringTracing"]),
        .library(name: "MonitoringTesting", targets: ["MonitoringTesting"]),
        .executable(name: "demo-agent", targets: ["MonitoringDemoAgent"]),
    ],
    targets: [
        // Floor 0: what everything else stands on.
        .systemLibrary(
            name: "CMonitoringZlib",
            providers: [.apt(["zlib1g-dev"]), .yum(["zlib-devel"])]
        ),
        .target(name: "CMonitoringShims"),
        .target(name: "MonitoringCore", dependencies: ["CMonitoringShims"], swiftSettings: strict),
        // Floor 1: getting bytes out without losing them.
        .target(
            name: "MonitoringExport",
            dependencies: ["MonitoringCore", "CMonitoringShims", "CMonitoringZlib"],
            swiftSettings: strict
        ),
        // Floor 2: one concern each.
        .target(
            name: "MonitoringTracing", dependencies: ["MonitoringCore", "MonitoringExport"], swiftSettings: strict),
        .target(
            name: "MonitoringMetrics", dependencies: ["MonitoringCore", "CMonitoringShims"], swiftSettings: strict),
        .target(name: "MonitoringServer", dependencies: ["MonitoringCore", "CMonitoringShims"], swiftSettings: strict),
        // Floor 4: everything in one import.
        .target(
            name: "Monitoring",
            dependencies: ["MonitoringCore", "MonitoringMetrics", "MonitoringServer", "MonitoringTracing"],
            swiftSettings: strict
        ),
        // For the tests of hosts and plugins.
        .target(
            name: "MonitoringTesting", dependencies: ["MonitoringCore", "CMonitoringShims"], swiftSettings: strict),
        // Floor 5: a small but real host, on public API only.
        .executableTarget(
            name: "MonitoringDemoAgent",
            dependencies: [
                "Monitoring", "MonitoringCore", "MonitoringMetrics", "MonitoringServer", "MonitoringTracing",
            ],
            resources: [.copy("Corpus")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MonitoringCoreTests",
            dependencies: ["MonitoringCore", "MonitoringTesting"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MonitoringExportTests",
            dependencies: ["MonitoringExport", "MonitoringCore", "MonitoringTesting", "CMonitoringShims"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MonitoringTracingTests",
            dependencies: ["MonitoringTracing", "MonitoringExport", "MonitoringCore", "MonitoringTesting"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MonitoringMetricsTests",
            dependencies: ["MonitoringMetrics", "MonitoringCore", "MonitoringTesting"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MonitoringServerTests",
            dependencies: ["MonitoringServer", "MonitoringCore", "MonitoringTesting"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "MonitoringTestingTests", dependencies: ["MonitoringTesting", "ThirdPartyPlugin"],
            swiftSettings: strict),
        .testTarget(
            name: "MonitoringDemoAgentTests",
            dependencies: ["MonitoringDemoAgent", "MonitoringCore", "MonitoringServer", "MonitoringTesting"],
            swiftSettings: strict
        ),
        // A host that exposes metrics alone: it must not link FoundationNetworking.
        .executableTarget(
            name: "MetricsOnlyHost", dependencies: ["MonitoringCore", "MonitoringMetrics", "MonitoringServer"],
            path: "Tests/MetricsOnlyHost", swiftSettings: strict),
        // A plugin as somebody else would write it: it may import MonitoringCore and nothing more of ours.
        .target(
            name: "ThirdPartyPlugin", dependencies: ["MonitoringCore"], path: "Tests/ThirdPartyPlugin",
            swiftSettings: strict),
        // Kills processes that hand over spans, and counts what arrives; see docs/delivery.md.
        .executableTarget(
            name: "CrashTest", dependencies: ["MonitoringCore", "MonitoringTracing"], path: "Tests/CrashTest",
            swiftSettings: strict),
        // Measures the spool on files against memory; see docs/delivery.md.
        .executableTarget(
            name: "SpoolBench",
            dependencies: ["MonitoringCore", "MonitoringExport", "MonitoringTracing", "MonitoringTesting"],
            path: "Tests/SpoolBench", swiftSettings: strict),
    ]
)

// The documentation plugin joins only when asked for, so that the default graph stays empty.
if Context.environment["MONITORING_DOCS"] != nil {
    package.dependencies.append(.package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"))
}
