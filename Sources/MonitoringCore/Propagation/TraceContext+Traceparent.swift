extension Monitor.TraceContext {
    /// Above this length a `traceparent` is not looked at; version 00 has 55 characters.
    static let longestTraceparent = 512

    /// Reads the context that W3C Trace Context headers carry; `nil` when `traceparent` is absent or not valid.
    ///
    /// A `tracestate` that is not valid is dropped and does not harm the rest. The result is remote.
    ///
    /// - Parameters:
    ///   - values: Every value of the `traceparent` header. More than one is not valid.
    ///   - tracestate: Every value of the `tracestate` header, in order.
    public init?(traceparent values: [String], tracestate: [String] = []) {
        guard !values.isEmpty, let context = try? Self(validating: values) else { return nil }
        self = context
        self.traceState = Monitor.TraceState(parsing: tracestate) ?? Monitor.TraceState()
    }

    /// Reads a `traceparent`, without the state that goes with it.
    ///
    /// - Parameter values: Every value of the header, at least one.
    /// - Throws: What is wrong with it.
    init(validating values: [String]) throws(Monitor.HeaderFault) {
        guard values.count == 1 else { throw .traceparentRepeated }
        guard values[0].utf8.count <= Self.longestTraceparent else { throw .traceparentLength }
        self = try HeaderText.withBytes(of: values[0]) { Self.read($0) }.get()
    }

    private static func read(_ bytes: Span<UInt8>) -> Result<Self, Monitor.HeaderFault> {
        let value = bytes.extracting(HeaderText.trimmed(bytes.indices, in: bytes))
        let dash = UInt8(ascii: "-")
        guard value.count >= 55 else { return .failure(.traceparentLength) }
        guard let version = HexDigits.bits(of: 0..<2, in: value), version != 0xff, value[2] == dash else {
            return .failure(.traceparentVersion)
        }
        guard value.count == 55 || (version > 0 && value[55] == dash) else { return .failure(.traceparentLength) }
        guard let high = HexDigits.bits(of: 3..<19, in: value), let low = HexDigits.bits(of: 19..<35, in: value),
            value[35] == dash,
            let span = HexDigits.bits(of: 36..<52, in: value),
            value[52] == dash,
            let flags = HexDigits.bits(of: 53..<55, in: value)
        else { return .failure(.traceparentGrammar) }
        let context = Self(
            traceID: Monitor.TraceID(high: high, low: low),
            spanID: Monitor.SpanID(span),
            flags: Monitor.TraceFlags(rawValue: UInt8(flags)).intersection([.sampled, .random]),
            isRemote: true
        )
        return context.isValid ? .success(context) : .failure(.traceparentZero)
    }

    /// The context as a `traceparent`: version 00, lower case, of the flags only sampled and random.
    ///
    /// 55 characters, one allocation. Of a context that is not valid this is text that nobody accepts.
    public var traceparent: String {
        HeaderText.string(capacity: 55) { output in
            HeaderText.append("00-", to: &output)
            HexDigits.append(traceID.high, to: &output)
            HexDigits.append(traceID.low, to: &output)
            output.append(UInt8(ascii: "-"))
            HexDigits.append(spanID.bits, to: &output)
            output.append(UInt8(ascii: "-"))
            HexDigits.append(UInt64(flags.rawValue & 0x03), digits: 2, to: &output)
        }
    }
}
