#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Which run of the machine this is: a number that changes with every boot, 0 where it cannot be read.
package struct BootID: Sendable, Hashable {
    package let low: UInt64
    package let high: UInt64

    /// This machine's, read once.
    package static let current = BootID(hexadecimal: systemText())

    init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }

    /// Takes the 32 hexadecimal digits of a UUID from text, whatever stands between them.
    init(hexadecimal text: [UInt8]) {
        let digits = text.compactMap { byte -> UInt64? in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
            default: nil
            }
        }
        let isUUID = digits.count == 32
        high = isUUID ? digits.prefix(16).reduce(0) { $0 << 4 | $1 } : 0
        low = isUUID ? digits.suffix(16).reduce(0) { $0 << 4 | $1 } : 0
    }

    private static func systemText() -> [UInt8] {
        var text = [UInt8](repeating: 0, count: 64)
        #if canImport(Darwin)
            var size = text.count
            let found = unsafe sysctlbyname("kern.bootsessionuuid", &text, &size, nil, 0) == 0
            return found ? Array(text.prefix(size)) : []
        #else
            let file = unsafe open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC)
            guard file >= 0 else { return [] }
            defer { close(file) }
            let count = unsafe read(file, &text, text.count)
            return Array(text.prefix(max(0, count)))
        #endif
    }
}
