"""Runs the demo agent in a clean environment and measures the run."""

import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from .report import Failure, expect, wait_until


@dataclass
class Run:
    """What a finished process left behind."""

    code: int
    seconds: float
    peak_mebibytes: float
    stdout: str
    stderr: str

    def summary(self):
        """The JSON object on the last line of standard output: operations, errors, traces, requests served."""
        lines = self.stdout.splitlines()
        expect(lines, "nothing on standard output")
        try:
            summary = json.loads(lines[-1])
        except ValueError:
            raise Failure(f"the last line of standard output is not JSON: {lines[-1]!r}") from None
        expect({"operations", "errors", "traces", "http_requests"} <= set(summary), f"the summary lacks counts: {summary}")
        return summary


class Process:
    """A running demo agent; its output goes to files, so that it never waits for a reader.

    Its spool lies in the check's own folder, so that no check adopts what another one has left.
    """

    def __init__(self, binary, arguments, environment, folder, wrapper=()):
        self.folder = folder
        self.started = time.monotonic()
        with open(folder / "stdout", "wb") as stdout, open(folder / "stderr", "wb") as stderr:
            self.child = subprocess.Popen(
                [*wrapper, binary, *arguments],
                env=clean_environment() | {"MONITORING_SPOOL_DIR": str(folder / "spool")} | environment,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=stdout,
                stderr=stderr,
            )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """Leaves nothing behind where a check fails."""
        if self.child.returncode is None and self.child.poll() is None:
            self.child.kill()
            self.child.wait()

    @property
    def pid(self):
        return self.child.pid

    def urls(self):
        """The URLs that it tells once it listens, by what is there: `help`, `chat` and more."""
        def told():
            expect(self.child.poll() is None, f"ended with {self.child.returncode}: {self._text('stderr')[-500:]}")
            found = dict(re.findall(r"^demo-agent: (\w+) +(http://\S+)$", self._text("stderr"), re.MULTILINE))
            return found if "chat" in found else None

        return wait_until(told, 20, "the demo listens")

    def stop(self, timeout=20):
        """Asks it to stop, and gives the finished run; fails unless it exits with 0."""
        self.child.send_signal(signal.SIGTERM)
        run = self.wait(time.monotonic() - self.started + timeout)
        expect(run.code == 0, f"exit code {run.code} after SIGTERM; standard error ends: {run.stderr[-500:]}")
        return run

    def wait(self, timeout):
        """The finished run; a process that is still there after `timeout` seconds is killed and is a failure."""
        deadline = self.started + timeout
        while True:
            pid, status, usage = os.wait4(self.child.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() > deadline:
                self.child.send_signal(signal.SIGKILL)
                os.wait4(self.child.pid, 0)
                self.child.returncode = -signal.SIGKILL
                raise Failure(f"still running after {timeout} s; standard error ends: {self._text('stderr')[-500:]}")
            time.sleep(0.02)
        self.child.returncode = os.waitstatus_to_exitcode(status)
        return Run(
            code=self.child.returncode,
            seconds=time.monotonic() - self.started,
            peak_mebibytes=usage.ru_maxrss / 1024,
            stdout=self._text("stdout"),
            stderr=self._text("stderr"),
        )

    def _text(self, name):
        return (self.folder / name).read_text(errors="replace")


class Demo:
    def __init__(self, binary):
        self.binary = str(Path(binary).resolve())

    def start(self, arguments, environment, folder, wrapper=()):
        return Process(self.binary, arguments, environment, folder, wrapper)

    def traffic(self, environment, folder, rate=20, seconds=3, extra=(), wrapper=()):
        """A run of `seconds` with its ledger in the folder; fails unless it exits with 0."""
        run = self.start(traffic_arguments(folder, rate, seconds, extra), environment, folder, wrapper).wait(60)
        expect(run.code == 0, f"exit code {run.code}; standard error ends: {run.stderr[-500:]}")
        return run


def traffic_arguments(folder, rate, seconds, extra=()):
    ledger = folder / "ledger.jsonl"
    numbers = ["--port", "0", "--traffic", str(rate), "--seconds", str(seconds), "--linger", "0", "--seed", "7"]
    return [*numbers, "--ledger", str(ledger), *extra]


def service_arguments(folder, extra=()):
    """A demo that serves until it is stopped, on a port of its own."""
    return traffic_arguments(folder, 0, 0, extra)


def tracing(endpoint, **more):
    """The variables that switch tracing on towards `endpoint`, batching quickly."""
    return {
        "ENABLE_TRACING": "true",
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
        "OTEL_SERVICE_NAME": "integration-demo",
        **more,
    }


def clean_environment():
    """Nothing of whoever runs the checks; a free port for each monitoring server, since several demos run at once."""
    kept = ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH")
    own = {"LANG": "C.UTF-8", "MONITORING_CONSOLE": "false", "MONITORING_PORT": "0"}
    return {key: os.environ[key] for key in kept if key in os.environ} | own
