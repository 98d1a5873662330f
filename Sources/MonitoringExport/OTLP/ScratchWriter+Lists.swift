extension ScratchWriter {
    /// Writes those elements that fit, commas between them.
    ///
    /// - Parameters:
    ///   - elements: The elements.
    ///   - limit: How many bytes may be written in all; less than the writer's own limit, so that what closes the list fits.
    ///   - write: Writes one element.
    /// - Returns: How many did not fit.
    @inline(__always)
    mutating func write<Element>(
        _ elements: [Element],
        within limit: Int,
        _ write: (inout ScratchWriter, borrowing Element) -> Void
    ) -> Int {
        var dropped = 0
        for index in elements.indices {
            let mark = count
            if index > dropped { self.write(UInt8(ascii: ",")) }
            write(&self, elements[index])
            if isOverflown || count > limit {
                rollBack(to: mark)
                dropped += 1
            }
        }
        return dropped
    }

    /// A member that counts something, left out when there is nothing to count.
    @inline(__always)
    mutating func write(_ name: StaticString, count: Int) {
        guard count > 0 else { return }
        write(name)
        write(UInt64(UInt32(clamping: count)))
    }
}
