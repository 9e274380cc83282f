"""The server over real sockets: whom it answers, and that nobody gets out of the site."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from threading import Thread

import pytest

from bulletin_site.preview.server import PreviewServer, first_free
from bulletin_site.preview.session import Session
from preview.program import PATIENCE
from preview.small_site import OUTSIDE, SITE, Builds, built, stopped

HOME = SITE["index.html"].encode().partition(b"</head>")[2]


@contextmanager
def serving(session: Session, host: str = "127.0.0.1") -> Iterator[PreviewServer]:
    with PreviewServer(host, 0, session) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            session.end()
            server.shutdown()
            thread.join(PATIENCE)


def good() -> Session:
    session = Session(Builds(built(), stopped(), built()))
    session.rebuild()
    return session


@pytest.fixture
def session() -> Session:
    return good()


@pytest.fixture
def server(session: Session) -> Iterator[PreviewServer]:
    with serving(session) as server:
        yield server


def port_of(server: PreviewServer) -> int:
    return int(server.server_address[1])


def asked(
    server: PreviewServer, path: str, method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port_of(server), timeout=PATIENCE)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return response, content


def sent(server: PreviewServer, request: bytes) -> bytes:
    """All that comes back for some bytes, until the server closes the connection."""
    with socket.create_connection(("127.0.0.1", port_of(server)), PATIENCE) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    return received


def test_a_page_is_answered_and_never_kept_or_given_to_other_sites(server: PreviewServer) -> None:
    response, content = asked(server, "/?from=here")
    assert response.status == 200
    assert content.endswith(HOME)
    headers = dict(response.getheaders())
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Length"] == str(len(content))
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert not any("python" in value.lower() for value in headers.values())


def test_head_has_the_same_headers_and_no_content(server: PreviewServer) -> None:
    for path in ("/", "/issues", "/not/there", "/.preview/preview.js"):
        full, content = asked(server, path)
        head, nothing = asked(server, path, "HEAD")
        assert (head.status, nothing) == (full.status, b"")
        assert head.getheader("Content-Length") == str(len(content))
    assert asked(server, "/.preview/events?path=/", "HEAD")[0].status == 200


def test_one_connection_serves_many_requests(server: PreviewServer) -> None:
    connection = HTTPConnection("127.0.0.1", port_of(server), timeout=PATIENCE)
    connection.connect()
    kept = connection.sock
    for _ in range(3):
        connection.request("GET", "/")
        assert connection.getresponse().read().endswith(HOME)
        assert connection.sock is kept
    connection.close()


@pytest.mark.parametrize(
    "method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "X"]
)
def test_nothing_can_be_done_but_looking(server: PreviewServer, method: str) -> None:
    response, _ = asked(server, "/", method)
    assert response.status == 405
    assert response.getheader("Allow") == "GET, HEAD"


@pytest.mark.parametrize("path", [path for path in OUTSIDE if " " not in path])
def test_no_request_leads_outside(server: PreviewServer, path: str) -> None:
    answered = sent(
        server, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port_of(server)}\r\n\r\n".encode()
    )
    status, _, rest = answered.partition(b"\r\n")
    # Slashes at the beginning are one to the library.
    found = path.startswith("//index.html")
    assert status == (b"HTTP/1.1 200 OK" if found else b"HTTP/1.1 404 Not Found")
    assert b"Location" not in rest


OWN_HOSTS = [
    "127.0.0.1:{}",
    "localhost:{}",
    "LOCALHOST:{}",
    "[::1]:{}",
    "127.1.2.3:{}",
    "localhost.:{}",
]
FOREIGN_HOSTS = [
    *["", "127.0.0.1", "localhost", "127.0.0.1:1", "127.0.0.1:", "127.0.0.1:{}1", ":{}", "[::1]"],
    *["evil.example:{}", "evil.example", "localhost.evil.example:{}", "127.0.0.1.nip.io:{}"],
    *["evil.example@127.0.0.1:{}", "127.0.0.1:{}@evil.example", "127.0.0.1:{}/", "127.0.0.1:{}#a"],
    *[
        "192.168.0.7:{}",
        "0.0.0.0:{}",
        "[::]:{}",
        "[::ffff:10.0.0.1]:{}",
        "2130706433:{}",
        "0x7f.1:{}",
    ],
    *[
        "127.0.0.1:{},evil.example",
        "127.0.0.1:{} evil.example",
        "localhost:{}\\",
        "[::1:{}",
        "127.0.0.1:+{}",
    ],
]


@pytest.mark.parametrize("host", OWN_HOSTS)
def test_this_machine_by_its_own_names_is_answered(server: PreviewServer, host: str) -> None:
    assert asked(server, "/", Host=host.format(port_of(server)))[0].status == 200


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
@pytest.mark.parametrize(
    "path", ["/", "/.preview/events", "/.preview/preview.js", "/search/catalog.js"]
)
def test_a_foreign_name_that_leads_here_is_refused(
    server: PreviewServer, host: str, path: str
) -> None:
    response, content = asked(server, path, Host=host.format(port_of(server)))
    assert response.status == 403
    assert f"http://127.0.0.1:{port_of(server)}/" in content.decode()


def test_no_name_two_names_and_a_whole_address_are_refused(server: PreviewServer) -> None:
    host = f"Host: 127.0.0.1:{port_of(server)}\r\n".encode()
    for request in (
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + host + b"Host: evil.example\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\n" + host + b"\r\n",
        b"GET * HTTP/1.1\r\n" + host + b"\r\n",
        b"GET index.html HTTP/1.1\r\n" + host + b"\r\n",
    ):
        status = sent(server, request).partition(b"\r\n")[0]
        assert status in {b"HTTP/1.1 403 Forbidden", b"HTTP/1.1 400 Bad Request"}, request


@pytest.mark.parametrize(
    "request_",
    [
        b"\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET /\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n",
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\xff\xfe\xfd /\xff HTTP/1.1\r\n\r\n",
    ],
    ids=["nothing", "one word", "HTTP/0.9", "HTTP/9.9", "headers", "long", "TLS", "bytes"],
)
def test_what_is_no_request_is_refused_and_the_next_one_answered(
    server: PreviewServer, request_: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    assert HOME not in sent(server, request_)
    assert asked(server, "/")[0].status == 200
    assert capfd.readouterr() == ("", "")


def test_a_browser_that_hangs_up_leaves_no_trace_on_the_console(
    server: PreviewServer, session: Session, capfd: pytest.CaptureFixture[str]
) -> None:
    for path in ("/", "/.preview/events"):
        with socket.create_connection(("127.0.0.1", port_of(server))) as connection:
            # Closed with a reset, as a browser that is killed does.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
            connection.sendall(
                f"GET {path} HTTP/1.1\r\nHost: localhost:{port_of(server)}\r\n\r\n".encode()
            )
    session.rebuild()
    assert asked(server, "/")[0].status == 200
    assert capfd.readouterr() == ("", "")


def test_many_may_come_at_once(session: Session) -> None:
    """More than the five that the library keeps waiting until it has time for them."""
    with PreviewServer("127.0.0.1", 0, session) as server, ExitStack() as open_ones:
        for _ in range(40):
            open_ones.enter_context(socket.create_connection(("127.0.0.1", port_of(server)), 2))


def test_who_never_ends_a_request_keeps_nobody_waiting(server: PreviewServer) -> None:
    with ExitStack() as open_ones:
        for number in range(40):
            slow = socket.create_connection(("127.0.0.1", port_of(server)))
            open_ones.enter_context(slow)
            slow.sendall((b"", b"G", b"GET / HTTP/1.1\r\nHost: loc")[number % 3])
        assert asked(server, "/")[0].status == 200


def test_a_mistake_in_the_program_costs_one_page_and_is_told_on_the_console(
    capfd: pytest.CaptureFixture[str],
) -> None:
    session = Session(Builds(built(**{"search.html": "mistaken"})))
    session.rebuild()
    with serving(session) as server:
        response, content = asked(server, "/search.html")
        assert response.status == 500
        assert b"/.preview/preview.js" in content
        assert "ZeroDivisionError: a mistake" in capfd.readouterr().err
        assert asked(server, "/")[0].status == 200


def events(server: PreviewServer, path: str) -> Callable[[], dict[str, object]]:
    """A function that waits for the next event that the page at a path is sent."""
    connection = HTTPConnection("127.0.0.1", port_of(server), timeout=PATIENCE)
    connection.request("GET", f"/.preview/events?path={path}")
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"

    def following() -> dict[str, object]:
        while line := response.readline():
            if line.startswith(b"data: "):
                found: dict[str, object] = json.loads(line[len("data: ") :])
                return found
        raise EOFError

    return following


def test_a_page_is_sent_how_things_stand_and_then_every_change(
    server: PreviewServer, session: Session
) -> None:
    following = events(server, "/index.html")
    first = following()
    session.rebuild()
    second = following()
    assert first["version"] == second["version"] is not None
    session.rebuild()
    assert following()["version"] == first["version"]


def test_a_page_that_waits_for_news_is_let_go_at_the_end(
    server: PreviewServer, session: Session
) -> None:
    following = events(server, "/")
    following()
    session.end()
    with pytest.raises(EOFError):
        following()


def test_a_port_that_another_program_has_is_passed_over(session: Session) -> None:
    with serving(session) as taken:
        port = port_of(taken)
        assert first_free("127.0.0.1", [port], session) is None
        found = first_free("127.0.0.1", [port, port, 0], session)
        assert found is not None
        with found:
            assert port_of(found) not in (0, port)


def test_a_host_that_is_not_this_machine_cannot_be_had(session: Session) -> None:
    for host in ("192.0.2.1", "no-such-name.invalid"):
        with pytest.raises(OSError, match=r".+"):
            first_free(host, [0], session)


def test_only_this_machine_can_reach_it_unless_told_otherwise(session: Session) -> None:
    with PreviewServer("127.0.0.1", 0, session) as server:
        assert server.is_private
        assert server.url == f"http://127.0.0.1:{port_of(server)}/"
    with PreviewServer("::1", 0, session) as server:
        assert server.is_private
        assert server.url == f"http://[::1]:{port_of(server)}/"
    with PreviewServer("0.0.0.0", 0, session) as server:
        assert not server.is_private
        assert server.url == f"http://127.0.0.1:{port_of(server)}/"


def test_told_otherwise_it_goes_by_its_addresses_and_its_name_and_by_no_foreign_one(
    session: Session,
) -> None:
    with serving(session, "0.0.0.0") as server:
        port = port_of(server)
        for host in (
            "192.168.0.7",
            "[2001:db8::7]",
            "127.0.0.1",
            "localhost",
            socket.gethostname(),
        ):
            assert asked(server, "/", Host=f"{host}:{port}")[0].status == 200, host
        for host in ("evil.example", "192.168.0.7.evil.example"):
            assert asked(server, "/", Host=f"{host}:{port}")[0].status == 403, host
