"""What the demo did is what arrives behind a real collector."""

from harness import ledger
from harness.demo import tracing
from harness.report import check, expect
from harness.servers import Collector, Sink


@check("ten seconds of traffic arrive behind rotel, span for span")
def through_collector(context, folder):
    with Sink(context.python, folder) as sink, Collector(context.python, folder, sink.endpoint) as collector:
        run = context.demo.traffic(tracing(collector.endpoint), folder, rate=20, seconds=10)
        entries = ledger.read(folder)
        expect(len(entries) >= 200, f"only {len(entries)} operations in 10 s at 20 conversations a second")
        sink.wait_for_spans(len(entries))
        expect(not sink.problems(), f"the collector handed on: {sink.problems()[:3]}")
        ledger.expect_same(entries, sink.spans())
        ledger.expect_counts(run.summary(), entries, sink.spans())
