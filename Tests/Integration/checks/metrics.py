"""What the demo's last line counts is what a real Prometheus has scraped, and every reader reads the same page."""

import json
import socket
import subprocess
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


def settled(demo, folder, url):
    """Waits until the traffic is over and every operation has ended."""
    lines = folder / "ledger.jsonl"
    last = [-1, 0]

    def quiet():
        size = lines.stat().st_size
        last[:] = [size, last[1] + 1 if size == last[0] else 0]
        return last[1] > 15

    wait_until(quiet, 40, "the traffic ends")
    expect(demo.child.poll() is None, "the demo ended before it was asked")


def samples(context, script, page):
    """What an official parser reads, as a map from the name and labels to the number."""
    command = [context.python, context.folder / "peers/parse_metrics.py", script]
    run = subprocess.run(command, input=page, capture_output=True, timeout=60)
    expect(run.returncode == 0, f"the {script} parser refuses the page: {run.stderr[-500:].decode(errors='replace')}")
    return {(name, tuple(map(tuple, labels))): value for name, labels, value in json.loads(run.stdout)}


def json_samples(page):
    """The same of the JSON page, with histograms taken apart as the text formats do."""
    found = {}
    for family in json.loads(page)["families"]:
        for series in family["series"]:
            labels = sorted(series["labels"].items())
            if "buckets" not in series:
                found[family["name"], tuple(labels)] = float(series["value"])
                continue
            for bucket in series["buckets"]:
                key = tuple(sorted([*labels, ("le", str(float(bucket["le"])))]))
                found[family["name"] + "_bucket", key] = float(bucket["count"])
            found[family["name"] + "_sum", tuple(labels)] = float(series["sum"])
            found[family["name"] + "_count", tuple(labels)] = float(series["count"])
    return found


def steady(page):
    """Without what a look at the page changes."""
    return {key: value for key, value in page.items() if "collection_duration" not in key[0]}


@check("promtool finds nothing, and both official parsers read what the process counts")
def readable(context, folder):
    environment = {"OTEL_RESOURCE_ATTRIBUTES": "team=blue%20whale%20%22%5C%0A", "METRICS_NAMESPACE": "shop"}
    arguments = traffic_arguments(folder, 20, 4, ["--linger", "30"])
    with context.demo.start(arguments, environment, folder) as demo:
        url = demo.urls()["metrics"]
        settled(demo, folder, url)
        accepts = ("text/plain", "application/openmetrics-text", "application/json")
        text, openmetrics, as_json = (client.request(url, headers={"Accept": each}) for each in accepts)
        expect(text.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8", f"{text.headers}")
        demo.stop()
    promtool = context.work.parent / "prometheus/usr/bin/promtool"
    lint = subprocess.run([promtool, "check", "metrics"], input=text.body, capture_output=True, timeout=60)
    expect(lint.returncode == 0 and not lint.stderr, f"promtool: {lint.stdout.decode()} {lint.stderr.decode()}")
    ours = steady(json_samples(as_json.body))
    expect(len(ours) > 200 and any(name.startswith("shop_llm") for name, _ in ours), f"{len(ours)} samples")
    for script, page in (("text", text), ("openmetrics", openmetrics)):
        theirs = steady(samples(context, script, page.body))
        differ = [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]
        expect(not differ, f"{script}: {len(differ)} differ, first: {[(k, ours.get(k), theirs.get(k)) for k in differ[:3]]}")


@check("pages are for this machine's names alone, and for the token beyond loopback")
def refused(context, folder):
    with context.demo.start(traffic_arguments(folder, 0, 0), {}, folder) as demo:
        url = demo.urls()["metrics"]
        for host, status in (("evil.example", 403), ("localhost:1", 200), ("127.0.0.1", 200), ("[::1]:9464", 200)):
            answer = client.request(url, headers={"Host": host})
            expect(answer.status == status, f"Host {host}: {answer.status}")
        parts = urlsplit(url)
        for sent in (b"GET /metrics HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00", b"GET " + b"/" * 9000):
            with socket.create_connection((parts.hostname, parts.port), 5) as raw:
                raw.sendall(sent)
                raw.settimeout(15)
                expect(raw.recv(100).startswith(b"HTTP/1.1 4"), f"{sent[:20]!r} is not refused")
        expect(client.request(url).status == 200, "after that nothing is served")
        demo.stop()
    with context.demo.start(traffic_arguments(folder, 0, 0), {"MONITORING_HOST": "0.0.0.0"}, folder) as demo:
        port = urlsplit(demo.urls()["metrics"]).port
        answer = client.request(f"http://127.0.0.1:{port}/metrics", headers={"Host": "demo:9464"})
        expect(answer.status == 200, f"a scrape by a service's name: {answer.status}")
        demo.stop()
