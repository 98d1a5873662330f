// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "quick-start",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-agent-monitoring", path: "../../..")],
    targets: [
        .executableTarget(
            name: "QuickStart",
            dependencies: [
                .product(name: "MonitoringCore", package: "swift-agent-monitoring"),
                .product(name: "MonitoringTracing", package: "swift-agent-monitoring"),
            ]
        )
    ]
)
