/// Makes requests of every allowed form, and breaks them.
struct RequestMaker {
    /// A request as bytes, and what a parser must make of it.
    struct Sample {
        var bytes: [UInt8]
        var method: String
        var path: String
        var body: [UInt8]
    }

    var random: SplitMix

    init(seed: Int) { random = SplitMix(seed: UInt64(seed)) }

    mutating func sample() -> Sample {
        let method = pick(["GET", "POST", "HEAD", "DELETE", "X-OTHER"])
        let path = "/" + String(repeating: pick(["a", "b/c", "%41", "~"]), count: number(0...5))
        var lines = ["\(method) \(path)\(pick(["", "?", "?a=1&b=%20"])) HTTP/1.1"]
        lines.append(pick(["Host: 127.0.0.1", "host:localhost:80", "HOST: \t[::1] "]))
        for _ in 0..<number(0...6) {
            lines.append("X-\(number(0...99)):\(pick(["", " ", "\t"]))\(pick(["", "v", "a b", "é"]))")
        }
        let body = (0..<number(0...40)).map { _ in UInt8.random(in: 0...255, using: &random) }
        var framed: [UInt8] = []
        switch number(0...2) {
        case 0 where body.isEmpty: break
        case 0, 1:
            lines.append("Content-Length: \(body.count)")
            framed = body
        default:
            lines.append("Transfer-Encoding: \(pick(["chunked", "Chunked", " chunked "]))")
            framed = chunked(body)
        }
        lines.shuffleTail(using: &random)
        let empty = pick(["", "", "\r\n"])
        let head = Array((empty + lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        let decoded = path.replacing("%41", with: "A")
        return Sample(bytes: head + framed, method: method, path: decoded, body: body)
    }

    /// Bytes with some of them changed, doubled, left out or replaced by what matters to HTTP.
    mutating func broken(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<number(1...4) where !bytes.isEmpty {
            let place = number(0...(bytes.count - 1))
            switch number(0...4) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + number(0...30))], at: place)
            case 3:
                let piece = pick([
                    "\r", "\n", "\r\n", "\0", " ", ":", "\r\n\r\n", "Content-Length: 5\r\n",
                    "Transfer-Encoding: chunked\r\n", "0\r\n\r\n", "FFFFFFFFFFFFFFFF\r\n", "%", "HTTP/1.0",
                ])
                bytes.insert(contentsOf: Array(piece.utf8), at: place)
            default: bytes = Array(bytes.prefix(place))
            }
        }
        return bytes
    }

    mutating func bytes(upTo count: Int) -> [UInt8] {
        (0..<number(0...count)).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    /// The bytes in pieces.
    mutating func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = bytes[...]
        let most = pick([1, 3, 20, 500])
        while !rest.isEmpty {
            let count = number(1...most)
            pieces.append(rest.prefix(count))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    private mutating func chunked(_ body: [UInt8]) -> [UInt8] {
        var framed: [UInt8] = []
        var rest = body[...]
        while !rest.isEmpty {
            let count = min(rest.count, number(1...10))
            let size = String(count, radix: 16, uppercase: number(0...1) == 0)
            framed += Array("\(pick(["", "0", "000"]))\(size)\(pick(["", ";a=b", " ; x"]))\r\n".utf8)
            framed += rest.prefix(count) + [13, 10]
            rest = rest.dropFirst(count)
        }
        return framed + Array("0\r\n\(pick(["", "X-Trailer: 1\r\n"]))\r\n".utf8)
    }

    private mutating func pick<T>(_ choices: [T]) -> T { choices[number(0...(choices.count - 1))] }

    private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
}

extension [String] {
    /// Shuffles all but the first.
    fileprivate mutating func shuffleTail(using random: inout SplitMix) {
        self = prefix(1) + dropFirst().shuffled(using: &random)
    }
}
