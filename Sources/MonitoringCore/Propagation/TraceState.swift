extension Monitor {
    /// The W3C `tracestate`: an ordered list of what tracing systems asked to be carried along.
    ///
    /// At most 32 entries, the most recently written first. An immutable value of one string, cheap to copy; empty, it owns
    /// no memory. Follows W3C Trace Context, level 2.
    public struct TraceState: Sendable, Hashable {
        /// One system's entry.
        public struct Entry: Sendable, Hashable {
            /// Who it belongs to.
            public let key: String
            /// What they wrote, not to be read by others.
            public let value: String
        }

        /// The most entries that a state has.
        public static var maximumCount: Int { 32 }

        /// The list as it is sent: valid members with different keys, commas and nothing else between them.
        let text: String

        /// No entries.
        public init() {
            text = ""
        }

        init(text: String) {
            self.text = text
        }

        /// True when there are no entries.
        public var isEmpty: Bool { text.isEmpty }

        /// All entries, in order: an array of strings that is built at every call.
        public var entries: [Entry] {
            HeaderText.withBytes(of: text) { bytes in
                var entries: [Entry] = []
                var rest: Range<Int>? = bytes.indices
                while let member = HeaderText.nextPiece(of: &rest, in: bytes) {
                    guard let equals = HeaderText.firstIndex(of: UInt8(ascii: "="), in: member, of: bytes) else {
                        continue
                    }
                    let key = HeaderText.string(of: member.lowerBound..<equals, in: bytes)
                    let value = HeaderText.string(of: (equals + 1)..<member.upperBound, in: bytes)
                    entries.append(Entry(key: key, value: value))
                }
                return entries
            }
        }

        /// The value for a key; `nil` when there is none.
        public subscript(key: String) -> String? {
            HeaderText.member(named: key, in: text).map { member in
                let value = (member.lowerBound + key.utf8.count + 1)..<member.upperBound
                return HeaderText.withBytes(of: text) { HeaderText.string(of: value, in: $0) }
            }
        }

        /// The state with an entry added or changed, which then comes first; the 33rd falls off the end.
        ///
        /// - Parameters:
        ///   - value: 1 to 256 printable ASCII characters, without commas and equals signs, not ending with a space.
        ///   - key: 1 to 256 of `a-z 0-9 _ - * / @`, starting with a letter or digit.
        /// - Returns: The new state.
        /// - Throws: A problem with the code `invalid-key` or `invalid-value`. Keep the old state then.
        public func setting(_ value: String, for key: String) throws(Monitor.Problem) -> TraceState {
            guard Self.isKey(key) else {
                throw .propagation("invalid-key", of: "tracestate", "a key has 1 to 256 of a-z, 0-9, _, -, *, / and @")
            }
            guard Self.isValue(value) else {
                throw .propagation("invalid-value", of: "tracestate", "a value has 1 to 256 printable ASCII characters")
            }
            let others = removing(key).first(Self.maximumCount - 1).text
            return TraceState(text: others.isEmpty ? "\(key)=\(value)" : "\(key)=\(value),\(others)")
        }

        /// The state without an entry, which only its owner should remove.
        ///
        /// - Parameter key: Whose entry goes.
        /// - Returns: The new state; the same when there was no such entry.
        public func removing(_ key: String) -> TraceState {
            HeaderText.member(named: key, in: text).map { TraceState(text: HeaderText.removing($0, from: text)) }
                ?? self
        }
    }
}
