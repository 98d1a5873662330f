#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A writer that is gone, and what it has left; its heir is whoever has this object.
struct DeadWriter: Sendable {
    let lock: WriterLock
    let folder: Folder
    /// The names of its segments' files.
    let segments: [String]

    static let flightSuffix = ".flight"

    /// The name of its flight recorder's file.
    var flight: String { lock.writer + Self.flightSuffix }

    /// The writers in a folder that nobody owns any more.
    ///
    /// - Parameters:
    ///   - folder: A destination's.
    ///   - own: The writer that is this process's own.
    ///   - isWanted: Whether a segment's file is worth taking a lock for.
    /// - Returns: The dead, locked, and whether others live.
    static func all(
        in folder: Folder, except own: String? = nil, where isWanted: (String) -> Bool = { _ in true }
    ) -> (dead: [DeadWriter], othersLive: Bool) {
        var found: [DeadWriter] = []
        var othersLive = false
        let segments = segments(in: folder)
        let owners = folder.names().filter { $0.hasSuffix(WriterLock.suffix) || $0.hasSuffix(flightSuffix) }
            .map { String($0.prefix { $0 != "." }) }
        for writer in Set(owners).union(segments.keys).sorted() where writer != own && isWriter(writer) {
            let left = segments[writer] ?? []
            guard left.isEmpty || left.contains(where: isWanted) else { continue }
            guard let lock = try? WriterLock.take(writer, in: folder) else {
                othersLive = true
                continue
            }
            // Looked at again: until the lock was had, the list could change.
            found.append(DeadWriter(lock: lock, folder: folder, segments: Self.segments(in: folder)[writer] ?? []))
        }
        return (found, othersLive)
    }

    private static func segments(in folder: Folder) -> [String: [String]] {
        let names = folder.names().filter { $0.hasSuffix(SegmentFile.suffix) }.sorted()
        return Dictionary(grouping: names) { String($0.prefix { $0 != "-" }) }
    }

    private static func isWriter(_ name: String) -> Bool {
        name.utf8.count == 16 && name.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}

extension FlightLog {
    /// The longest file that is read.
    private static let longest = 1 << 20

    /// What a dead writer had in flight; `nil` where it had no flight recorder.
    init?(of writer: DeadWriter) {
        guard let descriptor = try? writer.folder.open(writer.flight, O_RDONLY) else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.longest)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        let log = unsafe bytes.withUnsafeBytes {
            unsafe FlightLog(reading: UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
        guard let log else { return nil }
        self = log
    }
}
