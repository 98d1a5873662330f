/// The connections by their places.
struct ConnectionTable {
    private var slots: [Connection?] = []
    private var generations: [UInt32] = []
    private var free: [UInt32] = []
    private(set) var count = 0

    /// The connection; `nil` when it is gone.
    subscript(id: ConnectionID) -> Connection? {
        let slot = Int(id.slot)
        guard slots.indices.contains(slot), generations[slot] == id.generation else { return nil }
        return slots[slot]
    }

    /// All connections as they are now.
    var all: [Connection] { slots.compactMap(\.self) }

    /// Makes a connection and keeps it.
    mutating func insert(_ make: (ConnectionID) -> Connection) -> Connection {
        let slot = free.popLast() ?? UInt32(slots.count)
        if Int(slot) == slots.count {
            slots.append(nil)
            generations.append(0)
        }
        let connection = make(ConnectionID(slot: slot, generation: generations[Int(slot)]))
        slots[Int(slot)] = connection
        count += 1
        return connection
    }

    mutating func remove(_ connection: Connection) {
        let slot = Int(connection.id.slot)
        guard self[connection.id] === connection else { return }
        slots[slot] = nil
        generations[slot] &+= 1
        free.append(connection.id.slot)
        count -= 1
    }
}
