"""A server that speaks as OpenAI's chat completions do, by a script, and streams in awkward pieces."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

USAGE = {
    "prompt_tokens": 40,
    "completion_tokens": 9,
    "prompt_tokens_details": {"cached_tokens": 32},
    "completion_tokens_details": {"reasoning_tokens": 2},
}


class Model:
    """Serves on a free loopback port while the block lasts; `script(request)` gives each answer, a function of the handler."""

    def __init__(self, script):
        self.script = script
        self.requests = []
        self._lock = threading.Lock()

    def __enter__(self):
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with model._lock:
                    model.requests.append({"path": self.path, "headers": dict(self.headers), "body": body})
                model.script(body)(self, body)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()


def calls_tool(name, arguments):
    """Wants a tool run: its arguments in two pieces, or at once where nothing is streamed."""
    text = json.dumps(arguments)
    half = len(text) // 2

    def answer(handler, body):
        call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": text}}
        if not body.get("stream"):
            return _send_whole(handler, body, {"role": "assistant", "content": None, "tool_calls": [call]}, "tool_calls")
        first = {**call, "index": 0, "function": {"name": name, "arguments": text[:half]}}
        rest = {"index": 0, "function": {"arguments": text[half:]}}
        with Stream(handler, body) as stream:
            stream.delta({"role": "assistant", "content": None, "tool_calls": [first]})
            stream.delta({"tool_calls": [rest]})
            stream.end("tool_calls")

    return answer


def says(*pieces, between=lambda: None):
    """Says a text, `between` being called before each piece but the first."""

    def answer(handler, body):
        if not body.get("stream"):
            return _send_whole(handler, body, {"role": "assistant", "content": "".join(pieces)}, "stop")
        with Stream(handler, body) as stream:
            for number, piece in enumerate(pieces):
                if number:
                    between()
                stream.delta({"content": piece})
            stream.end("stop")

    return answer


def breaks_off(*pieces):
    """Says some of a text, then closes the connection."""

    def answer(handler, body):
        stream = Stream(handler, body)
        for piece in pieces:
            stream.delta({"content": piece})
        handler.close_connection = True
        handler.connection.close()

    return answer


def refuses(status, message="no", **headers):
    def answer(handler, body):
        _send(handler, status, "application/json", json.dumps({"error": {"message": message}}).encode(), headers)

    return answer


class Stream:
    """An event stream in chunks of a few bytes, which cut lines, events and letters in two."""

    sizes = (1, 3, 7, 2, 11, 5)

    def __init__(self, handler, body):
        self.handler = handler
        self.model = body["model"]
        self.wants_usage = body.get("stream_options", {}).get("include_usage")
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()

    def __enter__(self):
        self._write(": processing\r\n\r\n".encode())
        return self

    def __exit__(self, *_):
        self.handler.wfile.write(b"0\r\n\r\n")

    def delta(self, delta):
        self._event({"choices": [{"index": 0, "delta": delta, "finish_reason": None}]})

    def end(self, reason):
        self._event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
        if self.wants_usage:
            self._event({"choices": [], "usage": USAGE})
        self._write(b"data: [DONE]\n\n")

    def _event(self, fields):
        chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "model": self.model + "-exact", **fields}
        self._write(f"data: {json.dumps(chunk, ensure_ascii=False)}\r\n\r\n".encode())

    def _write(self, data):
        position = number = 0
        while position < len(data):
            part = data[position : position + self.sizes[number % len(self.sizes)]]
            self.handler.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
            self.handler.wfile.flush()
            position, number = position + len(part), number + 1


def _send_whole(handler, body, message, reason):
    choice = {"index": 0, "message": message, "finish_reason": reason}
    whole = {"id": "chatcmpl-1", "model": body["model"] + "-exact", "choices": [choice], "usage": USAGE}
    _send(handler, 200, "application/json", json.dumps(whole).encode())


def _send(handler, status, kind, data, headers=None):
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(data)))
    for name, value in (headers or {}).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)
