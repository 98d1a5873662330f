"""The bytes that leave our process, read without anything between."""

import re

from harness import ledger
from harness.demo import tracing
from harness.report import check, expect
from harness.servers import Sink

USER_AGENT = re.compile(r"(\S+ )?OTel-OTLP-Exporter-Swift/\S+")


@check("OTLP JSON stands a strict reading", compression=None)
@check("OTLP JSON in gzip stands a strict reading", compression="gzip")
def strict_json(context, folder, compression):
    with Sink(context.python, folder) as sink:
        wanted = {"OTEL_EXPORTER_OTLP_COMPRESSION": compression} if compression else {}
        run = context.demo.traffic(tracing(sink.endpoint, **wanted), folder)
        entries = ledger.read(folder)
        sink.wait_for_spans(len(entries))
        expect(not sink.problems(), f"{len(sink.problems())} problems, first: {sink.problems()[:3]}")
        ledger.expect_same(entries, sink.spans())
        ledger.expect_counts(run.summary(), entries, sink.spans())
        for headers in (request["headers"] for request in sink.requests()):
            expect(USER_AGENT.fullmatch(headers.get("user-agent", "")), f"user agent {headers.get('user-agent')!r}")
            expect(headers.get("content-encoding") == compression, f"sent {headers.get('content-encoding')} encoding")


@check("every span of a process stands under one resource, which says who it is")
def resource(context, folder):
    with Sink(context.python, folder) as sink:
        more = {"OTEL_RESOURCE_ATTRIBUTES": "team=blue%20whale,service.namespace=tests"}
        context.demo.traffic(tracing(sink.endpoint, **more), folder, rate=5)
        sink.wait_for_spans(len(ledger.read(folder)))
        seen = [attributes(each["resource"]) for each in sink.resources()]
        expect(seen and all(each == seen[0] for each in seen), "the resource changed within one process")
        wanted = {
            "service.name": "integration-demo",
            "service.namespace": "tests",
            "team": "blue whale",
            "telemetry.sdk.language": "swift",
        }
        told = {key: seen[0].get(key) for key in wanted}
        expect(told == wanted, f"the resource says {told}")
        expect(seen[0].get("telemetry.sdk.name") not in (None, "opentelemetry"), "telemetry.sdk.name is not our own")
        expect(re.fullmatch(r"[0-9a-f-]{36}", str(seen[0].get("service.instance.id"))), "no service.instance.id")


def attributes(holder):
    """The string attributes of a message, others as they are."""
    pairs = holder.get("attributes", [])
    return {pair["key"]: pair["value"].get("stringValue", pair["value"]) for pair in pairs}
