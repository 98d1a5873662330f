import MonitoringExport

/// Where requests go; MonitoringCore's type of that name is what plugins offer to HTTP servers.
typealias Endpoint = MonitoringExport.Endpoint
