"""Misconfigurations that everybody makes once get the fix told."""

import re

from harness.demo import tracing
from harness.receivers import Receiver, http2
from harness.report import check, expect
from harness.servers import Collector, Sink


def lines_about(run, *words):
    return [line for line in run.stderr.splitlines() if all(re.search(word, line) for word in words)]


@check("port 4317 is told to be the gRPC port, with 4318 as the fix")
def grpc_port(context, folder):
    run = context.demo.traffic(tracing("http://127.0.0.1:4317"), folder, rate=2, seconds=1)
    expect(lines_about(run, "4317", "4318"), f"no notice that names both ports:\n{run.stderr[-1000:]}")


@check("a real gRPC receiver on another port is recognised by its answer")
def grpc_answer(context, folder):
    with Sink(context.python, folder) as sink, Collector(context.python, folder, sink.endpoint) as collector:
        run = context.demo.traffic(tracing(collector.grpc_endpoint), folder, rate=5, seconds=2)
        expect(lines_about(run, "(?i)grpc", "4318"), f"no notice that names gRPC and 4318:\n{run.stderr[-1000:]}")


@check("an HTTP/2 answer is told to come from a gRPC port, with 4318 as the fix")
def http2_answer(context, folder):
    with Receiver(http2) as receiver:
        run = context.demo.traffic(tracing(receiver.endpoint), folder, rate=5, seconds=2)
        expect(lines_about(run, "(?i)grpc", "4318"), f"no notice that names gRPC and 4318:\n{run.stderr[-1000:]}")


@check("the protocol grpc is told not to be served, with http/json as the fix", protocol="grpc")
@check("the protocol http/protobuf is told not to be served, with http/json as the fix", protocol="http/protobuf")
def protocol(context, folder, protocol):
    with Sink(context.python, folder) as sink:
        environment = tracing(sink.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL=protocol)
        run = context.demo.traffic(environment, folder, rate=2, seconds=1)
        found = lines_about(run, "OTEL_EXPORTER_OTLP_PROTOCOL", "http/json")
        expect(len(found) == 1, f"{len(found)} notices:\n{run.stderr[-1000:]}")
