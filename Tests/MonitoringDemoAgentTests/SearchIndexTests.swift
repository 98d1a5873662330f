import Foundation
import Testing

@testable import MonitoringDemoAgent

struct SearchIndexTests {
    private let small = SearchIndex([
        SearchDocument(id: "a", title: "Boats", body: "A boat on the river. The river is wide."),
        SearchDocument(id: "b", title: "Rivers", body: "The river runs to the sea. Boats are rare. Fish are not."),
        SearchDocument(id: "c", title: "Gardens", body: "Roses and beans grow in the garden behind the house."),
    ])

    @Test(arguments: [
        ("boat", ["a", "b"]), ("BOATS!", ["a", "b"]), ("river", ["b", "a"]), ("garden beans", ["c"]),
        ("fish in the garden", ["c", "b"]), ("the and of", []), ("zeppelin", []), ("", []), ("zeppelin fish", ["b"]),
    ])
    func `ranks by how often and how rare`(query: String, expected: [String]) {
        #expect(small.search(query).map(\.document.id) == expected)
    }

    @Test func `scores fall, and no more hits come than asked for`() {
        let hits = small.search("boat river garden", limit: 2)
        #expect(hits.count == 2)
        #expect(hits[0].score >= hits[1].score && hits[1].score > 0)
    }

    @Test func `a shorter document wins over a longer one with the same words`() {
        let index = SearchIndex([
            SearchDocument(
                id: "long", title: "One", body: "cello " + String(repeating: "filler text here ", count: 20)),
            SearchDocument(id: "short", title: "Two", body: "cello filler text here"),
        ])
        #expect(index.search("cello").map(\.document.id) == ["short", "long"])
    }

    @Test func `equal documents keep their order`() {
        let index = SearchIndex((0..<20).map { SearchDocument(id: "\($0)", title: "Same", body: "same words") })
        #expect(index.search("words", limit: 20).map(\.document.id) == (0..<20).map(String.init))
    }

    @Test func `the snippet is the sentence that fits best`() {
        #expect(small.search("rare boats").first { $0.document.id == "b" }?.snippet == "Boats are rare.")
        #expect(
            SearchDocument(id: "x", title: "", body: "It costs 0.25 a day. Or more.").snippet(matching: ["cost"])
                == "It costs 0.25 a day.")
    }

    @Test func `nothing to search in finds nothing`() {
        #expect(SearchIndex([]).search("boat").isEmpty)
    }

    @Test(arguments: [
        ("The boats of three cities", ["boat", "three", "city"]),
        ("BOXES, dishes; glass bus", ["box", "dish", "glass", "bus"]),
        ("story-hour's", ["story", "hour", "s"]), ("Café 0.25", ["café", "0", "25"]), ("", []), ("...", []),
    ])
    func `terms are lower case, singular and no stop words`(text: String, terms: [String]) {
        #expect(Tokenizer.terms(of: text) == terms)
    }
}

struct CorpusTests {
    private let folder = Bundle.module.bundleURL.appendingPathComponent("Corpus")

    @Test func `every document has an id, a title and a body`() throws {
        let documents = try Corpus.documents(in: folder)
        #expect((20...30).contains(documents.count))
        #expect(Set(documents.map(\.id)).count == documents.count)
        for document in documents { #expect(!document.title.isEmpty && document.body.count > 200) }
    }

    @Test(arguments: [
        ("When does the library open on Saturday?", "opening-hours"),
        ("What does an overdue film cost?", "overdue-charges"),
        ("At what humidity is the vault kept?", "rare-books"), ("deposit for a violin", "music-scores"),
        ("seats in the reading room", "reading-room"), ("When is story hour?", "childrens-library"),
    ])
    func `questions find the document that answers them`(query: String, id: String) throws {
        let index = SearchIndex(try Corpus.documents(in: folder))
        #expect(index.search(query).first?.document.id == id)
    }

    @Test func `a missing or an empty folder is a typed error`() throws {
        let missing = folder.appendingPathComponent("nowhere")
        let error = #expect(throws: CorpusError.self) { try Corpus.documents(in: missing) }
        guard case .unreadable(let place, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place == missing.path)
        #expect(throws: CorpusError.empty(place: folder.deletingLastPathComponent().path)) {
            try Corpus.documents(in: folder.deletingLastPathComponent())
        }
    }
}
