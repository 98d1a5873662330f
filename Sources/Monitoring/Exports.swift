@_exported public import MonitoringCore
@_exported public import MonitoringMetrics
@_exported public import MonitoringServer
@_exported public import MonitoringTracing
