#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An address to listen on, as the bytes of its `sockaddr`.
struct ListenAddress: Sendable {
    let family: Int32
    let bytes: [UInt8]

    /// Looks a host up, which for a name may take as long as the resolver does.
    ///
    /// - Returns: The addresses, IPv4 before IPv6; none for what is neither an address nor a name that leads to one.
    static func lookUp(_ host: String, port: UInt16) -> [ListenAddress] {
        guard mayBeHost(host) else { return [] }
        var hints = unsafe addrinfo()
        #if canImport(Glibc)
            unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
            unsafe hints.ai_socktype = SOCK_STREAM
        #endif
        unsafe hints.ai_flags = AI_NUMERICSERV | AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [ListenAddress] = []
        var next = unsafe list
        while let entry = unsafe next {
            if let address = unsafe entry.pointee.ai_addr {
                let bytes = unsafe UnsafeRawBufferPointer(start: address, count: Int(entry.pointee.ai_addrlen))
                addresses.append(ListenAddress(family: unsafe entry.pointee.ai_family, bytes: unsafe Array(bytes)))
            }
            unsafe next = entry.pointee.ai_next
        }
        return addresses.filter { $0.family == AF_INET } + addresses.filter { $0.family == AF_INET6 }
    }

    /// Whether asking a resolver is worth the time: nothing else can be a name of this machine.
    private static func mayBeHost(_ host: String) -> Bool {
        guard (1...253).contains(host.utf8.count) else { return false }
        if host.utf8.contains(UInt8(ascii: ":")) {
            return host.utf8.allSatisfy { $0.isToken || $0 == UInt8(ascii: ":") }
        }
        let labels = host.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let isNumeric = labels.last?.allSatisfy(\.isDecimalDigit) ?? true
        if isNumeric { return labels.count == 4 && labels.allSatisfy { (1...3).contains($0.count) } }
        return labels.allSatisfy { label in
            (1...63).contains(label.count) && label.first != UInt8(ascii: "-")
                && label.allSatisfy {
                    $0.isToken && ($0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0.isLetterOrDigit)
                }
        }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool { isDecimalDigit || (self | 0x20) &- UInt8(ascii: "a") < 26 }
}
