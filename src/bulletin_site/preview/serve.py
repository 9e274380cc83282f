"""The command `serve`: watches, builds, serves, and says what becomes of each save."""

from __future__ import annotations

import gc
import os
import sys
import time
import webbrowser
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from bulletin_site.build import build
from bulletin_site.cache import read_cache
from bulletin_site.console import console_of
from bulletin_site.inputs import read
from bulletin_site.preview.imports import Imports
from bulletin_site.preview.server import PreviewServer, first_free
from bulletin_site.preview.session import Outcome, Session, State
from bulletin_site.preview.watch import changes
from bulletin_site.problems import errors, said_by_system
from bulletin_site.report import report, summary

PORT = 8000
_TRIED = 10
"""Ports from `PORT` on that are tried where none was named."""
_SHOWN = 3
_COLLECTED = 20
"""Builds after which what they left is collected."""
_PATIENCE = 2.0
"""Seconds given to a build that is under way when the preview is ended."""

_ENDED, _NOT_BEGUN = 0, 1


def serve(root: Path, *, host: str, port: int | None, browser: bool) -> int:
    """Serve until Ctrl+C; the exit status. `port` 0 takes any that is free. Writes no file."""
    cache = read_cache(root)
    session = Session(lambda: build(read(root), cache=cache, draft=True), Imports(root))
    ports = range(PORT, PORT + _TRIED) if port is None else range(port, port + 1)
    try:
        server = first_free(host, ports, session)
    except (OSError, UnicodeError) as reason:  # UnicodeError: what can be no name of a computer
        said = said_by_system(reason) if isinstance(reason, OSError) else "名字不对"
        print(f"不能在 {host} 上预览（{said}）。请去掉 --host，或改成这台电脑自己的地址。")
        return _NOT_BEGUN
    if server is None:
        print(_taken(ports))
        return _NOT_BEGUN
    stopped = Event()
    builder = Thread(target=_build_on, args=(root, session, stopped), daemon=True)
    with server, suppress(KeyboardInterrupt):
        try:
            _greet(server, ports)
            builder.start()
            if browser:
                # Some browsers return only when they are closed.
                Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()
            # Windows hears of Ctrl+C only between two looks for a request.
            server.serve_forever(poll_interval=0.2)
        finally:
            stopped.set()
            session.end()
            builder.join(_PATIENCE)
    print("预览已结束。", flush=True)
    return _ENDED


def _greet(server: PreviewServer, ports: Sequence[int]) -> None:
    if ports[0] not in (0, server.server_port):
        print(f"端口 {ports[0]} 不能用，改用 {server.server_port}。")
    print(f"预览：{server.url}")
    print("改好文章一保存，浏览器里的网页就会更新。结束预览请按 Ctrl+C。", flush=True)
    if not server.is_private:
        print(
            "注意：这个地址不只本机能打开。同一网络里的任何人都能看到还没有发布的稿件；"
            "不需要给别人看时，请去掉 --host。",
            flush=True,
        )


def _taken(ports: Sequence[int]) -> str:
    which = f"端口 {ports[0]} " if len(ports) == 1 else f"端口 {ports[0]} 到 {ports[-1]} 都"
    return (
        f"{which}不能用，多半是被别的程序占着（也许另一个预览还开着）。"
        f"请关掉那个程序，或换一个端口，例如：bulletin serve --port {ports[-1] + 1}"
    )


def _build_on(root: Path, session: Session, stopped: Event) -> None:
    """Build now and after every save."""
    before = session.state
    for number, changed in enumerate(changes(root, stopped), start=1):
        began = time.perf_counter()
        state = session.rebuild()
        for line in _lines(before, state, changed, time.perf_counter() - began):
            print(line, flush=True)
        before = state
        # Builds run with the collector off, like all of the program, and leave it next to nothing.
        if number % _COLLECTED == 0:
            gc.collect()


def _lines(before: State, state: State, changed: Sequence[str], seconds: float) -> list[str]:
    """What is said of a build; nothing where the system announced a change and there was none."""
    what = f"{_names(changed)}：" if changed else ""
    if state.outcome is Outcome.CRASHED:
        return [f"{what}预览程序出了错，不是稿件的错。请把上面的文字告诉维护人员。"]
    if state.problems == before.problems and _keys(state) == _keys(before) and state.is_good:
        return [f"{what}内容没有变化。"] if changed else []
    now = "网页已更新" if state.is_good else "网页停在改错之前的样子"
    if before.edition is None:
        now = f"{_pages(state)} 个网页" if state.is_good else "网页还没有生成"
    line = f"{what}{now}，{summary(state.problems)}（{seconds:.2f} 秒）。"
    grave = errors(state.problems)
    told = [p for p in state.problems if p in grave or p not in before.problems]
    said = report(told, "text", console=console_of(sys.stdout, os.environ))
    return [line, *said.split("\n")[:-1]]


def _names(changed: Sequence[str]) -> str:
    more = f"等 {len(changed)} 个文件" if len(changed) > _SHOWN else ""
    return "、".join(changed[:_SHOWN]) + more


def _keys(state: State) -> Mapping[str, str]:
    return state.edition.keys if state.edition else {}


def _pages(state: State) -> int:
    return sum(address.endswith(".html") for address in _keys(state))
