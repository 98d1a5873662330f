"""Talks to the demo as its callers do: one connection a request, events as they come."""

import http.client
import json
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS = 30


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


def connect(url, method="GET", body=None, headers=None):
    """A connection whose answer's head has come, and the answer; whoever calls closes the connection."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    connection.request(method, parts.path or "/", data, {"Content-Type": "application/json", **(headers or {})})
    return connection, connection.getresponse()


def request(url, method="GET", body=None, headers=None):
    connection, response = connect(url, method, body, headers)
    try:
        names = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, names, response.read())
    finally:
        connection.close()


def events(url, body, headers=None):
    """Asks for a stream and gives each event, name and data, when it has come."""
    connection, response = connect(url, "POST", body, {"Accept": "text/event-stream", **(headers or {})})
    try:
        assert response.status == 200, f"{response.status} {response.read()[:200]!r}"
        name = data = None
        for line in iter(response.readline, b""):
            line = line.decode().rstrip("\n")
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                data = json.loads(line.removeprefix("data: "))
            elif not line and data is not None:
                yield name, data
                name = data = None
    finally:
        connection.close()
