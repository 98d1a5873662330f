extension Monitor {
    /// W3C `baggage`: names and values that travel with a request through all services.
    ///
    /// At most 64 members and 8192 bytes. An immutable value of one string, cheap to copy; empty, it owns no memory. It goes
    /// to other services in clear: never put secrets into it. It does not become attributes by itself.
    ///
    /// Two baggages are equal when they are sent as the same text.
    public struct Baggage: Sendable, Hashable {
        /// One member.
        public struct Entry: Sendable, Hashable {
            /// The name, case-sensitive.
            public let key: String
            /// The value, decoded.
            public let value: String
            /// What follows the value, `priority=1;checked`, encoded; `nil` when there is nothing.
            public let metadata: String?
        }

        /// The most members.
        public static var maximumCount: Int { 64 }
        /// The most bytes, commas included.
        public static var maximumLength: Int { 8192 }

        /// The list as it is sent: valid members with different keys, within the limits, without white space.
        let text: String

        /// No members.
        public init() {
            text = ""
        }

        init(text: String) {
            self.text = text
        }

        /// True when there are no members.
        public var isEmpty: Bool { text.isEmpty }

        /// What to send as `baggage`; `nil` when there is nothing to send.
        ///
        /// What was received and not changed is sent in the encoding it came in.
        public var headerValue: String? { text.isEmpty ? nil : text }

        /// All members, in order: an array of strings that is built at every call.
        public var entries: [Entry] {
            HeaderText.withBytes(of: text) { bytes in
                var entries: [Entry] = []
                var rest: Range<Int>? = bytes.indices
                while let range = HeaderText.nextPiece(of: &rest, in: bytes) {
                    guard let member = BaggageMember(range, in: bytes) else { continue }
                    let metadata = member.metadata.map { HeaderText.string(of: $0, in: bytes) }
                    let key = HeaderText.string(of: member.key, in: bytes)
                    entries.append(Entry(key: key, value: member.decodedValue(in: bytes), metadata: metadata))
                }
                return entries
            }
        }

        /// The decoded value for a key; `nil` when there is none.
        public subscript(key: String) -> String? {
            HeaderText.member(named: key, in: text).flatMap { member in
                HeaderText.withBytes(of: text) { BaggageMember(member, in: $0)?.decodedValue(in: $0) }
            }
        }

        /// The baggage with a member added or replaced, which then stands last.
        ///
        /// - Parameters:
        ///   - value: Any text; it is encoded.
        ///   - key: An HTTP token: ASCII letters, digits and punctuation without separators. It is sent as it is.
        ///   - metadata: Properties of the member, `name` or `name=value`, separated by semicolons, already encoded.
        /// - Returns: The new baggage.
        /// - Throws: A problem with the code `invalid-key`, `invalid-metadata`, or `full` when a limit would be crossed.
        ///   Keep the old baggage then.
        public func setting(
            _ value: String,
            for key: String,
            metadata: String? = nil
        ) throws(Monitor.Problem) -> Baggage {
            guard BaggageMember.isKey(key) else {
                throw .propagation("invalid-key", of: "baggage", "a key has only the characters of an HTTP token")
            }
            guard metadata.map(BaggageMember.isMetadata) ?? true else {
                throw .propagation(
                    "invalid-metadata", of: "baggage", "metadata is a list of properties, already encoded")
            }
            let others = removing(key)
            var text = others.isEmpty ? "\(key)=" : "\(others.text),\(key)="
            guard others.count < Self.maximumCount, text.utf8.count + value.utf8.count <= Self.maximumLength else {
                throw Self.full
            }
            text += PercentEncoding.encoded(value)
            if let metadata { text += ";\(metadata)" }
            guard text.utf8.count <= Self.maximumLength else { throw Self.full }
            return Baggage(text: text)
        }

        /// The baggage without a member.
        ///
        /// - Parameter key: Whose member goes.
        /// - Returns: The new baggage; the same when there was no such member.
        public func removing(_ key: String) -> Baggage {
            HeaderText.member(named: key, in: text).map { Baggage(text: HeaderText.removing($0, from: text)) } ?? self
        }

        /// The number of members.
        public var count: Int {
            text.isEmpty ? 0 : text.utf8.reduce(1) { $1 == UInt8(ascii: ",") ? $0 + 1 : $0 }
        }

        private static var full: Monitor.Problem {
            .propagation("full", of: "baggage", "it has at most \(maximumCount) members and \(maximumLength) bytes")
        }
    }
}
