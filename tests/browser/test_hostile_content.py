"""What was put in to run does not run: all pages of an archive of hostile texts, in a browser, as
they are and without the policy that forbids it anyway.

What a page may have is what it has in the same archive with harmless texts: an element or an
attribute that is not there came out of a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from archives import write
from browser.server import serving
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs
from hostile_archive import HARMLESS, HEAD, ISSUE, RAW, hostile, innocent
from hostile_texts import ALL

pytestmark = pytest.mark.browser

KINDS = (
    "index.html issues/index.html topics/index.html topics/t1.html sources/index.html trends.html "
    "corrections.html search.html 404.html help/index.html "
    f"issues/{ISSUE}/index.html issues/{ISSUE}/full.html issues/{ISSUE}/p1.html issues/{ISSUE}/01.html "
    f"issues/{RAW}/index.html issues/{RAW}/full.html issues/{RAW}/p1.html issues/{RAW}/01.html "
    f"issues/{RAW}/02.html issues/{RAW}/03.html issues/{RAW}/04.html"
).split()
ARTICLES = [f"issues/{ISSUE}/{number:02}.html" for number in range(1, len(ALL) + 1)]
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')

SEEN = """() => ({
  quiet: window.hostile === undefined && ({}).hostile === undefined,
  elements: elements(document),
  leads: Array.from(document.querySelectorAll("[href], [src], [action]"), (one) =>
    one.getAttribute("href") || one.getAttribute("src") || one.getAttribute("action")),
})"""
"""What can be seen of a page: whether anything has run, each element with its attributes' names,
and where it leads."""

SCRIPT = """
window.elements = (page) => Array.from(page.querySelectorAll("*"), (element) =>
  [element.tagName, ...element.getAttributeNames().sort()].join(" "));
window.parsed = async (page) =>
  new DOMParser().parseFromString(await (await fetch(page)).text(), "text/html");
window.article = (page) => {
  const all = (selector) => Array.from(page.querySelectorAll(selector), (one) => one.textContent);
  const meta = (name) => page.querySelector(`meta[name="${name}"]`).content;
  const data = all('script[type="application/ld+json"]').map((text) => JSON.parse(text));
  return {
    title: page.title,
    elements: elements(page),
    texts: [
      ...all("h1, .body p, .body li, .body td:first-child, .body th:first-child, .body code"),
      ...all(".body h2, .body a[href^=https], .body strong, .signature, .correction"),
    ],
    said: [meta("ArticleTitle"), meta("ContentSource"), meta("Keywords"), meta("citation_title"),
           ...data.flatMap((one) => [one.headline, one.creditText].filter(Boolean))],
  };
};
"""
READ = "(pages) => Promise.all(pages.map(async (page) => article(await parsed(page))))"

MARKED = {"DIV aria-label class role", "BUTTON type", "SPAN role", "MARK", "MARK class", "A href"}
"""What scripts put above a text that was searched or read before, and into it."""

ASK = """(text) => {
  document.getElementById("q").value = text;
  document.getElementById("search-form").requestSubmit();
}"""
HITS = """() => Object.fromEntries(Array.from(document.querySelectorAll("#results > li"), (hit) => {
  const link = hit.querySelector(".hit-title a");
  return [link.pathname.split("/").slice(-2).join("/").replace(".html", ""), link.textContent];
}))"""


@dataclass
class Watched:
    """A page and what it does that no page should."""

    page: Page
    origin: str
    odd: list[str] = field(default_factory=list)

    def open(self, name: str) -> None:
        self.page.goto(f"{self.origin}/{name}")

    def settle(self) -> None:
        """Wait for the answer of the search."""
        self.page.wait_for_selector("#results[aria-busy=false]", state="attached")

    def articles(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """Pages of articles, read by the browser's parser without being shown."""
        found: list[dict[str, Any]] = self.page.evaluate(
            READ, [f"{self.origin}/{name}" for name in names]
        )
        return found

    def judge(self, allowed: set[str]) -> None:
        """Nothing has run, nothing is there that could."""
        seen = self.page.evaluate(SEEN)
        assert self.odd == [], self.page.url
        assert seen["quiet"], self.page.url
        assert set(seen["elements"]) - allowed == set(), self.page.url
        leads = {re.split("[:/?#]", lead)[0].lower() for lead in seen["leads"]}
        assert not leads & {"javascript", "data", "vbscript", "file", "blob"}, self.page.url


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites: `innocent`; of hostile texts one without its policy, `bare`, and as much of the
    same with it, `hostile`, as is opened."""
    folder = tmp_path_factory.mktemp("sites")
    for name, files in (("bare", hostile()), ("innocent", innocent())):
        found = build(read_inputs(write(folder / "archives" / name, files))).files
        assert found is not None
        for address, content in found.items():
            if not address.endswith((".html", ".js", ".css", ".svg", ".png")):
                continue
            put(folder / name / address, _POLICY.sub(b"", content) if name == "bare" else content)
            if name == "bare" and (address in KINDS or not address.endswith(".html")):
                put(folder / "hostile" / address, content)
    return folder


def put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


@pytest.fixture(scope="module")
def server(built: Path) -> Iterator[str]:
    with serving(built) as address:
        yield address


@pytest.fixture(scope="module", params=["file", "http"])
def origin(request: pytest.FixtureRequest, built: Path, server: str) -> str:
    return built.as_uri() if request.param == "file" else server


def watched(browser: Browser, origin: str) -> Watched:
    page = browser.new_page()
    page.add_init_script(SCRIPT)
    found = Watched(page, origin)
    odd = found.odd
    page.on("console", lambda message: odd.append(message.text))
    page.on("pageerror", lambda error: odd.append(str(error)))
    page.on("request", lambda one: None if one.url.startswith(origin) else odd.append(one.url))
    page.on("popup", lambda one: odd.append(f"opens {one.url}"))

    def answer(dialog: object) -> None:
        odd.append(f"asks {dialog}")

    page.on("dialog", answer)
    return found


@pytest.fixture(scope="module")
def allowed(browser: Browser, server: str) -> set[str]:
    """The elements, each with the names of its attributes, that pages without harm have."""
    one = watched(browser, f"{server}/innocent")
    # English in a text is said to be English, and words may come and go.
    elements = {"SPAN lang", "TD class"}
    for name in (*KINDS, f"search.html?q={HARMLESS}&topic={HARMLESS}1"):
        one.open(name)
        if "?" in name:
            one.settle()
        elements |= set(one.page.evaluate(SEEN)["elements"])
    elements |= set(one.articles(ARTICLES[:1])[0]["elements"])
    one.page.close()
    return elements


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("site", ["hostile", "bare"])
def test_no_page_runs_what_a_text_says(
    browser: Browser, origin: str, allowed: set[str], site: str
) -> None:
    one = watched(browser, f"{origin}/{site}")
    for name in KINDS:
        one.open(name)
        one.judge(allowed)
    one.page.close()


@pytest.mark.parametrize(("site", "runs"), [("bare", True), ("hostile", False)])
def test_what_is_not_escaped_runs_without_the_policy_and_is_found_with_it(
    browser: Browser, built: Path, allowed: set[str], site: str, runs: bool
) -> None:
    """That these tests would see it."""
    article = built / site / ARTICLES[0]
    raw = article.read_text("utf-8").replace("&lt;", "<").replace("&gt;", ">")
    article.with_name("unescaped.html").write_text(raw, "utf-8")
    one = watched(browser, f"{built.as_uri()}/{site}")
    one.open(f"issues/{ISSUE}/unescaped.html")
    assert one.page.evaluate("window.hostile === 1") is runs
    with pytest.raises(AssertionError):
        one.judge(allowed)
    one.page.close()


def test_every_article_shows_what_was_written(
    browser: Browser, server: str, allowed: set[str]
) -> None:
    """Each page is read by the browser's own parser; with the elements of a page without harm it
    can do nothing, whether or not a policy forbids it. Some are opened."""
    one = watched(browser, f"{server}/bare")
    for name in ARTICLES[::20]:
        one.open(name)
        one.judge(allowed)
    found = one.articles(ARTICLES)
    for text, page in zip(ALL, found, strict=True):
        assert set(page["elements"]) - allowed == set(), text
        assert squeezed(page["title"]) == squeezed(f"{text} - {HEAD}")
        assert {squeezed(said) for said in page["said"]} == {squeezed(text)}
        assert len(page["texts"]) > 8
        for shown in page["texts"]:
            assert squeezed(text) in squeezed(shown)
    one.page.close()


def test_hostile_queries_are_words(browser: Browser, origin: str, allowed: set[str]) -> None:
    one = watched(browser, f"{origin}/bare")
    for number, text in enumerate(ALL[::24]):
        place = quote(text, safe="")
        name = ("topic", "year", "source", "sort")[number % 4]
        one.open(f"search.html?q={place}&{name}={place}&__proto__[hostile]=1#{place}")
        one.settle()
        one.judge(allowed)
    one.page.close()


def test_hits_show_the_titles_that_were_written(
    browser: Browser, server: str, allowed: set[str]
) -> None:
    one = watched(browser, f"{server}/bare")
    one.open("search.html")
    found = 0
    for number, text in list(enumerate(ALL, 1))[::6]:
        one.page.evaluate(ASK, text)
        one.settle()
        shown = one.page.evaluate(HITS).get(f"{ISSUE}/{number:02}")
        assert shown in (None, text)
        found += shown == text
        if number % 5 == 0:
            one.judge(allowed)
    # Signs alone are no words, and of much that is alike the first hits are others.
    assert found > len(ALL[::6]) * 0.8
    one.page.close()


REMEMBERED = (
    *("null", '[1, null, [], [1, 2], ["__proto__", "s1"]]', '[[PAGE, {"toString": 1}]]'),
    *(
        '[[PAGE, "s1 onclick=window.hostile=1"]]',
        '[[PAGE, "<img src=x onerror=window.hostile=1>"]]',
    ),
)
"""What another page may have left where places are remembered."""


def test_what_others_left_in_the_browser_does_nothing(
    browser: Browser, server: str, allowed: set[str]
) -> None:
    one = watched(browser, f"{server}/bare")
    name = f"issues/{RAW}/full.html"
    one.open(name)
    for value in REMEMBERED:
        one.page.evaluate(
            """(value) => {
              localStorage.setItem("bulletin.places", value.replace("PAGE", JSON.stringify(location.pathname)));
              localStorage.setItem("bulletin.size", '"><script>window.hostile=1</script>');
            }""",
            value,
        )
        one.open(name)
        one.judge(allowed | MARKED)
        assert one.page.evaluate("document.documentElement.dataset.size") == "medium"
    one.page.close()


def test_an_address_cannot_bring_endless_words_to_be_marked(browser: Browser, server: str) -> None:
    one = watched(browser, f"{server}/innocent")
    page = f"issues/{ISSUE}/01.html?q="
    one.open(f"{page}{'无 ' * 90}{HARMLESS}0")
    assert one.page.locator("mark").count() > 0
    one.open(f"{page}{'无 ' * 100}{HARMLESS}0")
    assert one.page.locator("mark").count() == 0
    one.page.close()
