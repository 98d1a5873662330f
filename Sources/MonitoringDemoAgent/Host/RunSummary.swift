/// What a run did: the last line on standard output.
struct RunSummary: Sendable, Hashable {
    /// Operations that ended.
    var operations = 0
    /// Those of them that failed.
    var errors = 0
    /// Those of them that nobody called: each begins a trace.
    var traces = 0
    /// Those of them that were requests to the demo.
    var httpRequests = 0

    /// The counts as one line of JSON.
    var json: String {
        #"{"operations":\#(operations),"errors":\#(errors),"traces":\#(traces),"http_requests":\#(httpRequests)}"#
    }
}
