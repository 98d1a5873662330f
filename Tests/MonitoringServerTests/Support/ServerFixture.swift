import MonitoringCore
import MonitoringServer

/// Runs a body while a server serves, and stops it afterwards.
func withServer<R>(
    _ endpoints: [Endpoint],
    _ configuration: EndpointServer.Configuration = EndpointServer.Configuration(),
    _ body: (EndpointServer, Int) async throws -> R
) async throws -> R {
    let server = EndpointServer(endpoints, configuration: configuration.patient)
    let port = try server.start().port
    do {
        let result = try await body(server, port)
        await server.stop(within: .zero)
        return result
    } catch {
        await server.stop(within: .zero)
        throw error
    }
}

extension EndpointServer.Configuration {
    /// The defaults with some changes.
    static func with(_ change: (inout Self) -> Void) -> Self {
        var configuration = Self()
        change(&configuration)
        return configuration
    }

    /// With time for a test whose turn comes late, where it is not time that is tested.
    var patient: Self {
        guard clock is SystemClock else { return self }
        let usual = EndpointServer.Limits()
        var patient = self
        for time in [\EndpointServer.Limits.headTime, \.bodyTime, \.handlerTime, \.writeTime, \.idleTime]
        where limits[keyPath: time] == usual[keyPath: time] {
            patient.limits[keyPath: time] = .seconds(600)
        }
        return patient
    }
}

/// Waits until something holds that another thread brings about; false when it does not within 20 s.
func eventually(_ holds: () -> Bool) async -> Bool {
    for _ in 0..<20_000 {
        if holds() { return true }
        try? await Task.sleep(for: .milliseconds(1))
    }
    return holds()
}

/// An asynchronous endpoint that says what it was asked.
let echo = Endpoint.post("/echo", .open) { request in
    EndpointResponse(
        headers: [("Content-Type", "application/octet-stream"), ("X-Path", request.path)],
        body: .bytes(request.body)
    )
}

/// An endpoint that answers at once.
let hello = Endpoint.probe("/hello") { _ in .text("hello") }
