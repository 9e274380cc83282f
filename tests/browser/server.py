"""A plain file server on loopback, as an intranet would have: no rewriting, no directory magic."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test's own output is enough."""

    def end_headers(self) -> None:
        # LinkChecker asks ten times a second at most, unless the server says that it may ask more.
        self.send_header("LinkChecker", "welcome")
        super().end_headers()


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address under which `folder` is served, without a slash at its end."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
