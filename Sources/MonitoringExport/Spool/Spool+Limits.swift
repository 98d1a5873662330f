extension Spool {
    /// The longest record that is taken, in bytes.
    package var longestRecord: Int { limits.recordBytes }
}
