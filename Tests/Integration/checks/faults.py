"""Receivers that misbehave: the host goes on, stops in time, stays small, and says once what is wrong.

One further line may tell what was left behind at the stop: that is the consequence, not the fault.
"""

import os
import re
import shutil
import threading
from collections import Counter

from harness import ledger, receivers
from harness.demo import tracing
from harness.receivers import Nobody, Receiver, Unaccepting, Unresolved, answering
from harness.report import check, expect

SECONDS = 3
SHUTDOWN_DEADLINE = 5 + 1
STARTING = 1.5
MEBIBYTES = 300
SECRET = "s3cr3t-collector-token-9f2c"

ABSENT = r"(?i)refuses|refused"
SILENCE = r"(?i)in time|timed out|time-out"
BROKEN = r"(?i)closes|closed|reset|cut off"
NOT_HTTP = r"(?i)not HTTP"
TOO_LONG = r"(?i)longer than|over \d+ bytes|limit"
LEFT_BEHIND = r"(?i)shutdown|stopp|left behind"


def status(line, *headers):
    return lambda: Receiver(answering(line, headers, b'{"code": 3, "message": "no, said the receiver"}'))


FAULTS = {
    "refuses": (Nobody, ABSENT),
    "never answers the SYN": (Unaccepting, SILENCE),
    "accepts and is silent": (lambda: Receiver(receivers.silent), SILENCE),
    "reads slowly": (lambda: Receiver(receivers.slow_reader, receive_buffer=2048), SILENCE),
    "stalls in TLS": (lambda: Receiver(receivers.silent), SILENCE),
    "resets before its response": (lambda: Receiver(receivers.reset_before_response), BROKEN),
    "resets within its response": (lambda: Receiver(receivers.reset_within_response), BROKEN),
    "drips": (lambda: Receiver(receivers.dripping), SILENCE),
    "answers without end": (lambda: Receiver(receivers.endless), TOO_LONG),
    "answers garbage": (lambda: Receiver(receivers.garbage), NOT_HTTP),
    "redirects": (status("302 Found", "Location: http://127.0.0.1:9/elsewhere"), r"(?i)redirect|302"),
    "says 400": (status("400 Bad Request"), "400"),
    "says 413 to requests over 8 KiB": (lambda: Receiver(receivers.at_most(8192)), "413"),
    "says 413 to everything": (status("413 Content Too Large"), "413"),
    "says 429": (status("429 Too Many Requests"), "429"),
    "says 500": (status("500 Internal Server Error"), "500"),
    "says 503, come back in an hour": (status("503 Service Unavailable", "Retry-After: 3600"), "503"),
}
if os.geteuid() == 0:
    FAULTS["has a name that is never resolved"] = (Unresolved, SILENCE + "|resolve")

# Where a fault has two sides, each is told: that batches are halved, and that a single span is still too large.
LINES = {"says 413 to everything": 2}

_lock = threading.Lock()
_healthy = []


def healthy(context):
    """Ledger length and standard error of the same run towards a receiver that takes everything; made once."""
    with _lock:
        if not _healthy:
            folder = context.work / "healthy-run-for-comparison"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            with Receiver(answering("200 OK", ["Content-Type: application/json"], b"{}")) as receiver:
                run = context.demo.traffic(environment(receiver.endpoint), folder, seconds=SECONDS)
            _healthy.append((len(ledger.read(folder)), run.stderr))
        return _healthy[0]


def environment(endpoint):
    headers = f"authorization=Bearer%20{SECRET}"
    return tracing(endpoint, OTEL_EXPORTER_OTLP_HEADERS=headers, OTEL_EXPORTER_OTLP_TIMEOUT="1000")


def without_numbers(stderr):
    """The lines with addresses and numbers blanked, so that two runs compare.

    Start-up lines tell settings and are left out, and so is what a busy machine does to the demo's own ledger, which
    writes to its file in a hook.
    """
    own = re.compile(r"\[monitoring\] (\S+: (on|off), |core: the plugin operation-ledger took )")
    told = (line for line in stderr.splitlines() if not own.match(line))
    lines = (re.sub(r"https?://[^\s,;)]+", "URL", line) for line in told)
    return Counter(re.sub(r"\d+(\.\d+)?", "#", line) for line in lines)


def faulty(context, folder, fault):
    start, expected = FAULTS[fault]
    operations, calm = healthy(context)
    with start() as receiver:
        endpoint = receiver.endpoint.replace("http:", "https:") if "TLS" in fault else receiver.endpoint
        wrapper = getattr(receiver, "wrapper", ())
        run = context.demo.traffic(environment(endpoint), folder, seconds=SECONDS, wrapper=wrapper)
    done = len(ledger.read(folder))
    expect(done >= 0.8 * operations, f"the host was slowed: {done} operations, {operations} with a healthy receiver")
    limit = SECONDS + SHUTDOWN_DEADLINE + STARTING
    expect(run.seconds <= limit, f"stopped after {run.seconds:.1f} s, allowed are {limit} s")
    expect(run.peak_mebibytes < MEBIBYTES, f"peak memory {run.peak_mebibytes:.0f} MiB")
    expect(SECRET not in run.stderr + run.stdout, "the collector's token was printed")
    told = list((without_numbers(run.stderr) - without_numbers(calm)).elements())
    left_behind = [line for line in told if re.search(LEFT_BEHIND, line)]
    expect(len(left_behind) <= 1, f"told {len(left_behind)} times what was left behind")
    faults = [line for line in told if line not in left_behind]
    wanted = LINES.get(fault, 1)
    expect(len(faults) == wanted, f"{len(faults)} lines about the fault, wanted {wanted}:\n" + "\n".join(told[:10]))
    originals = [line for line in run.stderr.splitlines() if re.search(expected, line)]
    expect(originals, f"the line does not say what is wrong (wanted /{expected}/):\n{faults[0]}")


for name in FAULTS:
    check(f"fault: the receiver {name}", fault=name)(faulty)
