/// Sorts factories so that each comes after those it requires, and otherwise as they were given.
struct PluginOrder {
    let sorted: [Monitor.PluginFactory]

    /// Sorts.
    ///
    /// - Parameters:
    ///   - factories: In the host's order.
    ///   - report: Told of names given twice, and of plugins that require each other.
    init(_ factories: [Monitor.PluginFactory], report: (Monitor.Problem) -> Void) {
        var waiting: [Monitor.PluginFactory] = []
        for factory in factories {
            guard !waiting.contains(where: { $0.name == factory.name }) else {
                report(
                    Monitor.Problem(
                        source: "core",
                        code: "plugin-twice",
                        subject: factory.name,
                        message: "the plugin \(factory.name) was registered twice; the first counts",
                        fix: "register it once"
                    )
                )
                continue
            }
            waiting.append(factory)
        }
        var sorted: [Monitor.PluginFactory] = []
        while !waiting.isEmpty {
            let next = waiting.firstIndex { factory in
                !factory.requires.contains { name in waiting.contains { $0.name == name } }
            }
            if let next {
                sorted.append(waiting.remove(at: next))
            } else {
                report(
                    Monitor.Problem(
                        source: "core",
                        code: "plugin-cycle",
                        subject: waiting[0].name,
                        message: "the plugins \(waiting.map(\.name).joined(separator: ", ")) require each other",
                        fix: "remove one of their requirements"
                    )
                )
                waiting = []
            }
        }
        self.sorted = sorted
    }
}
