"""What the demo's last line counts is what a real Prometheus has scraped."""

import threading
from urllib.parse import urlsplit

from harness import client
from harness.demo import traffic_arguments
from harness.report import check, expect, wait_until
from harness.servers import Prometheus

FAILED = '{__name__=~"(agent_calls|tool_calls|llm_requests|operations)_total",status="error"}'

QUERIES = {
    "http_requests": "sum(http_requests_total)",
    "operations": 'sum({__name__=~"(http_requests|agent_calls|llm_requests|tool_calls|cache_operations|operations)_total"})',
    "errors": f'sum({FAILED} or http_errors_total or cache_operations_total{{result="error"}})',
    "traces": 'sum(otel_sdk_span_started_total{otel_span_parent_origin="none"})',
}


@check("Prometheus counts what the last line counts, and is answered all the while")
def counted(context, folder):
    arguments = traffic_arguments(folder, 20, 6, ["--linger", "6", "--break", "cache"])
    with context.demo.start(arguments, {}, folder) as demo:
        url = demo.urls()["metrics"]
        with Prometheus(context.work.parent, folder, urlsplit(url).netloc) as prometheus:
            over, slow = threading.Event(), []

            def poll():
                while not over.wait(0.1):
                    answer = client.request(url)
                    if answer.status != 200 or b"http_requests_total" not in answer.body:
                        slow.append(answer.status)

            wait_until(lambda: prometheus.query(QUERIES["http_requests"]), 10, "Prometheus has scraped")
            poller = threading.Thread(target=poll, daemon=True)
            poller.start()
            lines = folder / "ledger.jsonl"

            def quiet():
                """The counts, once nothing was added for as long as it takes to be scraped."""
                before = lines.stat().st_size
                over.wait(1.5)
                return lines.stat().st_size == before and {name: prometheus.query(each) for name, each in QUERIES.items()}

            counts = wait_until(quiet, 20, "the traffic ends")
            over.set()
            poller.join(10)
            expect(demo.child.poll() is None, "the demo ended before it was scraped for the last time")
            expect(not slow, f"{len(slow)} requests for metrics had another answer: {slow[:5]}")
        run = demo.wait(60)
    told = run.summary()
    expect(told["errors"] > 0 and told["http_requests"] > 100, f"too little happened: {told}")
    expect(counts == {name: told[name] for name in QUERIES}, f"Prometheus counts {counts}, the demo tells {told}")
