extension Monitor {
  public struct Environment: Sendable, ExpressibleByDictionaryLiteral { public init(dictionaryLiteral e: (String,String)...) {};  public static var process: Environment { Environment() }; var problems: [Problem] { [] }; func secret(_ n: String, report: (Problem)->Void) -> String? { nil } }
  public struct FlagDecision: Sendable { var isOn = true; var reason = "" }
  struct CoreSettings { var serviceName: String?; var version: String?; var deploymentEnvironment: String?; var capturesContent = false; var isStrict = false; var console: Bool?; var isQuiet: Bool?
    init(_ e: Environment, report: (Problem)->Void) {}
    func decide(_ flag: Flag, in environment: Environment, report: (Problem)->Void) -> FlagDecision { FlagDecision() } }
  enum EnvironmentCheck { static func problems(in e: Environment, factories: [PluginFactory]) -> [Problem] { [] } }

  public struct Variable: Sendable { var name = ""; var isSecret = false }
  public struct Flag: Sendable { public static func off(_ n: String) -> Flag { Flag() }; public static func on(_ n: String) -> Flag { Flag() } }
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
