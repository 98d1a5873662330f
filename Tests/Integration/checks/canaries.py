"""Planted secrets must not be in anything that leaves the process or lies in its spool."""

import base64
import json
import subprocess
import urllib.parse

from harness import ledger
from harness.demo import clean_environment, traffic_arguments, tracing
from harness.report import check, expect, wait_until
from harness.servers import Sink, free_port

CONTENT = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"


def planted(context):
    """The secrets that `--canaries` plants, one a line."""
    run = subprocess.run(
        [context.demo.binary, "--print-canaries"], capture_output=True, text=True, timeout=20, env=clean_environment()
    )
    secrets = run.stdout.split()
    expect(run.returncode == 0 and len(secrets) >= 5, f"--print-canaries: {run.returncode}, {run.stdout[:200]!r}")
    return secrets


def forms(secret):
    """The spellings in which a secret could slip through."""
    yield secret.encode()
    yield json.dumps(secret)[1:-1].encode()
    yield secret.replace("/", "\\/").encode()
    yield urllib.parse.quote(secret, safe="").encode()
    encoded = base64.b64encode(secret.encode()).rstrip(b"=")
    yield encoded[: len(encoded) // 4 * 4]


def expect_clean(secrets, haystacks):
    """`haystacks`: name to bytes."""
    found = {
        f"{name}: ...{secret[-6:]}"
        for name, data in haystacks.items()
        for secret in secrets
        if any(form in data for form in forms(secret))
    }
    expect(not found, f"{len(found)} secrets came through: {sorted(found)[:8]}")


@check("no planted secret leaves the process", more={})
@check("no planted secret leaves the process, message content on", more={CONTENT: "true"})
@check("no planted secret is in the console tree", more={CONTENT: "true", "MONITORING_CONSOLE": "true"})
def nothing_leaves(context, folder, more):
    secrets = planted(context)
    with Sink(context.python, folder) as sink:
        environment = tracing(sink.endpoint, **more)
        run = context.demo.traffic(environment, folder, rate=5, extra=["--canaries"])
        sink.wait_for_spans(len(ledger.read(folder)))
        sent = sink.bytes_file.read_bytes()
    expect(b'"gen_ai.' in sent, "nothing about a model was sent, so this says nothing")
    expect((b"gen_ai.input.messages" in sent) == (CONTENT in more), "message content and its opt-in disagree")
    shown = [line for line in run.stderr.splitlines() if "chat scripted" in line]
    expect(bool(shown) == (more.get("MONITORING_CONSOLE") == "true"), f"{len(shown)} lines of the console tree show a chat")
    files = {"sent": sent, "ledger": (folder / "ledger.jsonl").read_bytes()}
    expect_clean(secrets, files | {"standard error": run.stderr.encode(), "standard output": run.stdout.encode()})


@check("no planted secret lies in the spool")
def nothing_in_spool(context, folder):
    secrets = planted(context)
    arguments = traffic_arguments(folder, 5, 4, ["--canaries"])
    environment = tracing(f"http://127.0.0.1:{free_port()}", **{CONTENT: "true"})
    process = context.demo.start(arguments, environment, folder)
    try:
        segments = wait_until(lambda: spooled(process.pid), 4, "spans lie in a segment")
    finally:
        process.wait(30)
    expect_clean(secrets, {"spool": segments})


def spooled(pid):
    """The spool's segments in the memory of a process once they hold spans, else nothing.

    A segment begins at a page with its magic and has its size at offset 72 (docs/decisions/0001-spool.md).
    """
    segments = b""
    with open(f"/proc/{pid}/maps") as maps, open(f"/proc/{pid}/mem", "rb", buffering=0) as memory:
        for line in maps:
            addresses, permissions = line.split()[:2]
            start, end = (int(address, 16) for address in addresses.split("-"))
            if permissions.startswith("rw"):
                memory.seek(start)
                data = memory.read(end - start)
                for page in range(0, len(data), 4096):
                    if data.startswith(b"monspool", page):
                        size = int.from_bytes(data[page + 72 : page + 76], "little")
                        segments += data[page : page + size]
    return segments if segments.count(b'"gen_ai.') >= 20 else None
