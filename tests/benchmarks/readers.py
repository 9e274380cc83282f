"""A reader in a real Chromium: what an answer is, what it downloads and how long it takes."""

from __future__ import annotations

import functools
import gzip
import os
import shutil
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.queries import Answer, Query

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_PATIENCE_MS = 120_000
_SETTLING_MS = 100

# The time of an answer, and what of it is left without the times in which something is loading.
_CLOCK = """
performance.setResourceTimingBufferSize(100000);
window.benchmarkTimes = (start, end) => {
  const loads = performance.getEntriesByType("resource")
    .map((entry) => [Math.max(entry.startTime, start), Math.min(entry.responseEnd || end, end)])
    .filter(([from, to]) => to > from)
    .sort((a, b) => a[0] - b[0]);
  let loading = 0;
  let until = start;
  for (const [from, to] of loads) {
    loading += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return [end - start, end - start - loading];
};
"""


@dataclass
class Downloads:
    """What was fetched, gzipped, pages not counted."""

    sizes: list[int] = field(default_factory=list)
    code: int = 0

    def clear(self) -> None:
        self.sizes.clear()
        self.code = 0


@dataclass(frozen=True, kw_only=True)
class Costs:
    """A query's bytes, files, milliseconds, and milliseconds beyond loading."""

    bytes: int
    files: int
    code: int
    total_ms: float
    beyond_ms: float


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Costs of queries that were the first in a fresh browser, and of those that followed them."""

    first: Sequence[Costs]
    following: Sequence[Costs]


class Engine(Protocol):
    """Something that answers queries in a page. `loads_in_page`: not in a worker, whose loading
    the page's clock does not see."""

    loads_in_page: bool

    def open(self, page: Page, query: str | None) -> None:
        """Load the page; with a query, until its first ten results can be read."""

    def ask(self, page: Page, query: str) -> None:
        """Ask the next query, until its first ten results can be read."""

    def answer(self, page: Page, query: str) -> Answer:
        """All that is found."""


class OurPage:
    """`search.html`, used as a reader uses it."""

    loads_in_page = True

    def __init__(self, address: str) -> None:
        self._page = f"{address}/search.html"

    def open(self, page: Page, query: str | None) -> None:
        page.goto(self._page + ("" if query is None else f"?q={quote(query)}"))
        if query is None:
            return
        page.wait_for_function(
            """() => {
              const results = document.getElementById("results");
              const said = results.children.length + document.querySelector("[role=status]").innerText.length;
              if (results.getAttribute("aria-busy") !== "false" || said === 0) {
                return false;
              }
              window.benchmarkLast = benchmarkTimes(0, performance.now());
              return true;
            }"""
        )

    def ask(self, page: Page, query: str) -> None:
        page.evaluate(
            """([query, patience]) => new Promise((done, fail) => {
              const results = document.getElementById("results");
              const field = document.querySelector("input[type=search][name=q]");
              const start = performance.now();
              const observer = new MutationObserver(() => {
                if (results.getAttribute("aria-busy") === "false") {
                  observer.disconnect();
                  window.benchmarkLast = benchmarkTimes(start, performance.now());
                  done();
                }
              });
              observer.observe(results, { attributes: true, attributeFilter: ["aria-busy"] });
              setTimeout(() => fail(new Error("no answer: " + query)), patience);
              field.value = query;
              field.form.requestSubmit();
            })""",
            [query, _PATIENCE_MS],
        )

    def answer(self, page: Page, query: str) -> Answer:
        full, partial = page.evaluate(
            """async (query) => {
              const found = await bulletin.search(query);
              const ids = (partial) =>
                found.filter((match) => match.partial === partial).map((match) => match.article);
              return [ids(false), ids(true).slice(0, 10)];
            }""",
            query,
        )
        return Answer(full=full, partial=partial)


class PeerPage:
    """Pagefind's own interface to scripts; ten results are read with their fragments, as its own
    page does. `articles` says which of its fragments is which article."""

    loads_in_page = False

    def __init__(self, address: str, articles: dict[str, str]) -> None:
        self._page = f"{address}/index.html"
        self._articles = articles

    def open(self, page: Page, query: str | None) -> None:
        page.goto(self._page)
        page.evaluate(
            """async () => {
              window.pagefind = await import(new URL("pagefind/pagefind.js", location.href));
              window.benchmarkAsk = async (query, start) => {
                const found = await pagefind.search(query);
                await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
                window.benchmarkLast = benchmarkTimes(start, performance.now());
              };
            }"""
        )
        if query is not None:
            page.evaluate("(query) => benchmarkAsk(query, 0)", query)

    def ask(self, page: Page, query: str) -> None:
        page.evaluate("(query) => benchmarkAsk(query, performance.now())", query)

    def answer(self, page: Page, query: str) -> Answer:
        ids = page.evaluate(
            "async (query) => (await pagefind.search(query)).results.map((result) => result.id)",
            query,
        )
        return Answer(full=[self._articles[id] for id in ids])


def answers(browser: Browser, engine: Engine, queries: Sequence[Query]) -> list[Answer]:
    """All queries, in one page."""
    with _fresh_page(browser) as page:
        engine.open(page, None)
        return [engine.answer(page, query.text) for query in queries]


def read(
    browser: Browser,
    engine: Engine,
    downloads: Downloads,
    queries: Sequence[Query],
    *,
    following: int,
) -> Reading:
    """Let new readers ask: each one a first query, and some that follow."""
    first, then = [], []
    for start in range(0, len(queries), 1 + following):
        with _fresh_page(browser) as page:
            downloads.clear()
            engine.open(page, queries[start].text)
            first.append(_costs(page, downloads))
            for query in queries[start + 1 : start + 1 + following]:
                downloads.clear()
                engine.ask(page, query.text)
                then.append(_costs(page, downloads))
    return Reading(first=first, following=then)


def _costs(page: Page, downloads: Downloads) -> Costs:
    total, beyond = page.evaluate("benchmarkLast")
    page.wait_for_timeout(_SETTLING_MS)  # what a page loads after its answer is counted with it
    return Costs(
        bytes=sum(downloads.sizes),
        files=len(downloads.sizes),
        code=downloads.code,
        total_ms=total,
        beyond_ms=beyond,
    )


@contextmanager
def _fresh_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that has seen nothing yet."""
    context = browser.new_context()
    context.set_default_timeout(_PATIENCE_MS)
    context.add_init_script(_CLOCK)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """From `BULLETIN_CHROMIUM` or the search path."""
    executable = os.environ.get("BULLETIN_CHROMIUM") or shutil.which("chromium")
    if executable is None:
        raise SystemExit("No Chromium: install it, or name it in BULLETIN_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_ARGUMENTS)
        yield browser
        browser.close()


class _Handler(SimpleHTTPRequestHandler):
    """A plain file server that keeps connections and counts what every file would be gzipped."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def __init__(self, *args: Any, downloads: Downloads, directory: str) -> None:
        self._downloads = downloads
        super().__init__(*args, directory=directory)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        file = Path(self.translate_path(self.path))
        if file.is_file() and file.suffix != ".html":
            size = _gzipped(file)
            self._downloads.sizes.append(size)
            if file.suffix == ".js" and file.parent.name == "assets":
                self._downloads.code += size
        super().do_GET()


@functools.cache
def _gzipped(file: Path) -> int:
    return gzipped(file.read_bytes())


def gzipped(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, Downloads]]:
    """The address under which a folder is served, and what is fetched from it."""
    downloads = Downloads()
    handler = functools.partial(_Handler, downloads=downloads, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", downloads
        server.shutdown()


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent do not exceed."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]
