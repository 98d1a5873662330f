extension Monitor {
    /// Headers in order, repeated ones too: a carrier for pair lists and for the header types of HTTP libraries.
    ///
    /// ```swift
    /// Monitor.Headers(request.headers.map { ($0.name, $0.value) })     // all headers, copied
    /// Monitor.Headers { name in request.headers[canonicalForm: name] } // asked for what is needed, nothing copied
    /// ```
    ///
    /// To *write* into such a type use the form of `inject` that takes a closure.
    public struct Headers: Sendable, Monitor.HeaderCarrier {
        /// The headers that were given as pairs or set, in order.
        public private(set) var pairs: [(String, String)]
        private let lookup: (@Sendable (String) -> [String])?

        /// Makes headers of pairs, none by default.
        ///
        /// - Parameter pairs: Names and values in the order in which they were received.
        public init(_ pairs: some Sequence<(String, String)> = EmptyCollection()) {
            self.pairs = Array(pairs)
            self.lookup = nil
        }

        /// Makes headers of pairs with labels, as several HTTP libraries have them.
        ///
        /// - Parameter pairs: Names and values in the order in which they were received.
        public init(_ pairs: some Sequence<(name: String, value: String)>) {
            self.pairs = pairs.map { ($0.name, $0.value) }
            self.lookup = nil
        }

        /// Makes headers that ask somebody else.
        ///
        /// - Parameter lookup: Returns every value of a header, whatever the case of the name, in order. May be called from
        ///   any thread; must not block.
        public init(lookup: @escaping @Sendable (String) -> [String]) {
            self.pairs = []
            self.lookup = lookup
        }

        /// Every value of a header: those that were set or given as pairs, else what the closure returns.
        ///
        /// - Parameter name: The header's name, in any case.
        /// - Returns: The values, in order.
        public func values(_ name: String) -> [String] {
            var values: [String] = []
            // By index, because iterating would retain and release both strings of every pair.
            for index in pairs.indices where HeaderText.isSameName(pairs[index].0, name) {
                values.append(pairs[index].1)
            }
            return values.isEmpty ? lookup?(name) ?? [] : values
        }

        /// Replaces all values of a header by one, in the place of the first.
        ///
        /// - Parameters:
        ///   - name: The header's name.
        ///   - value: Its value.
        public mutating func set(_ name: String, _ value: String) {
            let place = pairs.firstIndex { HeaderText.isSameName($0.0, name) } ?? pairs.endIndex
            pairs.removeAll { HeaderText.isSameName($0.0, name) }
            pairs.insert((name, value), at: place)
        }
    }
}
