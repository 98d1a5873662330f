import Synchronization

extension Monitor {
    /// What belongs to one request or root operation: user, tags, contexts and breadcrumbs.
    ///
    /// A reference that everything below the request shares and nobody else sees: `monitor.scope.user = …` set anywhere in
    /// it is told with every error and log of that request. Each starts as a copy of the scope around it. Safe from any
    /// task.
    public final class Scope: Sendable {
        struct State: Sendable {
            var user: User?
            var tags: [String: String] = [:]
            var contexts: [String: Monitor.Attributes] = [:]
            var crumbs = BreadcrumbRing()
        }

        let state: Mutex<State>
        private let isInert: Bool
        private let redactor: Redactor?

        init(state: State = State(), redactor: Redactor?, isInert: Bool = false) {
            self.state = Mutex(state)
            self.redactor = redactor
            self.isInert = isInert
        }

        /// Forgets what it is told: the scope of a monitor that is off.
        static let inert = Scope(redactor: nil, isInert: true)

        func fork() -> Scope { Scope(state: state.withLock { $0 }, redactor: redactor) }

        func update(_ change: (inout State) -> Void) {
            if !isInert { state.withLock { change(&$0) } }
        }

        func redact(_ text: String) -> String { redactor?.redact(text) ?? text }

        func redact(name: String) -> String { redactor?.redact(identifier: name) ?? name }

        func redact(_ attributes: Monitor.Attributes) -> Monitor.Attributes {
            guard let redactor else { return attributes }
            var clean = Monitor.Attributes()
            for attribute in attributes.entries.lazy.map(redactor.redact) { clean.set(attribute.key, attribute.value) }
            return clean
        }

        /// Who the request is for.
        ///
        /// Told with errors and spans as given, never on labels, logs, the console or diagnostics.
        public var user: User? {
            get { state.withLock(\.user) }
            set { update { $0.user = newValue } }
        }

        /// Short texts by which errors can be searched.
        public var tags: Tags { Tags(scope: self) }

        /// Groups of facts by name, told with errors.
        public var contexts: Contexts { Contexts(scope: self) }

        /// What happened on the way here, the oldest first; the last 100.
        public var breadcrumbs: [Breadcrumb] { state.withLock(\.crumbs.all) }

        func add(_ crumb: Breadcrumb) { update { $0.crumbs.append(crumb) } }
    }
}

extension Monitor.Scope {
    /// Who a request is for.
    public struct User: Sendable, Hashable {
        /// The host's id of the user.
        public var id: String?
        /// The user's e-mail address, if the host wants it told.
        public var email: String?
        /// The user's name, if the host wants it told.
        public var username: String?
        /// Whatever else the host wants told, such as organisation and tier.
        public var data: [String: Monitor.Value]

        /// Makes a user.
        ///
        /// - Parameters:
        ///   - id: The host's id of the user.
        ///   - email: The user's e-mail address.
        ///   - username: The user's name.
        ///   - data: Whatever else the host wants told.
        public init(
            id: String? = nil,
            email: String? = nil,
            username: String? = nil,
            data: [String: any Monitor.AttributeValue] = [:]
        ) {
            self.id = id
            self.email = email
            self.username = username
            self.data = data.mapValues(\.monitorValue)
        }
    }

    /// A view of a scope's tags; each write is one locked step, so that parallel tasks lose none.
    public struct Tags: Sendable {
        fileprivate let scope: Monitor.Scope

        /// The tag of that name.
        ///
        /// Texts are redacted; `nil` removes it.
        public subscript(_ name: String) -> String? {
            get {
                let name = scope.redact(name: name)
                return scope.state.withLock { $0.tags[name] }
            }
            nonmutating set {
                let name = scope.redact(name: name)
                let clean = newValue.map { scope.redact($0) }
                scope.update { $0.tags[name] = clean }
            }
        }

        /// All tags.
        public var all: [String: String] { scope.state.withLock(\.tags) }
    }

    /// A view of a scope's contexts; each write is one locked step, so that parallel tasks lose none.
    public struct Contexts: Sendable {
        fileprivate let scope: Monitor.Scope

        /// The context of that name.
        ///
        /// Its attributes are redacted; `nil` removes it.
        public subscript(_ name: String) -> Monitor.Attributes? {
            get {
                let name = scope.redact(name: name)
                return scope.state.withLock { $0.contexts[name] }
            }
            nonmutating set {
                let name = scope.redact(name: name)
                let clean = newValue.map { scope.redact($0) }
                scope.update { $0.contexts[name] = clean }
            }
        }

        /// All contexts.
        public var all: [String: Monitor.Attributes] { scope.state.withLock(\.contexts) }
    }
}
