"""A raw-socket receiver that misbehaves in one way, counts what reaches it, and closes with the block."""

import select
import socket
import struct
import tempfile
import threading


class Receiver:
    """Accepts on a free loopback port and hands each connection to `behaviour(connection, receiver)` on a thread."""

    def __init__(self, behaviour, receive_buffer=None):
        self.behaviour = behaviour
        self.connections = 0
        self.requests = 0
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._open = []
        self._listener = socket.socket()
        if receive_buffer:
            self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        self.port = self._listener.getsockname()[1]

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.stopping.set()
        self._listener.close()
        with self._lock:
            for connection in self._open:
                _hang_up(connection)

    def _accept(self):
        while not self.stopping.is_set():
            try:
                ready, _, _ = select.select([self._listener], [], [], 0.2)
                if not ready:
                    continue
                connection, _ = self._listener.accept()
            except (OSError, ValueError):
                return
            with self._lock:
                self.connections += 1
                self._open.append(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        try:
            self.behaviour(connection, self)
        except OSError:
            pass
        finally:
            connection.close()

    def read_request(self, connection):
        """Reads one request and gives its body; nothing at the end of the connection."""
        received = b""
        while b"\r\n\r\n" not in received:
            part = connection.recv(65536)
            if not part:
                return None
            received += part
        head, _, body = received.partition(b"\r\n\r\n")
        headers = dict(line.lower().split(b":", 1) for line in head.split(b"\r\n")[1:])
        if b"chunked" in headers.get(b"transfer-encoding", b""):
            while not body.endswith(b"0\r\n\r\n"):
                body += connection.recv(65536)
        else:
            while len(body) < int(headers.get(b"content-length", b"0")):
                body += connection.recv(65536)
        with self._lock:
            self.requests += 1
        return body


class Nobody:
    """A port at which no one listens."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.endpoint = f"http://127.0.0.1:{probe.getsockname()[1]}"
        return self

    def __exit__(self, *_):
        pass


class Unresolved:
    """A host whose name server stays silent; `wrapper` shows that name server to one process alone (needs root)."""

    endpoint = "http://collector.stalls.example:4318"

    def __enter__(self):
        self._server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._server.bind(("127.0.0.77", 53))
        self._file = tempfile.NamedTemporaryFile("w", suffix=".resolv.conf")
        self._file.write("nameserver 127.0.0.77\n")
        self._file.flush()
        bind = f"mount --bind {self._file.name} /etc/resolv.conf && exec \"$@\""
        self.wrapper = ("unshare", "--mount", "sh", "-c", bind, "sh")
        return self

    def __exit__(self, *_):
        self._file.close()
        self._server.close()


class Unaccepting:
    """Listens with a full backlog and never accepts, so that the kernel leaves further SYNs unanswered."""

    def __enter__(self):
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(0)
        self.port = self._listener.getsockname()[1]
        self._fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", self.port))
            self._fillers.append(filler)
        return self

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.port}"

    def __exit__(self, *_):
        for each in [*self._fillers, self._listener]:
            each.close()


def answering(status, headers=(), body=b""):
    """Reads each request and answers it with `status`, keeping the connection."""

    def behaviour(connection, receiver):
        lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]
        while receiver.read_request(connection) is not None:
            connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    return behaviour


def at_most(size):
    """Takes requests of up to `size` bytes, says 413 to others."""

    def behaviour(connection, receiver):
        while (body := receiver.read_request(connection)) is not None:
            status = "413 Content Too Large" if len(body) > size else "200 OK"
            connection.sendall(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n\r\n{{}}".encode())

    return behaviour


def silent(connection, receiver):
    """Never reads, never answers."""
    receiver.stopping.wait()


def slow_reader(connection, receiver):
    """Takes a few bytes at a time, so that a request never gets through."""
    while not receiver.stopping.wait(0.2) and connection.recv(16):
        pass


def reset_before_response(connection, receiver):
    """Reads a request, then cuts the connection off."""
    receiver.read_request(connection)
    _reset(connection)


def reset_within_response(connection, receiver):
    """Cuts the connection off in the middle of its answer."""
    receiver.read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
    receiver.stopping.wait(0.1)
    _reset(connection)


def dripping(connection, receiver):
    """Answers one byte at a time, for ever."""
    receiver.read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{")
    while not receiver.stopping.wait(0.2):
        connection.sendall(b" ")


def endless(connection, receiver):
    """Answers with a body that has no end."""
    receiver.read_request(connection)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    while not receiver.stopping.is_set():
        connection.sendall(chunk)


def garbage(connection, receiver):
    """Answers with bytes that are no HTTP."""
    receiver.read_request(connection)
    connection.sendall(b"\x00\xff\x13SSH-2.0 nonsense\r\n\r\n" * 20)


def http2(connection, receiver):
    """Answers as a gRPC server does: a SETTINGS and a GOAWAY frame, then the end."""
    receiver.read_request(connection)
    settings = b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x05\x00\x00\x40\x00"
    connection.sendall(settings + b"\x00\x00\x08\x07\x00\x00\x00\x00\x00" + b"\x00" * 7 + b"\x01")


def _hang_up(connection):
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()


def _reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
