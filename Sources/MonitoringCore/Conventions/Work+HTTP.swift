extension Monitor.Work {
    /// A request that this process serves.
    ///
    /// Span: SERVER, `GET /orders/{id}`.
    ///
    /// Set `operation[.responseStatus]` before the end: from 500 on the operation failed.
    ///
    /// - Parameters:
    ///   - method: The method as it came; unknown ones become `_OTHER`.
    ///   - route: The route's *template*; `nil` when no route matched. Never the path. A query is cut off.
    ///   - path: The path that was asked for, for the span alone.
    ///   - query: The query, for the span alone; secret items are removed.
    ///   - scheme: The URL's scheme.
    ///   - requestID: The request's id. Without one the `X-Request-ID` of `continuing:` is taken, if it is harmless, or
    ///     one is made. Read it back from ``Monitor/Operation/requestID``.
    /// - Returns: The work to observe.
    public static func httpServer(
        method: String,
        route: String? = nil,
        path: String? = nil,
        query: String? = nil,
        scheme: String = "http",
        requestID: String? = nil
    ) -> Self {
        let known = HTTPMethod.normalized(method)
        let route = route.map(PathTemplate.path)
        var work = Self(.httpServer, Monitor.OperationName(HTTPMethod.spanName(known), route ?? ""), .server)
        work.requestID = requestID
        work.add(.httpRequestMethod, known)
        if known != method { work.add(.methodOriginal, method) }
        work.add(.httpRoute, route)
        work.add(.urlPath, path)
        work.add(.urlQuery, query)
        work.add(.urlScheme, scheme)
        return work
    }

    /// A request that this process makes, one operation an attempt.
    ///
    /// Span: CLIENT, `GET /seal/{id}`.
    ///
    /// Set `operation[.responseStatus]` before the end: from 400 on the operation failed.
    ///
    /// - Parameters:
    ///   - method: The method; unknown ones become `_OTHER`.
    ///   - url: The whole URL, for the span alone; credentials and secret query items are removed.
    ///   - template: The template of the path, if it is known; it completes the name. A query is cut off.
    /// - Returns: The work to observe.
    public static func httpClient(method: String, url: String, template: String? = nil) -> Self {
        let known = HTTPMethod.normalized(method)
        let template = template.map(PathTemplate.path)
        var work = Self(.httpClient, Monitor.OperationName(HTTPMethod.spanName(known), template ?? ""), .client)
        let origin = URLOrigin(url)
        work.add(.httpRequestMethod, known)
        if known != method { work.add(.methodOriginal, method) }
        work.add(.urlFull, url)
        work.add(.serverAddress, origin?.host)
        work.add(.serverPort, origin?.port)
        work.add(.urlTemplate, template)
        return work
    }
}

/// A path with names in place of what varies: `/orders/{id}`.
enum PathTemplate {
    /// The template without query and fragment, which are for the span's URL alone; marks within braces are a name's.
    static func path(_ template: String) -> String {
        let bytes = template.utf8
        guard bytes.contains(where: isMark) else { return template }
        var index = bytes.startIndex
        while index < bytes.endIndex, !isMark(bytes[index]) {
            if bytes[index] == UInt8(ascii: "{") { index = end(ofName: bytes[index...]) ?? index }
            index = bytes.index(after: index)
        }
        return String(template[..<index])
    }

    private static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") }

    /// Where the name's closing brace is; a name has no blank, no `/` and no `=`.
    private static func end(ofName name: Substring.UTF8View) -> String.Index? {
        let stop = name.firstIndex { "}/= ".utf8.contains($0) }
        return stop.flatMap { name[$0] == UInt8(ascii: "}") ? $0 : nil }
    }
}

/// HTTP's methods, as OpenTelemetry knows them.
enum HTTPMethod {
    private static let known: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
    ]

    static func normalized(_ method: String) -> String { known.contains(method) ? method : "_OTHER" }

    static func spanName(_ normalized: String) -> String { normalized == "_OTHER" ? "HTTP" : normalized }
}

/// Host and port of an absolute URL.
package struct URLOrigin: Sendable, Hashable {
    package let scheme: String
    package let host: String
    package let port: Int

    /// `nil` when the text has no scheme or no host, or a port that is none.
    package init?(_ url: String) {
        guard let colon = url.utf8.firstIndex(of: UInt8(ascii: ":")), colon != url.startIndex else { return nil }
        let rest = url[colon...]
        guard rest.utf8.starts(with: "://".utf8) else { return nil }
        scheme = url[..<colon].lowercased()
        var authority = rest.dropFirst(3).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
        var portText: Substring?
        if authority.first == "[" {
            guard let end = authority.firstIndex(of: "]") else { return nil }
            host = String(authority[authority.index(after: authority.startIndex)..<end])
            let tail = authority[authority.index(after: end)...]
            if tail.first == ":" { portText = tail.dropFirst() } else if !tail.isEmpty { return nil }
        } else if let separator = authority.lastIndex(of: ":") {
            host = String(authority[..<separator])
            portText = authority[authority.index(after: separator)...]
        } else {
            host = String(authority)
        }
        guard !host.isEmpty, host.utf8.count <= 255 else { return nil }
        if let portText, !portText.isEmpty {
            guard let number = Int(portText), (1...65535).contains(number) else { return nil }
            port = number
        } else {
            port = scheme == "https" ? 443 : 80
        }
    }
}
