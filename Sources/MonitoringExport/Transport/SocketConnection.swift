internal import MonitoringCore

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// One TCP connection.
///
/// Its owner alone reads and writes.
final class SocketConnection: Sendable {
    /// The socket; it does not block.
    let descriptor: Int32

    private init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Whether the peer has neither closed the connection nor sent anything that nobody asked for.
    var isQuiet: Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&entry, 1, 0) == 0
    }

    /// Connects to the first address that takes the connection.
    ///
    /// - Parameters:
    ///   - addresses: What to try, in order; none may use more than half of the time that is left, but the last.
    ///   - origin: What an error names.
    ///   - deadline: A monotonic time in nanoseconds.
    ///   - cancellation: Ends the wait when it rings.
    /// - Returns: A connection to the first that took it.
    /// - Throws: What kept the last one from taking it.
    static func open(
        _ addresses: [SocketAddress], origin: String, until deadline: UInt64, cancellation: Doorbell
    ) throws(TransportError) -> SocketConnection {
        var failure = TransportError(.unresolved, origin: origin)
        for (index, address) in addresses.enumerated() {
            let now = SystemClock().monotonicNanoseconds
            let left = deadline > now ? deadline - now : 0
            let isLast = index == addresses.count - 1
            do throws(Failure) {
                return try open(address, until: now + (isLast ? left : left / 2), cancellation: cancellation)
            } catch {
                failure = TransportError(error.kind, origin: origin)
                if error.kind == .cancelled { break }
            }
        }
        throw failure
    }

    private struct Failure: Error {
        let kind: TransportError.Kind
        init(_ kind: TransportError.Kind) { self.kind = kind }
    }

    private static func open(
        _ address: SocketAddress, until deadline: UInt64, cancellation: Doorbell
    ) throws(Failure) -> SocketConnection {
        let descriptor = SocketPlatform.makeSocket(family: address.family)
        guard descriptor >= 0 else { throw Failure(errno == EAFNOSUPPORT ? .unreachable : .other) }
        let connection = SocketConnection(descriptor)
        var one: Int32 = 1
        _ = unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        var failure = address.connect(descriptor)
        if failure == EINPROGRESS || failure == EINTR {
            switch cancellation.wait(for: descriptor, events: Int16(POLLOUT), until: deadline) {
            case .rang: throw Failure(.cancelled)
            case .timeout: throw Failure(.timeout)
            case .ready: break
            }
            var size = socklen_t(MemoryLayout<Int32>.size)
            guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 else {
                throw Failure(.other)
            }
        }
        switch failure {
        case 0: return connection
        case ECONNREFUSED: throw Failure(.refused)
        case ECONNRESET, ECONNABORTED, EPIPE: throw Failure(.closed)
        case ETIMEDOUT: throw Failure(.timeout)
        case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, ENETDOWN, EACCES, EPERM: throw Failure(.unreachable)
        default: throw Failure(.other)
        }
    }

    /// What a read or write came to.
    enum Progress {
        case bytes(Int)
        /// The peer has ended its side.
        case end
        case wouldBlock
        /// The connection is broken.
        case broken
    }

    /// Reads what is there.
    func receive(into buffer: inout [UInt8]) -> Progress {
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        if count > 0 { return .bytes(count) }
        return count == 0 ? .end : Self.failure
    }

    /// Writes as much as goes.
    func transmit(_ bytes: [UInt8], from start: Int) -> Progress {
        let count = unsafe bytes.withUnsafeBytes { buffer in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
            return unsafe send(descriptor, rest.baseAddress, rest.count, SocketPlatform.sendFlags)
        }
        return count >= 0 ? .bytes(count) : Self.failure
    }

    private static var failure: Progress {
        switch errno {
        case EAGAIN, EWOULDBLOCK, EINTR: .wouldBlock
        default: .broken
        }
    }
}
