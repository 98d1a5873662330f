import Synchronization

/// What holds a faulty receiver's port: a server, a socket that only sits there, or a full one.
final class FaultBody: Sendable {
    private enum Holder: ~Copyable {
        case server(LoopbackServer)
        case deaf(LoopbackSocket)
        case full(CrowdedSocket)
        case nobody
    }

    let port: UInt16
    private let holder: Mutex<Holder>

    init(_ fault: FaultyReceiver.Fault, port wanted: UInt16, _ pace: Int32, _ log: RequestLog) throws(ReceiverError) {
        switch fault {
        case .refuse:
            // Linux lets two sockets that are both reusable share a port on which nobody listens.
            let socket = try LoopbackSocket(port: wanted, isReusable: wanted != 0)
            port = socket.port
            holder = Mutex(.deaf(socket))
        case .fullBacklog:
            let socket = try CrowdedSocket(port: wanted)
            port = socket.port
            holder = Mutex(.full(socket))
        default:
            let server = try LoopbackServer(port: wanted, readsSlowly: fault == .slowReader) { connection in
                FaultyConversation(fault: fault, pace: pace, log: log).hold(connection)
            }
            port = server.port
            holder = Mutex(.server(server))
        }
    }

    func stop() {
        let last = holder.withLock { holder in
            var taken = Holder.nobody
            swap(&taken, &holder)
            return taken
        }
        // A server waits for its threads, which is not done under a lock.
        if case .server(let server) = last { server.stop() }
    }
}
