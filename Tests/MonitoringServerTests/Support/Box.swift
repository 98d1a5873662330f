import Synchronization

/// A value that several threads see.
final class Box<Value: Sendable>: Sendable {
    private let content: Mutex<Value>

    init(_ value: Value) { content = Mutex(value) }

    var value: Value {
        get { content.withLock { $0 } }
        set { content.withLock { $0 = newValue } }
    }

    func update(_ change: (inout Value) -> Void) { content.withLock { change(&$0) } }
}
