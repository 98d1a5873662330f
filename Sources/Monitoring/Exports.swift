@_exported public import MonitoringCore
@_exported public import MonitoringTracing
