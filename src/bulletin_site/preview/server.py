"""The preview's server: loopback unless told otherwise, and only for requests that mean it.

Files are looked up by their address in an edition, so that no path leads anywhere else. A page of
another site cannot read what is not published yet: the name in a request must be this machine's own
(a foreign name that was made to point here is refused), and browsers are told to give nothing of it
to other sites.
"""

from __future__ import annotations

import errno
import ipaddress
import socket
import socketserver
import sys
from collections.abc import Iterable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from bulletin_site.preview.answers import EVENTS, Answer, answer, news, plain, waiting
from bulletin_site.preview.session import Session
from bulletin_site.unforeseen import said_of

_KEEP_ALIVE = 15.0
"""Seconds after which a page that waits for news is written to, to see whether it is still open."""
_RETRY = 500
"""Milliseconds after which a page asks again when the preview has gone."""

_TAKEN = {errno.EADDRINUSE, errno.EACCES}
"""What binding a port says that another program has; the second on Windows, and for those that only
the administrator may have."""


class PreviewServer(ThreadingHTTPServer):
    """Answers from a session. `port` 0 takes any that is free. Raises `OSError` where the host or
    port cannot be had."""

    daemon_threads = True
    # On Windows this would let two programs have the same port, each for some of the requests.
    allow_reuse_address = sys.platform != "win32"
    allow_reuse_port = False
    # Of more that come at once than the library's five, each waits seconds for its next attempt.
    request_queue_size = 128

    def __init__(self, host: str, port: int, session: Session) -> None:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        self.address_family, *_, address = found[0]
        self.session = session
        self.host = host
        super().__init__((str(address[0]), int(address[1])), _Handler)

    def server_bind(self) -> None:
        # Not HTTPServer's, which asks the name service for this machine's full name: on some
        # networks that takes many seconds, and nobody needs it.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    @property
    def is_private(self) -> bool:
        """Whether programs on this machine alone can reach it."""
        return ipaddress.ip_address(str(self.server_address[0])).is_loopback

    @property
    def url(self) -> str:
        """Where a browser on this machine finds it."""
        address = ipaddress.ip_address(str(self.server_address[0]))
        if address.is_unspecified:
            address = ipaddress.ip_address("::1" if address.version == 6 else "127.0.0.1")
        return f"http://{_in_url(address)}:{self.server_port}/"

    def is_meant(self, host: str) -> bool:
        """Whether the `Host` of a request names this server, and not a name of somebody else's
        that was made to lead here. An address is what it is; no one can make it lead elsewhere."""
        try:
            parts = urlsplit(f"//{host}")
            name, port = (parts.hostname or "").rstrip("."), parts.port or 80
        except ValueError:
            return False
        if port != self.server_port or parts.netloc != host or "@" in host:
            return False
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            own = set() if self.is_private else {self.host.lower(), socket.gethostname().lower()}
            return name in {"localhost", *own}
        return address.is_loopback or not self.is_private

    def handle_error(self, *_request: object) -> None:
        """Browsers drop connections whenever they like; anything else is a mistake in here."""
        fault = sys.exc_info()[1]
        if fault and not isinstance(fault, ConnectionError | TimeoutError):
            print(said_of(fault), file=sys.stderr)


def _in_url(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)


def first_free(host: str, ports: Iterable[int], session: Session) -> PreviewServer | None:
    """A server on the first of some ports that no other program has."""
    for port in ports:
        try:
            return PreviewServer(host, port, session)
        except OSError as reason:
            if reason.errno not in _TAKEN:
                raise
    return None


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        self._respond()

    def do_HEAD(self) -> None:
        self._respond()

    def _respond(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self.server.is_meant(hosts[0]):
            self._refuse(HTTPStatus.FORBIDDEN, f"请用 {self.server.url} 打开预览。")
            return
        path, _, query = self.path.partition("?")
        if not path.startswith("/"):
            self._refuse(HTTPStatus.BAD_REQUEST, "网址应以 / 开头。")
        elif path == EVENTS:
            self._tell(*parse_qs(query).get("path", ["/"])[:1])
        else:
            self._send(self._answer(path))

    def _answer(self, path: str) -> Answer:
        try:
            return answer(self.server.session.state, path)
        except Exception as fault:
            # A mistake in the program costs one page, not the preview.
            print(said_of(fault), file=sys.stderr)
            return waiting(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _tell(self, path: str) -> None:
        """News for the page at a path, as long as it is open (Server-Sent Events)."""
        self._head(HTTPStatus.OK, "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        session, known = self.server.session, -1
        self.wfile.write(f"retry: {_RETRY}\n\n".encode())
        with session.watching(path):
            while state := session.news(known, _KEEP_ALIVE):
                told = f"data: {news(state, path)}\n\n" if state.number != known else ":\n\n"
                self.wfile.write(told.encode())
                known = state.number

    def _send(self, answered: Answer) -> None:
        self._head(answered.status, answered.kind)
        self.send_header("Content-Length", str(len(answered.content)))
        if answered.status == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        if self.close_connection:
            self.send_header("Connection", "close")
        if answered.location:
            self.send_header("Location", answered.location)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answered.content)

    def _head(self, status: HTTPStatus, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "SAMEORIGIN")

    def _refuse(self, status: HTTPStatus, text: str) -> None:
        """What comes after a request that was refused is not read."""
        self.close_connection = True
        self._send(plain(status, text))

    def send_error(self, code: int, *_words: str | None, **_more: str | None) -> None:
        """What the library says of requests that it cannot read, or has no method for."""
        if code == HTTPStatus.NOT_IMPLEMENTED:
            self._refuse(HTTPStatus.METHOD_NOT_ALLOWED, "预览只能看（GET、HEAD）。")
        else:
            self._refuse(HTTPStatus(code), HTTPStatus(code).phrase)

    def version_string(self) -> str:
        return "bulletin"

    def log_message(self, format: str, *args: object) -> None:
        """The console is for what becomes of saves."""
