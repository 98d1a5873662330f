extension Monitor {
  public struct Redaction: Sendable { public init() {}; var recordLimit = 1 << 20 }
}
package final class Redactor: Sendable {
  package init(_ r: Monitor.Redaction) {}
  package func redact(_ t: String) -> String { t }
  package func redact(_ v: Monitor.Value, key: Monitor.AttributeKey) -> Monitor.Value { v }
  package func register(secret: String) {}
}
extension Monitor.Resource { func redacted(by r: Redactor) -> Self { self } }
