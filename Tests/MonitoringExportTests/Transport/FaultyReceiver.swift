import Foundation
import MonitoringExport
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A server on a loopback socket whose every byte the test decides.
final class FaultyReceiver: Sendable {
    /// One accepted connection, on a thread of its own, with calls that block.
    final class Connection: Sendable {
        let descriptor: Int32
        /// Which connection of the receiver it is, from 1.
        let number: Int

        init(_ descriptor: Int32, number: Int) {
            self.descriptor = descriptor
            self.number = number
        }

        /// Reads up to some bytes; empty at the end.
        func read(_ count: Int = 65_536) -> [UInt8] {
            unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                filled = unsafe max(recv(descriptor, buffer.baseAddress, count, 0), 0)
            }
        }

        /// Reads one whole request: head, then as much body as it announces.
        func readRequest() -> String {
            var bytes: [UInt8] = []
            while true {
                let text = String(decoding: bytes, as: UTF8.self)
                if let end = text.firstRange(of: "\r\n\r\n") {
                    let head = text[..<end.lowerBound].lowercased()
                    let length = head.firstMatch(of: /content-length: *(\d+)/).flatMap { Int($0.1) } ?? 0
                    if text[end.upperBound...].utf8.count >= length { return text }
                }
                let more = read()
                if more.isEmpty { return text }
                bytes += more
            }
        }

        /// Writes everything, unless the peer is gone.
        @discardableResult
        func write(_ bytes: some Collection<UInt8>) -> Bool {
            var rest = Array(bytes)[...]
            while !rest.isEmpty {
                let count = unsafe rest.withUnsafeBytes { unsafe send(descriptor, $0.baseAddress, $0.count, noSignal) }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }

        @discardableResult
        func write(_ text: String) -> Bool { write(text.utf8) }

        /// Keeps silent until the peer goes.
        func waitForEnd() { while !read().isEmpty {} }

        /// Reads nothing until the peer goes.
        func waitForReset() {
            var entry = pollfd(fd: descriptor, events: 0, revents: 0)
            while unsafe poll(&entry, 1, -1) < 0 {}
        }

        /// Lets some time pass; whether the peer is still there.
        func pause(milliseconds: Int32) -> Bool {
            var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            return unsafe poll(&entry, 1, milliseconds) == 0 || !read().isEmpty
        }

        /// Makes the coming close a reset.
        func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        }
    }

    private struct State {
        var connections = 0
        var requests: [String] = []
        var watchers: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        mutating func watchers(upTo count: Int) -> [CheckedContinuation<Void, Never>] {
            defer { watchers.removeAll { $0.count <= count } }
            return watchers.filter { $0.count <= count }.map(\.continuation)
        }
    }

    let port: UInt16
    private let listener: Int32
    private let state = Mutex(State())

    /// Starts to listen.
    ///
    /// The handler gets each connection, which is closed when it returns.
    init(_ handler: @escaping @Sendable (FaultyReceiver.Connection, _ seen: (String) -> Void) -> Void) throws {
        let listener = Self.makeListener()
        self.listener = listener.descriptor
        port = listener.port
        let state = SharedState(self)
        Self.onThread {
            while true {
                let descriptor = accept(listener.descriptor, nil, nil)
                guard descriptor >= 0 else { return }
                guard let receiver = state.receiver else {
                    close(descriptor)
                    return
                }
                let (number, watchers) = receiver.state.withLock { state in
                    state.connections += 1
                    return (state.connections, state.watchers(upTo: state.connections))
                }
                for watcher in watchers { watcher.resume() }
                Self.onThread { [weak receiver] in
                    handler(Connection(descriptor, number: number)) { request in
                        receiver?.state.withLock { $0.requests.append(request) }
                    }
                    close(descriptor)
                }
            }
        }
    }

    /// Answers each request with the same bytes and keeps the connection for as long as the peer does.
    static func answering(_ answer: String) throws -> FaultyReceiver {
        try FaultyReceiver { connection, seen in
            while true {
                let request = connection.readRequest()
                guard !request.isEmpty else { return }
                seen(request)
                guard connection.write(answer) else { return }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    var connectionCount: Int { state.withLock { $0.connections } }
    var requests: [String] { state.withLock { $0.requests } }

    /// Waits until so many connections were accepted.
    func connections(_ count: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.connections >= count { return true }
                state.watchers.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }

    func endpoint(path: String = "/v1/traces") -> Endpoint {
        Endpoint(scheme: .http, host: "127.0.0.1", port: port, path: path)
    }

    /// A port at which nobody listens.
    static func closedPort() -> UInt16 {
        let listener = makeListener()
        close(listener.descriptor)
        return listener.port
    }

    private final class SharedState: Sendable {
        private let box: Mutex<WeakBox>
        init(_ receiver: FaultyReceiver) { box = Mutex(WeakBox(receiver: receiver)) }
        var receiver: FaultyReceiver? { box.withLock { $0.receiver } }
    }

    private struct WeakBox { weak var receiver: FaultyReceiver? }

    private static func makeListener() -> (descriptor: Int32, port: UInt16) {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = unsafe bind(descriptor, address, size)
                _ = listen(descriptor, 512)
                _ = unsafe getsockname(descriptor, address, &size)
            }
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    private static func onThread(_ body: @escaping @Sendable () -> Void) {
        Thread.detachNewThread(body)
    }
}

#if os(Linux)
    private let noSignal = Int32(MSG_NOSIGNAL)
#else
    private let noSignal: Int32 = 0
#endif
