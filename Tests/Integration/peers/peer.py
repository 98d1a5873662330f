"""The neighbours of our process in a trace, made with the official OpenTelemetry SDK.

usage: peer.py parent ENDPOINT            starts a span, prints the headers it would send on
       peer.py child ENDPOINT < HEADERS   continues from those headers, prints what it understood

Both export to ENDPOINT and print one JSON object.
"""

import json
import sys

from opentelemetry import baggage, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import SpanKind


def main():
    role, endpoint = sys.argv[1:]
    provider = TracerProvider(resource=Resource({"service.name": f"python-{role}"}))
    provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(endpoint + "/v1/traces")))
    tracer = provider.get_tracer("integration")
    print(json.dumps(parent(tracer) if role == "parent" else child(tracer, json.load(sys.stdin))))
    provider.shutdown()


def parent(tracer):
    with tracer.start_as_current_span("parent calls", kind=SpanKind.CLIENT) as span:
        headers = {}
        context = baggage.set_baggage("tenant", "blue whale", trace.set_span_in_context(span))
        propagate.inject(headers, context)
        headers["tracestate"] = "vendor=opaque:1,other=x"
        return {"headers": headers} | ids(span.get_span_context())


def child(tracer, headers):
    context = propagate.extract(headers)
    with tracer.start_as_current_span("child serves", context, kind=SpanKind.SERVER) as span:
        own = span.get_span_context()
        understood = {
            "parent_span_id": format(span.parent.span_id, "016x") if span.parent else "",
            "sampled": own.trace_flags.sampled,
            "tracestate": dict(own.trace_state),
            "baggage": dict(baggage.get_all(context)),
        }
        return understood | ids(own)


def ids(context):
    return {"trace_id": format(context.trace_id, "032x"), "span_id": format(context.span_id, "016x")}


if __name__ == "__main__":
    main()
