"""Calls our service from within a trace of its own, made with the official OpenTelemetry SDK.

usage: caller.py ENDPOINT CHAT-URL < BODY

Exports to ENDPOINT and prints one JSON object: the ids of its span, and what was answered.
"""

import json
import sys
import urllib.request

from opentelemetry import baggage, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.trace import SpanKind


def main():
    endpoint, url = sys.argv[1:]
    provider = TracerProvider(resource=Resource({"service.name": "python-caller"}))
    provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(endpoint + "/v1/traces")))
    tracer = provider.get_tracer("integration")
    with tracer.start_as_current_span("caller asks", kind=SpanKind.CLIENT) as span:
        headers = {"Content-Type": "application/json"}
        propagate.inject(headers, baggage.set_baggage("tenant", "blue whale"))
        request = urllib.request.Request(url, sys.stdin.buffer.read(), headers)
        with urllib.request.urlopen(request, timeout=30) as response:
            answer = json.load(response)
        own = span.get_span_context()
    provider.shutdown()
    ids = {"trace_id": format(own.trace_id, "032x"), "span_id": format(own.span_id, "016x")}
    print(json.dumps(ids | {"answer": answer}))


if __name__ == "__main__":
    main()
