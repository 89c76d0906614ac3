"""Gateways of the outside world over loopback: an SMS gateway and a mail server that keep what they were given."""

import hashlib
import hmac
import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

KEY = "common key"


class Gateway(ThreadingHTTPServer):
    """Takes signed messages; `status` is its answer, `silent` makes it break the line after it has read."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.taken: list[dict] = []
        self.status, self.words, self.silent, self.read = 200, "", False, Event()
        self.hold: Event | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send"

    def handle_error(self, request, client_address) -> None:
        """A line that the sender broke is what some tests want."""


class _Answer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = hmac.new(KEY.encode(), self.headers["X-Message-Time"].encode() + b"." + body, hashlib.sha256).hexdigest()
        assert told == self.headers["X-Message-Signature"]
        if self.server.status == 200:
            self.server.taken.append(json.loads(body))
        self.server.read.set()
        if self.server.hold:
            self.server.hold.wait(20)
        if self.server.silent:
            self.connection.close()
            return
        answer = json.dumps({"id": "G1"}).encode() if self.server.status == 200 else self.server.words.encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *told) -> None:
        """Nothing is said in tests."""


class MailServer(socketserver.ThreadingTCPServer):
    """Speaks as much SMTP (RFC 5321) as a sender needs; `refuse` maps a command to the answer that it gets instead."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.taken: list[tuple[str, str, bytes]] = []
        self.refuse: dict[str, str] = {}

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Dialogue(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 peer")
        sender = to = ""
        while line := self.rfile.readline().decode().strip():
            command = line.split(" ")[0].split(":")[0].upper()
            if command in self.server.refuse:
                answer = self.server.refuse[command]
                if not answer:
                    return  # the line breaks
                self.say(answer)
                continue
            if command == "EHLO":
                self.say("250 peer")
            elif command == "MAIL":
                sender = line
                self.say("250 ok")
            elif command == "RCPT":
                to = line
                self.say("250 ok")
            elif command == "DATA":
                self.say("354 go on")
                self.server.taken.append((sender, to, b"".join(iter(self.rfile.readline, b".\r\n"))))
                self.say("250 queued as M1")
            elif command == "QUIT":
                self.say("221 bye")
                return

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def serving(server) -> Iterator:
    """The peer while it answers."""
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
