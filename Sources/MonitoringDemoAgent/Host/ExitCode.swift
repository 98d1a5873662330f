import MonitoringCore
import MonitoringServer

/// How the program ends, by the numbers of `sysexits.h`.
enum ExitCode: Int32 {
    case success = 0
    case usage = 64
    case noInput = 66
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case configuration = 78

    init(_ error: any Error) {
        self =
            switch error {
            case is OptionsError: .usage
            case is CorpusError: .noInput
            case is LineFileError: .cannotCreate
            case is ServerError: .unavailable
            case is Monitor.StartError: .configuration
            default: .software
            }
    }
}
