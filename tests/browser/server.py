"""A plain file server on loopback, as an intranet would have: no rewriting, no directory magic."""

from __future__ import annotations

import functools
import gzip
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO

_COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml"}


class _QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test's own output is enough."""

    def end_headers(self) -> None:
        # LinkChecker asks ten times a second at most, unless the server says that it may ask more.
        self.send_header("LinkChecker", "welcome")
        super().end_headers()


class _CompressingHandler(_QuietHandler):
    """The same with gzip, as most servers on the internet."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        file = Path(self.translate_path(self.path))
        if not file.is_file() or file.suffix not in _COMPRESSED:
            return super().send_head()
        content = gzip.compress(file.read_bytes(), 9, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", f"{self.guess_type(file)}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


@contextmanager
def serving(folder: Path, *, compressed: bool = False) -> Iterator[str]:
    """The address under which `folder` is served, without a slash at its end."""
    kind = _CompressingHandler if compressed else _QuietHandler
    handler = functools.partial(kind, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        # Between two looks whether it is to end; each test that has a server of its own waits.
        polling = {"poll_interval": 0.05}
        thread = threading.Thread(target=server.serve_forever, kwargs=polling, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
