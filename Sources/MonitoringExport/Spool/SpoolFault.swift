/// What a spool finds out about its files that people should know.
package enum SpoolFault: Sendable, Hashable {
    /// There is no room for files: what comes lies in memory.
    case continuesInMemory(String)
    /// A process that is gone has left records; they are sent now.
    case recovered(records: Int)
    /// Some of what a process has left is damaged: so many records at least are lost.
    case damaged(records: Int, lanes: Int)
    /// A process that is gone had dropped records before.
    case droppedBefore(records: Int)
    /// A file that cannot be read stays where it is.
    case setAside(path: String, reason: String)
    /// Records wait for a receiver that no process here sends to any more.
    case unclaimed(path: String)
    /// The disk did not take what should survive the machine.
    case notSynced(segments: Int)
    /// Such records, or files that could not be read, were removed because of their age.
    case expired(path: String, records: Int)
}
