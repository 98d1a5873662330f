"""Reads OTLP requests as strictly as the specification allows, into the official protobuf messages.

JSON goes through `json_format.Parse(ignore_unknown_fields=False)` after the rules that protobuf's own JSON reader
does not know: hexadecimal ids, integer enums, 64-bit integers as strings, no key twice, no bare NaN.
"""

import base64
import json
import re

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

MESSAGES = {
    "/v1/traces": ExportTraceServiceRequest,
    "/v1/metrics": ExportMetricsServiceRequest,
    "/v1/logs": ExportLogsServiceRequest,
}
ID_BYTES = {"traceId": 16, "spanId": 8, "parentSpanId": 8}
ENUMS = {"kind", "code", "severityNumber", "aggregationTemporality"}
INT64 = re.compile(r"(intValue|asInt|zeroCount|rejected\w+|\w*UnixNano)\Z")


def from_json(path, body):
    """The official message that `body` says, or ValueError with the place of the first breach."""
    document = json.loads(body.decode("utf-8"), object_pairs_hook=_unique_keys, parse_constant=_no_constant)
    return json_format.Parse(json.dumps(_to_protobuf_json(document, "")), MESSAGES[path](), ignore_unknown_fields=False)


def from_protobuf(path, body):
    """The official message in the bytes of `body`."""
    return MESSAGES[path].FromString(body)


def canonical(message):
    """The message as plain values: lowerCamelCase keys, hexadecimal ids, integer enums."""
    return _with_hex_ids(json_format.MessageToDict(message, use_integers_for_enums=True))


def breaches(document):
    """What a well-formed request may still get wrong, one sentence each."""
    spans = list(_spans(document))
    if "resourceSpans" in document or not document:
        if not spans:
            yield "an empty envelope was sent"
    for span in spans:
        name = span.get("name", "")
        if set(span.get("traceId", "0")) == {"0"} or set(span.get("spanId", "0")) == {"0"}:
            yield f"span {name!r}: an id is missing or zero"
        if not name:
            yield f"span {span.get('spanId')}: no name"
        if span.get("kind", 0) == 0:
            yield f"span {name!r}: kind is unspecified"
        if int(span.get("endTimeUnixNano", 0)) < int(span.get("startTimeUnixNano", 0)):
            yield f"span {name!r}: ends before it starts"
        if span.get("flags", 0) >> 10:
            yield f"span {name!r}: reserved flag bits are set"
    yield from _repeated_attributes(document, "")


def _spans(document):
    for resource in document.get("resourceSpans", []):
        for scope in resource.get("scopeSpans", []):
            yield from scope.get("spans", [])


def _repeated_attributes(value, path):
    if isinstance(value, dict):
        for key, child in value.items():
            yield from _repeated_attributes(child, f"{path}/{key}")
            if key == "attributes" or (key == "values" and path.endswith("kvlistValue")):
                names = [pair.get("key", "") for pair in child]
                if len(set(names)) != len(names):
                    yield f"{path}/{key}: a key stands twice"
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _repeated_attributes(child, f"{path}/{index}")


def _unique_keys(pairs):
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError(f"a key stands twice in {{{', '.join(key for key, _ in pairs)}}}")
    return result


def _no_constant(name):
    raise ValueError(f"{name} is not JSON")


def _to_protobuf_json(value, path):
    if isinstance(value, list):
        return [_to_protobuf_json(child, f"{path}/{index}") for index, child in enumerate(value)]
    if not isinstance(value, dict):
        return value
    return {key: _field(key, child, f"{path}/{key}") for key, child in value.items()}


def _field(key, value, path):
    if "_" in key:
        raise ValueError(f"{path}: the key is not lowerCamelCase")
    if key in ENUMS and not isinstance(value, int):
        raise ValueError(f"{path}: an enum must be an integer")
    if INT64.match(key) and not (isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value)):
        raise ValueError(f"{path}: a 64-bit integer must be a decimal string")
    if key in ID_BYTES:
        if not isinstance(value, str) or not re.fullmatch("[0-9a-f]{%d}" % (2 * ID_BYTES[key]), value):
            raise ValueError(f"{path}: not an id of {ID_BYTES[key]} bytes in lower-case hexadecimal")
        return base64.b64encode(bytes.fromhex(value)).decode()
    return _to_protobuf_json(value, path)


def _with_hex_ids(value):
    if isinstance(value, list):
        return [_with_hex_ids(child) for child in value]
    if not isinstance(value, dict):
        return value
    return {
        key: base64.b64decode(child).hex() if key in ID_BYTES else _with_hex_ids(child)
        for key, child in value.items()
    }
