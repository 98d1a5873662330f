internal import MonitoringCore

/// Writes attributes, events and links of a span, and how many of them are missing.
struct OTLPSpanLists {
    /// Room kept for what closes the span: brackets, names of lists, three numbers.
    private static let reserve = 256

    private let limit: Int

    init(limit: Int) {
        self.limit = limit - Self.reserve
    }

    /// Writes the rest of a span, behind its other fields; nothing when these left no room for it.
    ///
    /// - Returns: Whether the span is complete.
    func write(_ state: borrowing Monitor.Record.State, into writer: inout ScratchWriter) -> Bool {
        guard !writer.isOverflown, writer.count <= limit else { return false }
        var dropped = (attributes: state.droppedAttributes, events: state.droppedEvents, links: state.droppedLinks)
        if !state.attributes.isEmpty {
            writer.write(#","attributes":["#)
            dropped.attributes += writer.write(state.attributes, within: limit) { $0.write($1) }
            writer.write(UInt8(ascii: "]"))
        }
        if !state.events.isEmpty {
            writer.write(#","events":["#)
            dropped.events += writer.write(state.events, within: limit, Self.write)
            writer.write(UInt8(ascii: "]"))
        }
        if !state.links.isEmpty {
            writer.write(#","links":["#)
            dropped.links += writer.write(state.links, within: limit, Self.write)
            writer.write(UInt8(ascii: "]"))
        }
        writer.write(#","droppedAttributesCount":"#, count: dropped.attributes)
        writer.write(#","droppedEventsCount":"#, count: dropped.events)
        writer.write(#","droppedLinksCount":"#, count: dropped.links)
        writer.write(UInt8(ascii: "}"))
        return true
    }

    private static func write(_ writer: inout ScratchWriter, _ event: borrowing Monitor.Event) {
        writer.write(#"{"timeUnixNano":""#)
        writer.write(event.unixNanoseconds)
        writer.write(#"","name":""#)
        writer.write(escaping: event.name)
        writer.write(UInt8(ascii: "\""))
        write(&writer, event.attributes, dropped: event.droppedAttributes)
        writer.write(UInt8(ascii: "}"))
    }

    private static func write(_ writer: inout ScratchWriter, _ link: borrowing Monitor.Link) {
        writer.write(link.context)
        writer.write(#","flags":"#)
        writer.write(OTLPFlags.number(link.context.flags, isRemote: link.context.isRemote))
        write(&writer, link.attributes, dropped: link.droppedAttributes)
        writer.write(UInt8(ascii: "}"))
    }

    private static func write(_ writer: inout ScratchWriter, _ attributes: [Monitor.Attribute], dropped: Int) {
        if !attributes.isEmpty {
            writer.write(#","attributes":["#)
            writer.write(attributes)
            writer.write(UInt8(ascii: "]"))
        }
        writer.write(#","droppedAttributesCount":"#, count: dropped)
    }
}
