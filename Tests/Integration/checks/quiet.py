"""When there is nothing to say, nothing is sent."""

from harness.demo import tracing
from harness.receivers import Receiver, answering
from harness.report import check, expect


@check("an idle process sends nothing", traffic=0, seconds=6, enabled=True)
@check("with every flag off nothing is sent", traffic=10, seconds=3, enabled=False)
def silent(context, folder, traffic, seconds, enabled):
    with Receiver(answering("200 OK", ["Content-Type: application/json"], b"{}")) as receiver:
        endpoint = {"OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint}
        environment = tracing(receiver.endpoint) if enabled else endpoint
        context.demo.traffic(environment, folder, rate=traffic, seconds=seconds)
        expect(
            receiver.connections == 0,
            f"{receiver.connections} connections, {receiver.requests} requests",
        )
