package import MonitoringCore

/// What a process had in flight when it ended, as its heir reads it.
package struct FlightLog: Sendable {
    /// How a process ended.
    package enum End: Sendable, Hashable {
        /// By nothing that it could note: a crash, or SIGKILL.
        case crash
        /// By that signal, which it did not handle.
        case signal(Int)
        /// By `exit`, with the monitoring still on.
        case exit
        /// With the machine.
        case reboot
    }

    /// An operation that had not ended.
    struct Entry: Sendable {
        var operation: Monitor.CrashReport.Operation
        /// Where its record was to go, if that far.
        var destination: (segmentID: UInt64, offset: Int)?
    }

    /// The encoded resource and scope of the process.
    let identity: [UInt8]
    package let end: End
    package let processID: Int
    package let startedUnixNanoseconds: UInt64
    /// The last sign of life.
    package private(set) var lastSeenUnixNanoseconds: UInt64
    private(set) var entries: [Entry] = []
    package private(set) var breadcrumbs: [Monitor.Breadcrumb] = []

    /// The operations that had not ended, oldest first.
    package var operations: [Monitor.CrashReport.Operation] { entries.map(\.operation) }

    /// What the plugins that hear crashes are told; `nil` when it was none.
    package var crashReport: Monitor.CrashReport? {
        guard end == .crash else { return nil }
        return Monitor.CrashReport(
            processID: processID,
            startedUnixNanoseconds: startedUnixNanoseconds,
            lastSeenUnixNanoseconds: lastSeenUnixNanoseconds,
            operations: operations,
            breadcrumbs: breadcrumbs
        )
    }

    /// Leaves only the operations whose record is not where it was to go.
    mutating func drop(where isRecorded: (_ segmentID: UInt64, _ offset: Int) -> Bool) {
        entries.removeAll { $0.destination.map { isRecorded($0.segmentID, $0.offset) } ?? false }
    }
}

extension FlightLog {
    /// Reads the file of a process that is gone; `nil` for anything else.
    ///
    /// An entry that does not hold together is passed over.
    init?(reading bytes: UnsafeRawBufferPointer, bootID: BootID = .current) {
        guard let header = unsafe FlightHeader(reading: bytes), let base = bytes.baseAddress else { return nil }
        identity = header.identity
        processID = Int(header.processID)
        startedUnixNanoseconds = header.startedUnixNanoseconds
        let beat = unsafe bytes.loadUnaligned(fromByteOffset: FlightLayout.Header.heartbeat, as: UInt64.self)
        lastSeenUnixNanoseconds = max(beat, startedUnixNanoseconds)
        let mark = unsafe bytes[FlightLayout.Header.end]
        end =
            switch mark {
            case _ where header.bootID != bootID: .reboot
            case 0: .crash
            case 255: .exit
            default: .signal(Int(mark))
            }
        // Pages of any age: what was in flight is not to be known.
        guard end != .reboot else { return }
        var place = unsafe base + FlightLayout.dataOffset(identityBytes: header.identity.count)
        for _ in 0..<FlightLayout.slots {
            if let entry = unsafe Self.entry(place) { entries.append(entry) }
            unsafe place += FlightLayout.Slot.size
        }
        var crumbs: [(sequence: UInt64, crumb: Monitor.Breadcrumb)] = []
        for _ in 0..<FlightLayout.crumbs {
            if let crumb = unsafe Self.crumb(place) { crumbs.append(crumb) }
            unsafe place += FlightLayout.Crumb.size
        }
        entries.sort { $0.operation.startUnixNanoseconds < $1.operation.startUnixNanoseconds }
        breadcrumbs = crumbs.sorted { $0.sequence < $1.sequence }.map(\.crumb)
        let times = entries.map(\.operation.startUnixNanoseconds) + breadcrumbs.map(\.unixNanoseconds)
        lastSeenUnixNanoseconds = max(lastSeenUnixNanoseconds, times.max() ?? 0)
    }

    private static func entry(_ slot: UnsafeRawPointer) -> Entry? {
        typealias Field = FlightLayout.Slot
        func word(_ field: Int) -> UInt64 { unsafe slot.loadUnaligned(fromByteOffset: field, as: UInt64.self) }
        func byte(_ field: Int) -> Int { unsafe Int(slot.load(fromByteOffset: field, as: UInt8.self)) }
        guard word(Field.state) == Field.open, let spanKind = Monitor.SpanKind(rawValue: UInt8(byte(Field.spanKind)))
        else { return nil }
        let lengths = [byte(Field.verbLength), byte(Field.subjectLength), byte(Field.agentLength)]
        let end = Field.text + lengths.reduce(0, +)
        guard end <= Field.size,
            unsafe slot.loadUnaligned(fromByteOffset: Field.checksum, as: UInt32.self)
                == FlightSlot.checksum(slot, end: end)
        else { return nil }
        var texts: [String] = []
        var position = Field.text
        for length in lengths {
            texts.append(unsafe text(slot + position, length))
            position += length
        }
        let context = Monitor.TraceContext(
            traceID: Monitor.TraceID(high: word(Field.traceHigh), low: word(Field.traceLow)),
            spanID: Monitor.SpanID(word(Field.span)),
            flags: Monitor.TraceFlags(rawValue: UInt8(byte(Field.flags)))
        )
        let parent = word(Field.parent)
        let operation = Monitor.CrashReport.Operation(
            name: Monitor.OperationName(texts[0], texts[1]),
            kind: Monitor.Kinds(rawValue: unsafe slot.loadUnaligned(fromByteOffset: Field.kind, as: UInt32.self)),
            spanKind: spanKind,
            trace: context,
            parentSpanID: parent == 0 ? nil : Monitor.SpanID(parent),
            parentIsRemote: byte(Field.isRemote) != 0,
            startUnixNanoseconds: word(Field.start),
            agent: texts[2].isEmpty ? nil : texts[2]
        )
        let segment = word(Field.segmentID)
        let destination = segment == 0 ? nil : (segment, Int(clamping: word(Field.offset)))
        return Entry(operation: operation, destination: destination)
    }

    private static func crumb(_ entry: UnsafeRawPointer) -> (sequence: UInt64, crumb: Monitor.Breadcrumb)? {
        typealias Field = FlightLayout.Crumb
        func byte(_ field: Int) -> Int { unsafe Int(entry.load(fromByteOffset: field, as: UInt8.self)) }
        let sequence = unsafe entry.loadUnaligned(fromByteOffset: Field.sequence, as: UInt64.self)
        let category = byte(Field.categoryLength)
        let message = byte(Field.messageLength)
        let end = Field.text + category + message
        guard sequence > 0, end <= Field.size, let level = Monitor.Severity(rawValue: UInt8(byte(Field.level))),
            unsafe entry.loadUnaligned(fromByteOffset: Field.checksum, as: UInt32.self)
                == FlightCrumb.checksum(entry, end: end)
        else { return nil }
        let crumb = Monitor.Breadcrumb(
            unixNanoseconds: unsafe entry.loadUnaligned(fromByteOffset: Field.time, as: UInt64.self),
            message: unsafe text(entry + Field.text + category, message),
            category: unsafe text(entry + Field.text, category),
            level: level
        )
        return (sequence, crumb)
    }

    private static func text(_ start: UnsafeRawPointer, _ count: Int) -> String {
        unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
