"""An OTLP/HTTP receiver that refuses what is not exactly right, and keeps all it was sent.

usage: sink.py PORT_FILE REQUESTS_FILE BYTES_FILE

It listens on a free loopback port, writes that port to PORT_FILE, appends one JSON line a request to REQUESTS_FILE
and the raw headers and uncompressed body of each request to BYTES_FILE.
"""

import gzip
import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import strict_otlp


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    lock = threading.Lock()
    requests = None
    bytes = None

    def do_POST(self):
        body = self.read_body()
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        content_type = self.headers.get("Content-Type", "")
        entry = {"path": self.path, "headers": {key.lower(): value for key, value in self.headers.items()}}
        try:
            if content_type == "application/json":
                message = strict_otlp.from_json(self.path, body)
            elif content_type == "application/x-protobuf":
                message = strict_otlp.from_protobuf(self.path, body)
            else:
                raise ValueError(f"content type {content_type!r}")
            entry["message"] = strict_otlp.canonical(message)
            entry["problems"] = list(strict_otlp.breaches(entry["message"]))
        except Exception as error:
            entry["problems"] = [f"{type(error).__name__}: {error}"]
        self.keep(entry, body)
        self.answer(entry, content_type)

    def read_body(self):
        length = self.headers.get("Content-Length")
        if length is not None:
            return self.rfile.read(int(length))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def keep(self, entry, body):
        with Handler.lock:
            Handler.bytes.write(f"{self.path}\n{self.headers}".encode() + body + b"\n")
            Handler.requests.write(json.dumps(entry) + "\n")

    def answer(self, entry, content_type):
        is_json = "protobuf" not in content_type
        refused = "message" not in entry
        body = b""
        if is_json:
            status = {"code": 3, "message": entry["problems"][0]} if refused else {}
            body = json.dumps(status).encode()
        self.send_response(400 if refused else 200)
        self.send_header("Content-Type", "application/json" if is_json else content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    port_file, requests_file, bytes_file = sys.argv[1:]
    Handler.requests = open(requests_file, "a", buffering=1)
    Handler.bytes = open(bytes_file, "ab", buffering=0)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(port_file + ".new", "w") as file:
        file.write(str(server.server_port))
    os.rename(port_file + ".new", port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
