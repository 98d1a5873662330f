internal import CMonitoringShims

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Bytes that wait for a socket to take them.
struct OutputQueue {
    /// What writing came to.
    enum Progress: Equatable {
        case wrote(Int)
        case wouldBlock
        /// The reader is gone.
        case broken
    }

    /// Pieces up to this size are put together.
    private static let joinedBytes = 16 << 10

    private var pieces: [[UInt8]] = []
    private var start = 0

    var isEmpty: Bool { pieces.isEmpty }

    /// How many bytes wait.
    var count: Int { pieces.reduce(-start) { $0 + $1.count } }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        if let last = pieces.indices.last, pieces[last].count + bytes.count <= Self.joinedBytes {
            pieces[last] += bytes
        } else {
            pieces.append(bytes)
        }
    }

    mutating func removeAll() {
        pieces = []
        start = 0
    }

    /// Writes as much of the first piece as goes.
    mutating func write(to descriptor: Int32) -> Progress {
        guard let first = pieces.first else { return .wrote(0) }
        let written = unsafe first.withUnsafeBytes { bytes in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[min(start, bytes.count)...])
            return unsafe monitoring_send(descriptor, rest.baseAddress, rest.count)
        }
        guard written >= 0 else {
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOBUFS ? .wouldBlock : .broken
        }
        start += written
        if start >= first.count {
            pieces.removeFirst()
            start = 0
        }
        return .wrote(written)
    }
}
