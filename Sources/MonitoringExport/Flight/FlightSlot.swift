import CMonitoringShims
import MonitoringCore
import Synchronization

/// Writes an operation into its entry.
enum FlightSlot {
    private typealias Field = FlightLayout.Slot

    /// Fills everything but the state.
    @inline(__always)
    static func fill(_ slot: UnsafeMutableRawPointer, with record: Monitor.Record) {
        unsafe (slot + Field.segmentID).atomicWord.pointee.store(0, ordering: .relaxed)
        unsafe slot.storeBytes(of: record.trace.traceID.high, toByteOffset: Field.traceHigh, as: UInt64.self)
        unsafe slot.storeBytes(of: record.trace.traceID.low, toByteOffset: Field.traceLow, as: UInt64.self)
        unsafe slot.storeBytes(of: record.trace.spanID.bits, toByteOffset: Field.span, as: UInt64.self)
        unsafe slot.storeBytes(of: record.parentSpanID?.bits ?? 0, toByteOffset: Field.parent, as: UInt64.self)
        unsafe slot.storeBytes(of: record.startUnixNanoseconds, toByteOffset: Field.start, as: UInt64.self)
        unsafe slot.storeBytes(of: record.kind.rawValue, toByteOffset: Field.kind, as: UInt32.self)
        unsafe slot.storeBytes(of: record.spanKind.rawValue, toByteOffset: Field.spanKind, as: UInt8.self)
        unsafe slot.storeBytes(of: record.trace.flags.rawValue, toByteOffset: Field.flags, as: UInt8.self)
        unsafe slot.storeBytes(of: record.parentIsRemote ? 1 : 0, toByteOffset: Field.isRemote, as: UInt8.self)
        var end = Field.text
        let verb = unsafe FlightText.write(record.nameParts.verb, to: slot + end, limit: Field.verbLimit)
        end &+= verb
        let subject = unsafe FlightText.write(record.nameParts.subject, to: slot + end, limit: Field.subjectLimit)
        end &+= subject
        let agent = record.agent.map { unsafe FlightText.write($0, to: slot + end, limit: Field.agentLimit) } ?? 0
        end &+= agent
        unsafe slot.storeBytes(of: UInt8(verb), toByteOffset: Field.verbLength, as: UInt8.self)
        unsafe slot.storeBytes(of: UInt8(subject), toByteOffset: Field.subjectLength, as: UInt8.self)
        unsafe slot.storeBytes(of: UInt8(agent), toByteOffset: Field.agentLength, as: UInt8.self)
        unsafe slot.storeBytes(of: checksum(slot, end: end), toByteOffset: Field.checksum, as: UInt32.self)
    }

    /// Over the fixed fields behind the state and the note, and the texts.
    static func checksum(_ slot: UnsafeRawPointer, end: Int) -> UInt32 {
        let fixed = unsafe monitoring_crc32c(0, slot + Field.traceHigh, Field.checksum - 2 - Field.traceHigh)
        return unsafe monitoring_crc32c(fixed, slot + Field.text, end - Field.text)
    }
}

/// Writes a breadcrumb into its entry.
enum FlightCrumb {
    private typealias Field = FlightLayout.Crumb

    /// Fills the entry, which is none until the last step.
    static func fill(_ entry: UnsafeMutableRawPointer, with crumb: Monitor.Breadcrumb, sequence: UInt64) {
        let place = unsafe (entry + Field.sequence).atomicWord
        unsafe place.pointee.store(0, ordering: .releasing)
        unsafe entry.storeBytes(of: crumb.unixNanoseconds, toByteOffset: Field.time, as: UInt64.self)
        unsafe entry.storeBytes(of: crumb.level.rawValue, toByteOffset: Field.level, as: UInt8.self)
        let category = unsafe FlightText.write(crumb.category, to: entry + Field.text, limit: Field.categoryLimit)
        let message = unsafe FlightText.write(
            crumb.message, to: entry + Field.text + category, limit: Field.messageLimit)
        unsafe entry.storeBytes(of: UInt8(category), toByteOffset: Field.categoryLength, as: UInt8.self)
        unsafe entry.storeBytes(of: UInt8(message), toByteOffset: Field.messageLength, as: UInt8.self)
        let sum = unsafe checksum(entry, end: Field.text + category + message)
        unsafe entry.storeBytes(of: sum, toByteOffset: Field.checksum, as: UInt32.self)
        unsafe place.pointee.store(sequence, ordering: .releasing)
    }

    /// Over time, level, lengths and texts.
    static func checksum(_ entry: UnsafeRawPointer, end: Int) -> UInt32 {
        let fixed = unsafe monitoring_crc32c(0, entry + Field.time, Field.messageLength + 1 - Field.time)
        return unsafe monitoring_crc32c(fixed, entry + Field.text, end - Field.text)
    }
}

/// Texts of bounded length.
enum FlightText {
    /// Writes as many whole characters of UTF-8 as fit; returns how many bytes those are.
    @inline(__always)
    static func write(_ text: String, to place: UnsafeMutableRawPointer, limit: Int) -> Int {
        let written = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            var count = min(bytes.count, limit)
            if count < bytes.count {
                while count > 0, unsafe bytes[count] & 0xc0 == 0x80 { count -= 1 }
            }
            if let start = bytes.baseAddress { unsafe place.copyMemory(from: start, byteCount: count) }
            return count
        }
        return unsafe written ?? writeSlowly(text, to: place, limit: limit)
    }

    private static func writeSlowly(_ text: String, to place: UnsafeMutableRawPointer, limit: Int) -> Int {
        var text = text
        text.makeContiguousUTF8()
        let written = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            let count = bytes.count <= limit ? bytes.count : 0
            if let start = bytes.baseAddress { unsafe place.copyMemory(from: start, byteCount: count) }
            return count
        }
        return written ?? 0
    }
}
