#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The way to the demo's own service.
enum Loopback {
    private static let hosts = "127.0.0.1,localhost"

    /// Keeps requests to this machine away from proxies.
    ///
    /// On Linux `URLSession` reads the proxy variables of the process by itself, for loopback, too. To be called before
    /// there are other threads.
    static func bypassProxies() {
        for name in ["no_proxy", "NO_PROXY"] {
            let others = unsafe getenv(name).map { unsafe String(cString: $0) } ?? ""
            guard others != "*" else { continue }
            unsafe setenv(name, others.isEmpty ? hosts : "\(others),\(hosts)", 1)
        }
    }
}
