/// Moments as HTTP's `Date` header writes them: `Sun, 06 Nov 1994 08:49:37 GMT`.
struct HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private var second = Int64.min
    private var known = ""

    /// The text of a second, written anew only when it is another than before.
    mutating func text(unixSeconds: UInt64) -> String {
        let now = Int64(clamping: unixSeconds)
        if now != second { (second, known) = (now, Self.text(of: now)) }
        return known
    }

    private static func text(of seconds: Int64) -> String {
        // Past the year 9999 the form has no room.
        let (day, inDay) = min(seconds, 253_402_300_799).quotientAndRemainder(dividingBy: 86_400)
        let date = date(ofDay: day)
        func padded(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        let clock = [inDay / 3_600, inDay / 60 % 60, inDay % 60].map(padded).joined(separator: ":")
        let year = String(repeating: "0", count: max(0, 4 - String(date.year).utf8.count)) + String(date.year)
        return "\(days[Int(day % 7)]), \(padded(date.day)) \(months[Int(date.month) - 1]) \(year) \(clock) GMT"
    }

    /// The date of a day since 1970-01-01, by Howard Hinnant's `civil_from_days`: years begin in March, eras are 400 of
    /// them.
    private static func date(ofDay day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
