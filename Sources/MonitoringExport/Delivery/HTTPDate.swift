/// The three forms of a date in HTTP (RFC 9110, 5.6.7), read to seconds since 1970.
enum HTTPDate {
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Reads a date; names of days are not checked, they say nothing.
    ///
    /// - Parameters:
    ///   - text: Such as `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
    ///     `Sun Nov  6 08:49:37 1994`.
    ///   - now: Seconds since 1970; tells the century of a year of two digits.
    /// - Returns: Seconds since 1970, or `nil` for anything else.
    static func seconds(_ text: String, now: Int64) -> Int64? {
        let words = text.split(separator: " ")
        if words.count == 6, words[0].hasSuffix(","), words[5] == "GMT" {
            return seconds(day: words[1], month: words[2], year: number(words[3], digits: 4...4), time: words[4])
        }
        if words.count == 4, words[0].hasSuffix(","), words[3] == "GMT" {
            let date = words[1].split(separator: "-", omittingEmptySubsequences: false)
            guard date.count == 3, let short = number(date[2], digits: 2...2) else { return nil }
            return seconds(day: date[0], month: date[1], year: fullYear(short, now: now), time: words[2])
        }
        if words.count == 5, words[0].utf8.count == 3 {
            return seconds(day: words[2], month: words[1], year: number(words[4], digits: 4...4), time: words[3])
        }
        return nil
    }

    /// A year that would lie more than 50 years ahead is one of the past.
    private static func fullYear(_ short: Int64, now: Int64) -> Int64 {
        let current = year(ofDay: now / 86_400)
        let year = current - current % 100 + short
        return year > current + 50 ? year - 100 : year
    }

    private static func seconds(day: Substring, month: Substring, year: Int64?, time: Substring) -> Int64? {
        let clock = time.split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 3, let year, year >= 1970,
            let month = months.firstIndex(of: String(month)).map({ Int64($0) + 1 }),
            let day = number(day, digits: 1...2), 1...daysIn(month, of: year) ~= day,
            let hour = number(clock[0], digits: 2...2), hour < 24,
            let minute = number(clock[1], digits: 2...2), minute < 60,
            let second = number(clock[2], digits: 2...2), second <= 60
        else { return nil }
        return daysSince1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second
    }

    private static func number(_ text: Substring, digits: ClosedRange<Int>) -> Int64? {
        guard digits ~= text.utf8.count, text.utf8.allSatisfy(\.isDigit) else { return nil }
        return Int64(text)
    }

    private static func isLeap(_ year: Int64) -> Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

    private static func daysIn(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Counts in years that begin in March, so that the leap day is the last.
    private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
    }

    private static func year(ofDay day: Int64) -> Int64 {
        var year = 1970 + day / 366
        while daysSince1970(year + 1, 1, 1) <= day { year += 1 }
        return year
    }
}
