/// Lets the model calculate.
struct CalculatorTool: Tool {
    private struct Parameters: Decodable {
        var expression: String
    }

    static let name = "calculate"

    let description = ToolDescription(
        name: Self.name,
        description: "Evaluates an arithmetic expression with + - * / % ^ and parentheses.",
        parameters: [.init(name: "expression", description: "The expression, such as (12 - 5) * 0.25.")]
    )

    func call(_ arguments: ToolArguments, for session: Session) async throws -> String {
        let parameters = try arguments.decoded(as: Parameters.self, for: Self.name)
        do throws(CalculatorError) {
            return Calculator.text(of: try Calculator.evaluate(parameters.expression))
        } catch {
            throw ToolError.calculation(error)
        }
    }
}
