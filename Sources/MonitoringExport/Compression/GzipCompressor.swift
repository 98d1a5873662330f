internal import CMonitoringZlib

/// Makes gzip members (RFC 1952) with the system's zlib.
///
/// Owns about 260 KiB of zlib's memory; one compressor serves any number of bodies, one after the other.
@safe package struct GzipCompressor: ~Copyable {
    /// Why a body was not compressed.
    ///
    /// It can be sent as it is.
    package struct Failure: Error, Sendable, Hashable {
        /// What zlib returned.
        package let code: Int32
    }

    // zlib's state points back at the stream: it must never move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Makes a compressor.
    ///
    /// - Parameter level: From 1, the fastest, to 9, the smallest; others are moved to the nearest.
    /// - Throws: When there is no memory.
    package init(level: Int = 1) throws(Failure) {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for a gzip header.
        let status = unsafe deflateInit2_(
            stream, Int32(min(max(level, 1), 9)), Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard status == Z_OK else {
            unsafe stream.deinitialize(count: 1)
            unsafe stream.deallocate()
            throw Failure(code: status)
        }
        unsafe self.stream = stream
    }

    deinit {
        unsafe deflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Compresses a body into one gzip member.
    ///
    /// - Parameter bytes: The body, under 4 GiB.
    /// - Returns: The member.
    /// - Throws: What zlib says, or `Z_BUF_ERROR` for a longer body; the compressor stays usable.
    package mutating func compress(_ bytes: [UInt8]) throws(Failure) -> [UInt8] {
        var status = unsafe deflateReset(stream)
        guard status == Z_OK else { throw Failure(code: status) }
        let bound = unsafe deflateBound(stream, uLong(bytes.count))
        guard let input = UInt32(exactly: bytes.count), let room = UInt32(exactly: bound) else {
            throw Failure(code: Z_BUF_ERROR)
        }
        let stream = unsafe stream
        let result = unsafe [UInt8](unsafeUninitializedCapacity: Int(room)) { output, count in
            unsafe bytes.withUnsafeBufferPointer { source in
                unsafe stream.pointee.next_in = unsafe UnsafeMutablePointer(mutating: source.baseAddress)
                unsafe stream.pointee.avail_in = input
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = room
                status = unsafe deflate(stream, Z_FINISH)
                count = unsafe Int(room - stream.pointee.avail_out)
            }
        }
        guard status == Z_STREAM_END else { throw Failure(code: status) }
        return result
    }
}
