"""Programs of card readers as makers ship them: a small HTTP service and a small WebSocket service on this computer."""

import base64
import hashlib
import json
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
PATIENCE = 20


@contextmanager
def http_reader(card: dict) -> Iterator[int]:
    """A service that answers GET /read with a card; gives its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"code": 0, "data": card}, ensure_ascii=False).encode()
            self.send_response(200 if self.path == "/read" else 404)
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(PATIENCE)


@contextmanager
def ws_reader(card: dict) -> Iterator[int]:
    """A service that sends a card after each message, with a server's unmasked text frames; gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(PATIENCE)

    def serve() -> None:
        try:
            while True:
                line, _address = listener.accept()
                threading.Thread(target=_talk, args=(line, card), daemon=True).start()
        except OSError:
            return  # closed, or nobody came in time

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join(PATIENCE)


def _talk(line: socket.socket, card: dict) -> None:
    line.settimeout(PATIENCE)
    with line:
        asked = b""
        while b"\r\n\r\n" not in asked:
            asked += line.recv(4096)
        lines = asked.split(b"\r\n")
        key = next(one.split(b": ")[1] for one in lines if one.lower().startswith(b"sec-websocket-key"))
        accept = base64.b64encode(hashlib.sha1(key + MAGIC.encode()).digest()).decode()
        upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        line.sendall(f"{upgrade}Sec-WebSocket-Accept: {accept}\r\n\r\n".encode())
        text = json.dumps(card, ensure_ascii=False).encode()
        size = bytes([len(text)]) if len(text) < 126 else b"\x7e" + struct.pack(">H", len(text))
        try:
            while (frame := line.recv(4096)) and frame[0] & 0x0F == 1:
                line.sendall(b"\x81" + size + text)
        except OSError:
            return
