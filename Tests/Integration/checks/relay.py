"""Our process between a Python parent and a Python child that use the official SDK."""

import json
import subprocess

from harness.demo import clean_environment, tracing
from harness.report import check, expect
from harness.servers import Sink, free_port

PEER = "peers/peer.py"


def peer(context, role, endpoint, headers=None):
    run = subprocess.run(
        [context.python, context.folder / PEER, role, endpoint],
        input=json.dumps(headers) if headers is not None else "",
        capture_output=True,
        text=True,
        timeout=60,
    )
    expect(run.returncode == 0, f"the Python {role} failed: {run.stderr[-500:]}")
    return json.loads(run.stdout)


def relay(context, environment, requests):
    """What `demo-agent relay` answers to `requests`, one answer each, and nothing else on standard output."""
    run = subprocess.run(
        [context.demo.binary, "relay"],
        input="".join(json.dumps(request) + "\n" for request in requests),
        env=clean_environment() | environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    expect(run.returncode == 0, f"relay: exit code {run.returncode}: {run.stderr[-500:]}")
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    expect(len(answers) == len(requests), f"{len(requests)} requests, {len(answers)} answers: {run.stdout[-500:]}")
    return [answer["headers"] for answer in answers]


def between(context, folder, environment):
    """Parent, relay, child: what the parent made, what the child understood, and all spans of the three."""
    with Sink(context.python, folder) as sink:
        parent = peer(context, "parent", sink.endpoint)
        request = {"headers": parent["headers"], "trust": "parent"}
        outgoing = relay(context, environment(sink.endpoint), [request])[0]
        child = peer(context, "child", sink.endpoint, outgoing)
        expect(not sink.problems(), f"problems: {sink.problems()[:3]}")
        return parent, child, {span["spanId"]: span for span in sink.spans()}


def expect_passed_on(parent, child):
    expect(child["trace_id"] == parent["trace_id"], f"the trace was cut: {parent['trace_id']}, {child['trace_id']}")
    expect(child["sampled"], "the sampled flag was lost")
    expect(child["baggage"] == {"tenant": "blue whale"}, f"baggage arrived as {child['baggage']}")
    expect(
        list(child["tracestate"].items())[-2:] == [("vendor", "opaque:1"), ("other", "x")],
        f"tracestate arrived as {child['tracestate']}",
    )


@check("Python parent, our process, Python child: one trace, each the parent of the next")
def one_trace(context, folder):
    parent, child, spans = between(context, folder, tracing)
    expect_passed_on(parent, child)
    expect(len(spans) == 4, f"wanted parent, server, client and child, got {[s['name'] for s in spans.values()]}")
    kinds, remote, span = [], [], spans[child["span_id"]]
    while True:
        kinds.append(span["kind"])
        remote.append(span.get("flags", 0) >> 8 & 3)
        if not span.get("parentSpanId"):
            break
        expect(span["parentSpanId"] in spans, f"{span['name']} has a parent that no one sent")
        span = spans[span["parentSpanId"]]
    expect(span["spanId"] == parent["span_id"], "the chain does not end at the Python parent")
    expect(kinds == [2, 3, 2, 3], f"kinds from the child up: {kinds}")
    expect(remote[1:3] == [1, 3], f"is-remote bits of our client and server span: {remote[1:3]}, wanted [1, 3]")


@check("headers pass with every flag off", flags={})
@check("headers pass with OTEL_SDK_DISABLED", flags={"OTEL_SDK_DISABLED": "true", "ENABLE_TRACING": "true"})
def passes_when_off(context, folder, flags):
    def environment(endpoint):
        return {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "MONITORING_CONSOLE": "true"} | flags

    parent, child, spans = between(context, folder, environment)
    expect_passed_on(parent, child)
    expect(set(spans) == {parent["span_id"], child["span_id"]}, f"{len(spans)} spans; ours must not send any")
    above = spans[child["span_id"]].get("parentSpanId")
    expect(above == parent["span_id"], f"the child hangs below {above}, which nobody sent")


@check("an untrusted caller gets a link, not our trace, and its baggage ends here")
def linked(context, folder):
    with Sink(context.python, folder) as sink:
        caller = peer(context, "parent", sink.endpoint)
        outgoing = relay(context, tracing(sink.endpoint), [{"headers": caller["headers"], "trust": "link"}])[0]
        child = peer(context, "child", sink.endpoint, outgoing)
        expect(child["trace_id"] != caller["trace_id"], "the caller's trace was continued")
        expect(not child["baggage"], f"the caller's baggage was passed on: {child['baggage']}")
        ours = [span for span in sink.spans() if span["traceId"] == child["trace_id"] and span["kind"] == 2]
        links = [(link["traceId"], link["spanId"]) for span in ours for link in span.get("links", [])]
        expect((caller["trace_id"], caller["span_id"]) in links, f"our server span links to {links}")


@check("requests of one process keep their own trace, broken headers start a new one")
def many(context, folder):
    good = [{"traceparent": f"00-{n:032x}-{n:016x}-01"} for n in range(1, 201)]
    bad = [{}, {"traceparent": "00-zz"}, {"traceparent": "00-" + "0" * 32 + "-" + "1" * 16 + "-01"}]
    requests = [{"headers": headers, "trust": "parent"} for headers in good + bad]
    answers = relay(context, tracing(f"http://127.0.0.1:{free_port()}"), requests)
    traces = [headers.get("traceparent", "").split("-")[1:2] for headers in answers]
    wanted = [[f"{n:032x}"] for n in range(1, 201)]
    expect(traces[:200] == wanted, "an answer belongs to another request's trace")
    expect(all(trace and int(trace[0], 16) for trace in traces[200:]), f"no new trace: {answers[200:]}")
