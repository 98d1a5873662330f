/// A dictionary of bounded size: the entry that was not used for the longest time makes room for a new one.
///
/// Entries form a ring through their indices, newest first; every operation takes constant time.
struct LRUCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        var key: Key
        var value: Value
        var newer: Int
        var older: Int
    }

    let capacity: Int
    private var positions: [Key: Int] = [:]
    private var entries: [Entry] = []
    private var newest = 0

    /// Makes an empty cache.
    ///
    /// - Parameter capacity: The most entries; at least 1.
    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    var count: Int { entries.count }

    /// The keys, most recently used first.
    var keys: [Key] {
        var keys: [Key] = []
        var position = newest
        for _ in entries {
            keys.append(entries[position].key)
            position = entries[position].older
        }
        return keys
    }

    /// The value of a key, which becomes the most recently used.
    mutating func value(for key: Key) -> Value? {
        guard let position = positions[key] else { return nil }
        touch(position)
        return entries[position].value
    }

    /// Sets the value of a key, which becomes the most recently used.
    ///
    /// - Returns: The key that had to make room, if any.
    @discardableResult
    mutating func set(_ value: Value, for key: Key) -> Key? {
        if let position = positions[key] {
            entries[position].value = value
            touch(position)
            return nil
        }
        guard entries.count == capacity else {
            append(value, for: key)
            return nil
        }
        // The oldest entry is the newest one's newer neighbour in the ring: turn the ring by one and use its place.
        let position = entries[newest].newer
        let evicted = entries[position].key
        positions[evicted] = nil
        positions[key] = position
        entries[position].key = key
        entries[position].value = value
        newest = position
        return evicted
    }

    private mutating func append(_ value: Value, for key: Key) {
        let position = entries.count
        positions[key] = position
        entries.append(Entry(key: key, value: value, newer: position, older: position))
        link(position)
    }

    private mutating func touch(_ position: Int) {
        guard position != newest else { return }
        let entry = entries[position]
        entries[entry.newer].older = entry.older
        entries[entry.older].newer = entry.newer
        link(position)
    }

    /// Puts an entry that is in no place of the ring before the newest one.
    private mutating func link(_ position: Int) {
        if entries.count > 1 {
            let oldest = entries[newest].newer
            entries[position].newer = oldest
            entries[position].older = newest
            entries[oldest].older = position
            entries[newest].newer = position
        }
        newest = position
    }
}
