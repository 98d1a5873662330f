extension Monitor {
    /// Gets out what waits, without stopping.
    ///
    /// - Parameter limit: How long it may take; the call returns in time whatever the receivers do.
    /// - Returns: Whether nothing waits any more.
    @discardableResult
    public func flush(within limit: Duration) async -> Bool {
        guard isOn else { return true }
        let slots = plugins.slots
        // Also in a task that is cancelled, only the limit ends the wait.
        return await Task.detached { [clock] in
            await Deadline.race(limit, clock) {
                await Monitor.suppressed {
                    await Self.all(slots) { await $0.flush(within: limit) }
                }
            } ?? false
        }.value
    }

    /// Stops: from now on nothing is observed any more, and once it returned every call is the off path.
    ///
    /// Plugins get out what they can within the limit. Operations that still run are told if they end meanwhile, and not
    /// afterwards: stop when the work is done. Called again, or from several tasks, it waits for the first call's result.
    ///
    /// - Parameter limit: How long it may take; the call returns in time whatever the receivers do.
    /// - Returns: Whether nothing was left behind.
    @discardableResult
    public func shutdown(within limit: Duration = .seconds(5)) async -> Bool {
        guard isInOwnProcess else { return true }
        stopStarting()
        let slots = plugins.slots
        let stopping = lifecycle.stop { [self, clock, lifecycle] in
            let isClean = await Deadline.race(limit, clock) {
                await Monitor.suppressed {
                    await Self.all(slots) { await $0.shutdown(within: limit) }
                }
            }
            turnOff()
            lifecycle.cancelBackground()
            return isClean ?? false
        }
        // A host stops most often in a task that is cancelled: only the limit ends the wait.
        return await Task.detached { [clock] in
            await Deadline.race(limit, clock) { await stopping.value } ?? false
        }.value
    }

    /// Runs until the task is cancelled and then shuts down: for hosts that put the monitor into a service group.
    ///
    /// - Parameter limit: How long the shutdown may take.
    public func run(shutdownWithin limit: Duration = .seconds(5)) async {
        while !Task.isCancelled, isOn {
            do { try await clock.sleep(for: .seconds(3600)) } catch { break }
        }
        await shutdown(within: limit)
    }

    func startBackground() {
        for slot in plugins.slots {
            lifecycle.add(
                Task.detached { [diagnostics] in
                    await Monitor.suppressed {
                        do {
                            try await slot.plugin.run()
                        } catch is CancellationError {
                        } catch {
                            diagnostics.report(
                                Problem(
                                    source: slot.name,
                                    code: "run-failed",
                                    message: "the background work of \(slot.name) ended: \(ErrorText.type(of: error))",
                                    severity: .error
                                )
                            )
                        }
                    }
                }
            )
        }
    }

    /// Asks all plugins at once, so that a slow one does not eat the time of the others.
    private static func all(
        _ slots: ContiguousArray<PluginList.Slot>,
        _ ask: @escaping @Sendable (any MonitoringPlugin) async -> Bool
    ) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            for slot in slots.reversed() { group.addTask { await ask(slot.plugin) } }
            return await group.reduce(true) { $0 && $1 }
        }
    }
}
