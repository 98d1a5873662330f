package import MonitoringCore

extension OTLPExporterSettings {
    /// Where OTLP receivers listen when nobody says otherwise.
    private static let defaultBase = Endpoint(scheme: .http, host: "localhost", port: 4318)

    /// Texts that must be removed from everything: the headers' values, with and without a scheme such as `Bearer`.
    package var secrets: [String] {
        headers.values.flatMap { value in
            [value] + (value.firstIndex(of: " ").map { [String(value[value.index(after: $0)...])] } ?? [])
        }
    }

    /// What an exporter needs to know.
    ///
    /// - Parameters:
    ///   - framing: How records become a request.
    ///   - source: The part that speaks, such as `tracing`.
    ///   - records: What is sent, such as `spans`.
    ///   - offSwitch: What turns it off, such as `ENABLE_TRACING=false`.
    ///   - report: Called with what is wrong and can be done without.
    /// - Returns: The policy, with the defaults of the batch processor.
    /// - Throws: Why nothing can be sent.
    package func policy(
        framing: RequestFraming,
        source: String,
        records: String,
        offSwitch: String,
        report: (Monitor.Problem) -> Void
    ) throws(Monitor.Problem) -> DeliveryPolicy {
        let target = try target(source: source)
        if target.port == 4317 { report(.gRPCPort(of: target, endpointName, source: source)) }
        if let file = certificateVariable { try check(file, target, source: source, report: report) }
        var policy = DeliveryPolicy(
            endpoint: target,
            framing: framing,
            userAgent: DeliveryPolicy.userAgent(version: MonitoringVersion.current),
            words: DeliveryPolicy.Words(
                source: source,
                records: records,
                receiver: "collector",
                endpointVariable: endpointName,
                credentialVariable: OTLPExporterVariable.headers.general.name,
                offSwitch: offSwitch
            )
        )
        policy.isDefaultEndpoint = endpoint == nil
        policy.headers = headerFields(source: source, report: report)
        if let compression { policy.compression = compression }
        return policy
    }

    /// What to correct when the endpoint is wrong.
    private var endpointName: String {
        endpoint == nil || endpointVariable != nil
            ? endpointVariable ?? OTLPExporterVariable.endpoint.general.name : "the endpoint that code sets"
    }

    private func target(source: String) throws(Monitor.Problem) -> Endpoint {
        guard let endpoint else { return Self.defaultBase.appending(signal.path) }
        do throws(Endpoint.Invalid) {
            return try Endpoint(endpoint)
        } catch {
            throw Monitor.Problem(
                source: source,
                code: "invalid-endpoint",
                subject: endpointName,
                message: "\(endpointName) is not a URL that can be sent to: \(error); no \(signal) are recorded",
                fix: "write http://host:4318 or https://host",
                severity: .error
            )
        }
    }

    /// The first certificate that is set, by its variable.
    private var certificateVariable: String? {
        if certificateFile != nil { return OTLPExporterVariable.certificate.general.name }
        if clientCertificateFile != nil { return OTLPExporterVariable.clientCertificate.general.name }
        return clientKeyFile == nil ? nil : OTLPExporterVariable.clientKey.general.name
    }

    /// Sending without the certificates asked for would trust whom nobody meant to trust.
    private func check(
        _ name: String,
        _ target: Endpoint,
        source: String,
        report: (Monitor.Problem) -> Void
    ) throws(Monitor.Problem) {
        var problem = Monitor.Problem(
            source: source,
            code: "certificate-unused",
            subject: name,
            message: "\(name) is set, but \(target.origin) is not spoken to by TLS; the certificate is not used",
            fix: "begin the endpoint with https://, or unset \(name)",
            severity: .notice
        )
        guard target.scheme == .https else { return report(problem) }
        problem.code = "certificate-unsupported"
        problem.message =
            "\(name) is set, and the built-in transport knows no certificates but the system's; "
            + "nothing is sent to \(target.origin) and no \(signal) are recorded"
        problem.fix =
            "build with the package trait AsyncHTTPClient, or unset it and add the certificate to the system's"
        problem.severity = .error
        throw problem
    }

    private func headerFields(source: String, report: (Monitor.Problem) -> Void) -> [HeaderField] {
        headers.sorted { $0.key < $1.key }.compactMap { name, value in
            if let field = HeaderField(name: name, value: value) { return field }
            report(
                Monitor.Problem(
                    source: source,
                    code: "invalid-header",
                    subject: OTLPExporterVariable.headers.general.name,
                    message: "a header that code sets has a name or value that no request can carry; it is left out",
                    fix: "use a token for the name, and no control characters in the value"
                )
            )
            return nil
        }
    }
}
