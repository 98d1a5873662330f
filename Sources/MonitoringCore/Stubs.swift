extension Monitor {
  public struct Baggage: Sendable, Hashable { public init() {} }
  public protocol HeaderCarrier: Sendable { func values(_ name: String) -> [String]; mutating func set(_ name: String, _ value: String) }
  public struct Headers: Sendable { public init(_ p: [(String,String)]) {} }
  public struct RemoteContext: Sendable { public var traceContext: TraceContext?; public var baggage: Baggage; static func extract(from c: any HeaderCarrier) -> RemoteContext? { nil } }
  public struct PropagationTargets: Sendable { public init() {}; func allows(host: String?, isOtherParty: Bool) -> Bool { true } }
  enum Propagation { static func inject(_ c: TraceContext, baggage: Baggage?, set: (String,String)->Void) {} }
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
extension Dictionary: Monitor.HeaderCarrier where Key == String, Value == String { public func values(_ n: String) -> [String] { [] }; public mutating func set(_ a: String, _ b: String) { self[a]=b } }
