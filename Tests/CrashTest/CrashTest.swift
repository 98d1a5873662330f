import Foundation

/// Kills a process that hands over spans, again and again, and counts what a receiver gets of them.
///
/// Without `--as` it is the parent, which starts itself as children.
@main
enum CrashTest {
    static func main() async {
        do {
            let options = try Options(CommandLine.arguments.dropFirst())
            switch options.role {
            case .producer: try await Child.produce()
            case .deliverer: try await Child.deliver()
            case .parent: exit(try Campaign(options).run() ? 0 : 1)
            }
        } catch {
            FileHandle.standardError.write(Data("crash test: \(error)\n".utf8))
            exit(2)
        }
    }
}
