import Foundation

/// The operations manual of an invented city library, which comes with the program.
enum Corpus {
    private static let bundleName = "swift-agent-monitoring_MonitoringDemoAgent"

    /// The documents that lie beside the program, by file name.
    ///
    /// The generated `Bundle.module` ends the process when its bundle is missing; this says so instead.
    static func bundled() throws(CorpusError) -> [SearchDocument] {
        // Beside the program: so SwiftPM lays it on Linux, and under the other name on macOS.
        let places = ["resources", "bundle"].map {
            Bundle.main.bundleURL.appendingPathComponent("\(bundleName).\($0)/Corpus", isDirectory: true)
        }
        for place in places where FileManager.default.fileExists(atPath: place.path) { return try documents(in: place) }
        throw .missing(places: places.map(\.path))
    }

    /// The documents of a folder: its `.md` files, by name.
    static func documents(in folder: URL) throws(CorpusError) -> [SearchDocument] {
        let documents: [SearchDocument]
        do {
            documents = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "md" }
                .map { file in
                    SearchDocument(
                        id: file.deletingPathExtension().lastPathComponent,
                        markdown: try String(contentsOf: file, encoding: .utf8)
                    )
                }
        } catch {
            throw .unreadable(place: folder.path, reason: error.localizedDescription)
        }
        guard !documents.isEmpty else { throw .empty(place: folder.path) }
        return documents.sorted { $0.id < $1.id }
    }
}
