#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An IP address and port, read from a `sockaddr`.
struct PeerAddress: Sendable, Hashable {
    /// The address as text; one of IPv4 that came by IPv6 as that of IPv4.
    let host: String
    let port: Int
    /// Whether only this machine can have it.
    let isLoopback: Bool

    /// Reads an address; `nil` when it is none of IP.
    init?(_ storage: sockaddr_storage) {
        var storage = storage
        switch Int32(storage.ss_family) {
        case AF_INET:
            let address = unsafe withUnsafeBytes(of: &storage) { unsafe $0.loadUnaligned(as: sockaddr_in.self) }
            let bits = UInt32(bigEndian: address.sin_addr.s_addr)
            host = Self.text(v4: bits)
            port = Int(UInt16(bigEndian: address.sin_port))
            isLoopback = bits >> 24 == 127
        case AF_INET6:
            let address = unsafe withUnsafeBytes(of: &storage) { unsafe $0.loadUnaligned(as: sockaddr_in6.self) }
            let bytes = unsafe withUnsafeBytes(of: address.sin6_addr) { unsafe Array($0) }
            port = Int(UInt16(bigEndian: address.sin6_port))
            if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
                let bits = bytes[12...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
                host = Self.text(v4: bits)
                isLoopback = bits >> 24 == 127
            } else {
                var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
                var raw = address.sin6_addr
                let result = unsafe inet_ntop(AF_INET6, &raw, &text, socklen_t(text.count))
                guard unsafe result != nil else { return nil }
                host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
                isLoopback = bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1
            }
        default: return nil
        }
    }

    private static func text(v4 bits: UInt32) -> String {
        "\(bits >> 24).\(bits >> 16 & 0xFF).\(bits >> 8 & 0xFF).\(bits & 0xFF)"
    }
}
