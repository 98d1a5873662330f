import CMonitoringShims

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The only place that reads the environment of the process.
enum ProcessEnvironment {
    /// All variables as they are now.
    ///
    /// Of two entries with the same name the first counts, as it does for `getenv`.
    static func snapshot() -> [String: String] {
        var result: [String: String] = [:]
        guard var entry = unsafe monitoring_environment() else { return result }
        while let text = unsafe entry.pointee {
            let bytes = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
            if let equals = unsafe bytes.firstIndex(of: UInt8(ascii: "=")), equals > 0 {
                let name = unsafe String(decoding: bytes[..<equals], as: UTF8.self)
                if result[name] == nil {
                    result[name] = unsafe String(decoding: bytes[(equals + 1)...], as: UTF8.self)
                }
            }
            unsafe entry += 1
        }
        return result
    }
}
