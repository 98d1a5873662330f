import MonitoringCore
import Synchronization
import Testing

@testable import MonitoringDemoAgent

struct CanaryTests {
    @Test func `secrets are many, stable, without blanks, and stand in their phrases`() {
        let canaries = Canaries.all
        #expect(canaries.count >= 15)
        #expect(Set(canaries.map(\.secret)).count == canaries.count)
        for canary in canaries {
            #expect(canary.secret.count >= 12 && !canary.secret.contains { $0.isWhitespace })
            #expect(canary.phrase.contains(canary.secret))
        }
    }

    @Test func `cards pass Luhn's test`() throws {
        let cards = Canaries.all.map { $0.secret.filter { $0 != "-" } }.filter { $0.allSatisfy(\.isNumber) }
        #expect(cards.count == 2)
        for card in cards {
            let digits = card.reversed().compactMap(\.wholeNumberValue)
            let sum = digits.enumerated().reduce(0) { sum, digit in
                let value = digit.offset.isMultiple(of: 2) ? digit.element : digit.element * 2
                return sum + value / 10 + value % 10
            }
            #expect(card.count == 16 && sum.isMultiple(of: 10))
        }
    }

    @Test func `a plan lets the secret slip in each question, as it is`() {
        let canary = Canaries.all[0]
        let plan = ConversationPlan(number: 1, seed: 1).letting(slip: canary)
        #expect(plan.session == ConversationPlan(number: 1, seed: 1).session)
        for question in plan.questions { #expect(question.contains(canary.secret)) }
    }
}
