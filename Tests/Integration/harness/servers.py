"""The real servers: the strict sink, the rotel collector and Prometheus, as child processes on free loopback ports."""

import json
import socket
import subprocess
import urllib.parse
import urllib.request
from pathlib import Path

from .report import Failure, wait_until

SINK = Path(__file__).resolve().parent.parent / "sink" / "sink.py"


class Server:
    """A child process that is stopped by its own handle when the block ends; its pid lies beside its log."""

    name = "server"

    def __init__(self, folder):
        self.folder = folder
        self.child = None

    def start(self, command):
        with open(self.folder / f"{self.name}.log", "wb") as log:
            self.child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        (self.folder / f"{self.name}.pid").write_text(str(self.child.pid))

    def alive(self):
        if self.child.poll() is not None:
            log = (self.folder / f"{self.name}.log").read_text(errors="replace")
            raise Failure(f"{self.name} ended with {self.child.returncode}: {log[-500:]}")
        return True

    def __exit__(self, *_):
        self.child.terminate()
        try:
            self.child.wait(5)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()


class Sink(Server):
    """The strict receiver; `spans` and `problems` read what it was sent so far."""

    name = "sink"

    def __init__(self, python, folder):
        super().__init__(folder)
        self.python = python
        self.requests_file = folder / "sink-requests.jsonl"
        self.bytes_file = folder / "sink-bytes.bin"

    def __enter__(self):
        port_file = self.folder / "sink.port"
        self.start([self.python, SINK, port_file, self.requests_file, self.bytes_file])
        wait_until(lambda: self.alive() and port_file.exists(), 20, "the sink listens")
        self.endpoint = f"http://127.0.0.1:{port_file.read_text()}"
        return self

    def requests(self):
        text = self.requests_file.read_text() if self.requests_file.exists() else ""
        return [json.loads(line) for line in text.splitlines() if line.endswith("}")]

    def problems(self):
        return [problem for request in self.requests() for problem in request["problems"]]

    def resources(self):
        """Each ResourceSpans message received, in order."""
        messages = [request.get("message", {}) for request in self.requests()]
        return [resource for message in messages for resource in message.get("resourceSpans", [])]

    def spans(self):
        scopes = [scope for resource in self.resources() for scope in resource.get("scopeSpans", [])]
        return [span for scope in scopes for span in scope.get("spans", [])]

    def wait_for_spans(self, count, seconds=20):
        """The spans, once there are `count`, or after `seconds` those that are there."""
        try:
            wait_until(lambda: len(self.spans()) >= count, seconds, "the spans arrive")
        except Failure:
            pass
        return self.spans()


class Collector(Server):
    """rotel: OTLP over HTTP and gRPC in, OTLP protobuf out to `target`."""

    name = "collector"

    def __init__(self, python, folder, target):
        super().__init__(folder)
        packages = next(Path(python).parent.parent.glob("lib/python3*/site-packages"))
        self.agent = packages / "rotel" / "rotel-agent"
        self.target = target

    def __enter__(self):
        http, grpc = free_port(), free_port()
        self.endpoint = f"http://127.0.0.1:{http}"
        self.grpc_endpoint = f"http://127.0.0.1:{grpc}"
        receivers = ["--otlp-http-endpoint", f"127.0.0.1:{http}", "--otlp-grpc-endpoint", f"127.0.0.1:{grpc}"]
        exporter = ["--exporter", "otlp", "--otlp-exporter-protocol", "http", "--otlp-exporter-endpoint", self.target]
        self.start([self.agent, "start", *receivers, *exporter, "--batch-timeout", "100ms"])
        wait_until(lambda: self.alive() and connects(http) and connects(grpc), 20, "the collector listens")
        return self


class Prometheus(Server):
    """Scrapes `target`, a host and port, several times a second."""

    name = "prometheus"

    def __init__(self, installed, folder, target):
        super().__init__(folder)
        self.binary = installed / "prometheus/usr/bin/prometheus"
        self.target = target

    def __enter__(self):
        config = self.folder / "prometheus.json"
        job = {"job_name": "demo", "scrape_interval": "500ms", "scrape_timeout": "500ms"}
        config.write_text(json.dumps({"scrape_configs": [job | {"static_configs": [{"targets": [self.target]}]}]}))
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        storage = f"--storage.tsdb.path={self.folder / 'prometheus-data'}"
        self.start([self.binary, f"--config.file={config}", storage, f"--web.listen-address=127.0.0.1:{port}"])
        wait_until(lambda: self.alive() and self._is_ready(), 30, "Prometheus is ready")
        return self

    def _is_ready(self):
        try:
            return urllib.request.urlopen(f"{self.url}/-/ready", timeout=1).status == 200
        except OSError:
            return False

    def query(self, expression):
        """The number that an instant query gives; nothing when it gives none."""
        url = f"{self.url}/api/v1/query?" + urllib.parse.urlencode({"query": expression})
        with urllib.request.urlopen(url, timeout=10) as response:
            result = json.load(response)["data"]["result"]
        return float(result[0]["value"][1]) if result else None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def connects(port):
    try:
        socket.create_connection(("127.0.0.1", port), 0.5).close()
        return True
    except OSError:
        return False
