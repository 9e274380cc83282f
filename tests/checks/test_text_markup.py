"""Where the links of a text lead, what is emphasized, what is a cell: each fault is planted alone
into an archive with all of it, and is found at its line."""

import pytest

from archives import write
from bulletin_site.build import build
from bulletin_site.inputs import read
from checks.planting import BASE_URL, Fault, Site, replaced, whole
from checks.test_planted_faults import by_name
from rich_archive import publishable

ISSUE = "issues/2014-05-1/index.html"
ARTICLE = "issues/2014-05-1/01.html"
WHOLE = "issues/2014-05-1/full.html"
FIRST = "issues/2014-05-1/p3.html"
LAST = "issues/2014-05-1/p8.html"


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root = write(tmp_path_factory.mktemp("rich"), publishable())
    result = build(read(root), base_url=BASE_URL)
    assert result.files is not None, result.problems
    return whole(result.archive, result.files)


def text(name: str, at: str, old: str, new: str) -> Fault:
    return replaced("printed-text", name, at, old, new)


MARKUP = [
    text("a link of a text leads to another site", ARTICLE, 'href="https://www.gov.cn/a?b=1', 'href="https://www.gov.cn/a?b=2'),
    text("a link of a text leads to another article", ARTICLE, 'href="02.html">下一篇', 'href="03.html">下一篇'),
    text("a link of a text leads to another place", ARTICLE, "01.html#p3", "01.html#p2"),
    text("a link of a text stands on other words", ARTICLE, "下一篇</a>、", "下一</a>篇、"),
    text("a link of a text is lost", ARTICLE, '<a href="02.html">下一篇</a>', "下一篇"),
    text("a link of a text is loose", ARTICLE, "</a>第一段有", '</a><a href="02.html">第一段</a>有'),
    text("a link of a whole issue leads to another article", WHOLE, 'href="02.html">下一篇', 'href="03.html">下一篇'),
    text("a link of a printed page leads to another article", LAST, 'href="02.html">下一篇', 'href="03.html">下一篇'),
    text("a link of the editor's note leads to another article", ISSUE, 'href="01.html">第一篇', 'href="02.html">第一篇'),
    text("what is emphasized is not", ARTICLE, "<code>代码 &lt;i&gt;</code>", "代码 &lt;i&gt;"),
    text("what is emphasized is emphasized otherwise", ARTICLE, "<strong>加重的", "<strong><em>加重</em>的"),
    text("a cell of a table heads a column", ARTICLE, '<td class="align-left">2014</td>', '<th class="align-left">2014</th>'),
    text("a cell of a table stands elsewhere in its column", ARTICLE, '<td class="align-left">2014</td>', '<td class="align-right">2014</td>'),
    text("a heading of a text is of another level", ARTICLE, "<h3>更小的标题 &amp; 其他</h3>", "<h2>更小的标题 &amp; 其他</h2>"),
    text("something of a text is struck out", FIRST, ">有两处", "><s>有</s>两处"),
    text("a paragraph is not shown", ARTICLE, '<p id="s1">', '<p id="s1" hidden>'),
    text("a paragraph is not read out", ARTICLE, '<p id="s1">', '<p id="s1" aria-hidden="true">'),
    text("a paragraph runs from right to left", ARTICLE, '<p id="s1">', '<p id="s1" dir="rtl">'),
    text("the text is not shown", ARTICLE, '<main class="wrap" id="main">', '<main class="wrap" id="main" hidden>'),
]  # fmt: skip


@pytest.mark.parametrize("fault", by_name(MARKUP))
def test_a_fault_in_the_markup_of_a_text_is_found_at_its_line(rich: Site, fault: Fault) -> None:
    files = dict(rich.files)
    fault.change(files)
    before, after = (files_of[fault.at].split(b"\n") for files_of in (rich.files, files))
    (line,) = (
        at for at, (one, other) in enumerate(zip(before, after, strict=False), 1) if one != other
    )
    found = {(one.code, one.path, one.line) for one in rich.caused(fault)}
    assert ("printed-text", f"site/{fault.at}", line) in found
