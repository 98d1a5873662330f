import CMonitoringShims
package import MonitoringCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension SpoolFiles {
    /// Whose records they are, and where they go.
    package struct Place: Sendable {
        /// What the spool tells.
        package var signal: SpoolSignal
        /// `service.namespace`, empty if there is none.
        package var namespace: String
        /// `service.name`.
        package var service: String
        /// The receiver; of its path nothing but a hash is stored, of its query nothing.
        package var endpoint: Endpoint

        /// Makes a place of who sends and where to.
        package init(signal: SpoolSignal, resource: Monitor.Resource, endpoint: Endpoint) {
            self.signal = signal
            self.endpoint = endpoint
            namespace = Self.text(resource["service.namespace"])
            service = Self.text(resource["service.name"])
        }

        private static func text(_ value: Monitor.Value?) -> String {
            if case .string(let text) = value { text } else { "" }
        }

        var serviceFolder: String {
            var hash = StableHash()
            hash.combine(namespace)
            hash.combine(service)
            let readable = service.utf8.prefix(40).map { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                    Character(Unicode.Scalar(byte))
                default: "-" as Character
                }
            }
            return String(readable) + "-" + hash.hexadecimal
        }

        var destinationFolder: String {
            var hash = StableHash()
            hash.combine(endpoint.origin)
            hash.combine(String(endpoint.path.prefix { $0 != "?" }))
            return signal.name + "-" + hash.hexadecimal
        }
    }

    /// Opens the folder of a place under the first base that will do.
    ///
    /// - Parameters:
    ///   - place: Whose records they are, and where they go.
    ///   - settings: Where to look, and how much may lie there.
    /// - Returns: The folder, locked for a new writer; `nil` when the settings ask for memory.
    /// - Throws: What is wrong with the first base.
    package static func open(_ place: Place, _ settings: SpoolSettings) throws(Fault) -> SpoolFiles? {
        guard settings.level != .memory else { return nil }
        var first: FileFault?
        for base in settings.bases {
            do throws(FileFault) {
                let root = try Folder(base: base.existing, making: base.below).privateFolder(rootName)
                guard monitoring_file_system_of(root.descriptor) != monitoring_file_system_remote else {
                    throw .remote(path: root.path)
                }
                let folder = try root.privateFolder(place.serviceFolder).privateFolder(place.destinationFolder)
                let budget = SpoolBudget(maximumBytes: settings.maximumBytes, root: root)
                return try SpoolFiles(
                    root: root, folder: folder, signal: place.signal, isSynced: settings.level == .disk, budget: budget)
            } catch {
                first = first ?? error
            }
        }
        throw Fault(description: first.map(String.init(describing:)) ?? "there is no folder to put it in")
    }

    /// Why no folder can be used; completes "the spool lies in memory:".
    package struct Fault: Error, Sendable, CustomStringConvertible {
        package let description: String
    }

    private static var rootName: String { "swift-agent-monitoring-\(geteuid())" }
}
