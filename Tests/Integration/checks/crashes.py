"""What a demo that is killed had done arrives after the next start, and what it was doing is told."""

import os
import signal
import time

from harness import ledger
from harness.demo import tracing, traffic_arguments
from harness.report import check, expect, wait_until
from harness.servers import Collector, Sink

SECONDS = 6


def start(context, folder, endpoint, name, seconds=SECONDS):
    """A demo under traffic whose ledger and output lie in a folder of its own and whose spool is the check's."""
    own = folder / name
    own.mkdir()
    environment = tracing(endpoint, MONITORING_SPOOL_DIR=str(folder / "spool"))
    return own, context.demo.start(traffic_arguments(own, 40, seconds, ()), environment, own)


def under_way(own):
    file = own / "ledger.jsonl"
    return file.exists() and len(file.read_text().splitlines()) > 60


def entries(own):
    """The whole lines: the last may be torn."""
    text = (own / "ledger.jsonl").read_text()
    (own / "ledger.jsonl").write_text(text[: text.rfind("\n") + 1])
    return ledger.read(own)


def attribute(span, key):
    values = [each["value"] for each in span.get("attributes", []) if each["key"] == key]
    return values[0] if values else {}


def is_interrupted(span):
    return attribute(span, "monitoring.interrupted").get("boolValue") is True


@check("after SIGKILL and a new start the collector has every span of the ledger, and those in flight as interrupted")
def killed(context, folder):
    with Sink(context.python, folder) as sink, Collector(context.python, folder, sink.endpoint) as collector:
        own, process = start(context, folder, collector.endpoint, "killed")
        wait_until(lambda: under_way(own), 20, "the demo is under way")
        os.kill(process.pid, signal.SIGKILL)
        expect(process.wait(10).code == -signal.SIGKILL, "it was not ended by SIGKILL")
        done = entries(own)
        next_own, after = start(context, folder, collector.endpoint, "next", seconds=3)
        run = after.wait(60)
        expect(run.code == 0, f"the next start ends with {run.code}: {run.stderr[-500:]}")
        everything = done + entries(next_own)
        sink.wait_for_spans(len(everything))
        time.sleep(1)
        check_spans(sink, done, everything)
        expect("ended by a crash or SIGKILL" in run.stderr, f"no crash is told: {run.stderr[-500:]}")


def check_spans(sink, done, everything):
    spans = sink.spans()
    expect(not sink.problems(), f"the collector handed on: {sink.problems()[:3]}")
    interrupted = [span for span in spans if is_interrupted(span)]
    finished = {(span["traceId"], span["spanId"]) for span in spans if not is_interrupted(span)}
    wanted = {(entry["trace_id"], entry["span_id"]) for entry in everything}
    expect(wanted <= finished, f"{len(wanted - finished)} of {len(wanted)} operations did not arrive")
    # An operation ends before the demo can write its line: what was sent and has no line is a handful.
    expect(len(finished - wanted) <= 64, f"{len(finished - wanted)} spans are in no ledger")
    expect(interrupted, "nothing was in flight")
    ids = {(span["traceId"], span["spanId"]) for span in interrupted}
    expect(not ids & finished, f"{len(ids & finished)} operations are told as interrupted though they had ended")
    known = ids | finished
    orphans = [s for s in interrupted if s.get("parentSpanId") and (s["traceId"], s["parentSpanId"]) not in known]
    expect(not orphans, f"{len(orphans)} interrupted operations have an unknown parent: {orphans[:1]}")
    # Whatever ended below an operation that had not ended arrives under it.
    missing = [
        entry
        for entry in done
        if entry.get("parent_span_id") and (entry["trace_id"], entry["parent_span_id"]) not in known
    ]
    expect(not missing, f"the parents of {len(missing)} operations are unknown: {missing[:1]}")


def ended_by(context, folder, number):
    with Sink(context.python, folder) as sink:
        own, process = start(context, folder, sink.endpoint, "asked", seconds=30)
        wait_until(lambda: under_way(own), 20, "the demo is under way")
        os.kill(process.pid, number)
        process.wait(20)
        _, after = start(context, folder, sink.endpoint, "next", seconds=1)
        run = after.wait(60)
        expect(run.code == 0, f"the next start ends with {run.code}")
        expect("ended by a crash" not in run.stderr, f"a crash is told: {run.stderr[-500:]}")


for name in ("SIGTERM", "SIGINT", "SIGHUP"):
    check(f"{name} gives no crash report", number=getattr(signal, name))(ended_by)
