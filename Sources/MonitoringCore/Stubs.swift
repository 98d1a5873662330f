extension Monitor {
  public struct Resource: Sendable { init() {}
   static func detect(environment: Environment, service: String?, version: String?, deploymentEnvironment: String?, report: (Problem)->Void) -> Resource { Resource() }
   subscript(_ n: String) -> Value? { get { nil } set {} }
   func redacted(by r: Redactor) -> Resource { self } }
  public struct Redaction: Sendable { public init() {}; var recordLimit = 1 << 20 }
}
package final class Redactor: Sendable {
  package init(_ r: Monitor.Redaction) {}
  package func redact(_ t: String) -> String { t }
  package func redact(_ v: Monitor.Value, key: Monitor.AttributeKey) -> Monitor.Value { v }
  package func register(secret: String) {}
}
