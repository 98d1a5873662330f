extension Monitor {
    /// Carries trace context to child processes, in environment variables: `TRACEPARENT`, `TRACESTATE`, `BAGGAGE`.
    ///
    /// Works on a copy and never changes the environment of the own process. Follows OpenTelemetry's "Environment Variables
    /// as Context Propagation Carriers".
    ///
    /// ```swift
    /// var carrier = Monitor.EnvironmentCarrier(ProcessInfo.processInfo.environment)
    /// operation.inject(into: &carrier)
    /// process.environment = carrier.variables
    /// ```
    public struct EnvironmentCarrier: Sendable, Hashable, Monitor.HeaderCarrier {
        /// All variables, those of the carried context among them.
        public private(set) var variables: [String: String]

        /// Makes a carrier.
        ///
        /// - Parameter variables: What was received by this process, or what the child gets besides the context.
        public init(_ variables: [String: String] = [:]) {
            self.variables = variables
        }

        /// The variable that stands for a header.
        ///
        /// - Parameter name: The header's name.
        /// - Returns: The name in upper case, with `_` for everything but ASCII letters, digits and `_`, and `_` in front of a
        ///   digit at the start. `_` for the empty name.
        public static func variable(for name: String) -> String {
            var result = ""
            for scalar in name.unicodeScalars {
                switch scalar {
                case "0"..."9" where result.isEmpty: result += "_\(scalar)"
                case "A"..."Z", "0"..."9", "_": result.unicodeScalars.append(scalar)
                case "a"..."z": result.unicodeScalars.append(Unicode.Scalar(UInt8(ascii: scalar) & 0xdf))
                default: result += "_"
                }
            }
            return result.isEmpty ? "_" : result
        }

        /// The value of the variable that stands for the header.
        ///
        /// - Parameter name: The header's name.
        /// - Returns: One value or none.
        public func values(_ name: String) -> [String] {
            variables[Self.variable(for: name)].map { [$0] } ?? []
        }

        /// Sets the variable that stands for the header.
        ///
        /// - Parameters:
        ///   - name: The header's name.
        ///   - value: Its value.
        public mutating func set(_ name: String, _ value: String) {
            variables[Self.variable(for: name)] = value
        }
    }
}
