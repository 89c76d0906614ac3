"""The city behind a server in the process of the test, for a real browser whose requests see what the test does."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application


class Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served_here(settings: Any) -> Iterator[str]:
    """A server on a free port of the loopback; gives its URL."""
    settings.WHITENOISE_USE_FINDERS = True  # a browser wants the files that other tests do without
    server = make_server("127.0.0.1", 0, get_wsgi_application(), server_class=Threads, handler_class=Quiet)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
