import MonitoringCore
import MonitoringTesting
import Testing

@Suite struct ScopeTests {
    @Test func `two hundred concurrent requests see only their own user, tags and crumbs`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                group.addTask {
                    await monitor.observe(.httpServer(method: "GET", route: "/")) { request in
                        monitor.scope.user = Monitor.Scope.User(id: "user-\(index)")
                        monitor.breadcrumb("first of \(index)")
                        await Task.yield()
                        await monitor.observe(.agent(name: "a")) {
                            monitor.scope.tags["index"] = String(index)
                            await Task { monitor.breadcrumb("second of \(index)") }.value
                            await Task.yield()
                            monitor.observe(.tool(name: "t")) { monitor.capture("from \(index)", tags: ["n": index]) }
                        }
                        request[.responseStatus] = 200
                    }
                }
            }
        }
        #expect(telemetry.captures.count == 200)
        for capture in telemetry.captures {
            let index = try #require(capture.attributes.first?.value.description)
            #expect(capture.scope.user?.id == "user-\(index)")
            #expect(capture.scope.tags["index"] == index)
            #expect(capture.scope.breadcrumbs.map(\.message) == ["first of \(index)", "second of \(index)"])
            #expect(capture.operation?.name == "execute_tool t")
            #expect(capture.requestID?.isEmpty == false)
        }
        #expect(Set(telemetry.captures.compactMap(\.requestID)).count == 200)
        #expect(monitor.scope.user == nil && monitor.scope.breadcrumbs.isEmpty)
    }

    @Test func `a scope starts as a copy of the one around it`() async throws {
        let telemetry = try await TestMonitor { $0.tags = ["region": "north"] }
        let monitor = telemetry.monitor
        monitor.scope.tags["shared"] = "yes"
        monitor.observe(.agent(name: "a")) {
            #expect(monitor.scope.tags.all == ["region": "north", "shared": "yes"])
            monitor.scope.tags["own"] = "1"
            monitor.observe(.httpServer(method: "GET")) {
                #expect(monitor.scope.tags["own"] == "1")
                monitor.scope.tags["inner"] = "1"
            }
            #expect(monitor.scope.tags["inner"] == nil)
        }
        #expect(monitor.scope.tags["own"] == nil)
    }

    @Test func `parallel tag writes lose none`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        await monitor.observe(.agent(name: "a")) {
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<200 { group.addTask { monitor.scope.tags["k\(index)"] = "v" } }
            }
            #expect(monitor.scope.tags.all.count == 200)
        }
    }

    @Test func `only the last hundred crumbs are kept, in order`() async throws {
        let telemetry = try await TestMonitor()
        telemetry.monitor.observe(.agent(name: "a")) {
            for index in 0..<250 { telemetry.monitor.breadcrumb(String(index)) }
            #expect(telemetry.monitor.scope.breadcrumbs.map(\.message) == (150..<250).map(String.init))
        }
    }

    @Test func `the scope of a monitor that is off forgets`() {
        Monitor.off.scope.user = Monitor.Scope.User(id: "x")
        Monitor.off.scope.tags["a"] = "b"
        #expect(Monitor.off.scope.user == nil && Monitor.off.scope.tags.all.isEmpty)
    }

    @Test(arguments: [Monitor.Kinds.cache, []])
    func `requests do not mix though nobody hears of them`(_ interest: Monitor.Kinds) async throws {
        let telemetry = try await TestMonitor(interest: interest)
        let monitor = telemetry.monitor
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<50 {
                group.addTask {
                    await monitor.observe(.httpServer(method: "GET")) {
                        monitor.scope.user = Monitor.Scope.User(id: String(index))
                        monitor.breadcrumb(String(index))
                        await Task.yield()
                        monitor.observe(.agent(name: "a")) { monitor.capture("c", tags: ["n": index]) }
                    }
                }
            }
        }
        #expect(telemetry.captures.count == 50)
        for capture in telemetry.captures {
            let index = try #require(capture.attributes.first?.value.description)
            #expect(capture.scope.user?.id == index && capture.scope.breadcrumbs.map(\.message) == [index])
        }
        #expect(monitor.scope.user == nil && monitor.scope.breadcrumbs.isEmpty)
    }

    @Test func `a request id is taken from the caller when harmless and made otherwise`() async throws {
        let telemetry = try await TestMonitor()
        let monitor = telemetry.monitor
        let taken = monitor.observe(.httpServer(method: "GET"), continuing: ["X-Request-ID": "abc-1"]) { $0.requestID }
        #expect(taken == "abc-1")
        for hostile in ["a\r\nb", "", String(repeating: "x", count: 129), "ü", "a b"] {
            let made = monitor.observe(.httpServer(method: "GET"), continuing: ["x-request-id": hostile]) {
                $0.requestID
            }
            #expect(made.utf8.count == 32 && made != hostile)
        }
        let inner = monitor.observe(.httpServer(method: "GET", requestID: "r")) {
            monitor.observe(.tool(name: "t")) { $0.requestID }
        }
        #expect(inner == "r")
        #expect(telemetry.operations.first?[.requestID] == "abc-1")
    }
}
