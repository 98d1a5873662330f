import Foundation
import MonitoringExport
import Testing

@Suite struct GzipCompressorTests {
    /// What another implementation makes of a gzip member.
    private func expand(_ member: [UInt8]) throws -> [UInt8] {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc"]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let writing = DispatchQueue(label: "gzip")
        writing.async {
            try? input.fileHandleForWriting.write(contentsOf: Data(member))
            try? input.fileHandleForWriting.close()
        }
        let expanded = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Array(expanded)
    }

    @Test(arguments: [1, 6, 9, -4, 99])
    func `a body survives any level`(level: Int) throws {
        var compressor = try GzipCompressor(level: level)
        let body = Array(String(repeating: #"{"traceId":"0af7651916cd43dd8448eb211c80319c"},"#, count: 5_000).utf8)
        let member = try compressor.compress(body)
        #expect(member.count < body.count / 20)
        #expect(try expand(member) == body)
    }

    @Test func `one compressor serves many bodies`() throws {
        var compressor = try GzipCompressor()
        var random = DeliveryRandom(seed: 3)
        for size in [0, 1, 100, 70_000, 1_000_000, 3] {
            let body = (0..<size).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
            let member = try compressor.compress(body)
            #expect(member.starts(with: [0x1f, 0x8b, 8]))
            #expect(try expand(member) == body)
        }
    }

    @Test func `nothing is compressed towards this machine unless asked for`() throws {
        for host in ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "a.localhost", "[::ffff:127.0.0.1]", "LOCALHOST"] {
            #expect(Compression.standard(for: try Endpoint("http://\(host):4318/")) == .none)
        }
        for host in ["collector", "10.0.0.1", "127.0.0.1.example", "localhost.example", "[::2]", "128.0.0.1"] {
            #expect(Compression.standard(for: try Endpoint("http://\(host):4318/")) == .gzip(level: 1))
        }
        #expect(Compression(environmentValue: "GZIP") == .gzip(level: 1))
        #expect(Compression(environmentValue: "none") == Compression.none)
        #expect(Compression(environmentValue: "zstd") == nil)
    }
}
