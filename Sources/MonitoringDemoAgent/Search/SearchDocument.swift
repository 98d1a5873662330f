/// One text of the corpus.
struct SearchDocument: Sendable, Hashable {
    /// The file's name without its extension.
    var id: String
    var title: String
    var body: String

    init(id: String, title: String, body: String) {
        self.id = id
        self.title = title
        self.body = body
    }

    /// A document of Markdown: the first line is the title, paragraphs are joined.
    init(id: String, markdown: String) {
        let lines = markdown.split(separator: "\n", omittingEmptySubsequences: true)
        let heading = lines.first.map { $0.drop { $0 == "#" || $0 == " " } } ?? ""
        self.init(id: id, title: String(heading), body: lines.dropFirst().joined(separator: " "))
    }
}
