"""Any bytes in any file of an issue: nothing raises, every problem has its place, what is typed is
in the text, and what passes is published as sound pages (`tests/fuzz/promises.py`)."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from archives import BASE, project_templates
from bulletin_site.batch import made
from bulletin_site.content.model import Archive
from bulletin_site.pages.render import page_batches
from bulletin_site.pages.site import derive
from bulletin_site.problems import errors
from fuzz.promises import TARGETS, loaded

PIECES = st.sampled_from(
    [
        *"甲乙，。：；、“”（）《》［］＃－１５ａ　",
        *"ab 019.:-#*_`~[](){}<>|\\!&%@?\"'=+/\n\t\r",
        *(
            "\n\n",
            "---\n",
            "***",
            "**",
            "~~~\n",
            "```\n",
            "## ",
            "＃＃ ",
            "- ",
            "1. ",
            "> ",
            "    ",
        ),
        *("{p3}", "{p4}", "{p", "｛p5｝", "[甲](http://a.cn)", "[乙](02.md)", "![](图.png)"),
        *("| 甲 | 乙 |\n| :-: | -: |\n| 1 | 2 | 3 |\n", "http://www.gov.cn。", "<b onclick=a>"),
        *("title: ", "page: 3\n", "topics: [政务云]\n", "keywords: ", "date: 2014-05-09\n"),
        *("corrections:\n  - ", "source：", "title：", "in: 01.md\n", "pages:\n  - ", "doubts:\n"),
        *("\0", "\x0b", "\x85", "\u2028", "\u200b", "\ufeff", "\u202e", "\ue000", "\ufffd", "𠮷"),
        *('"\\0"', "'", "|\n  ", ">\n  ", "&a ", "*a", "!!b ", "? ", "%YAML", "锟斤拷"),
    ]
)
TYPED = st.lists(PIECES, max_size=30).map("".join)
BYTES = st.one_of(
    TYPED.map(str.encode),
    TYPED.map(lambda text: text.encode("gb18030")),
    TYPED.map(lambda text: text.replace("\n", "\r\n").encode("utf-8-sig")),
    TYPED.map(lambda text: text.encode("utf-16")),
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
)


@pytest.mark.parametrize("promise", TARGETS)
@given(data=BYTES)
def test_any_bytes_keep_the_promise(promise: str, data: bytes) -> None:
    TARGETS[promise](data)


TEMPLATES = project_templates()
NEVER = "[style], [onclick], [onerror], .body script, .body img, a[href=''], a[href^='javascript']"


def publish(archive: Archive) -> None:
    """Make all pages and look at what a browser makes of them."""
    for address, data in made(page_batches(derive(archive), TEMPLATES)).items():
        if address.endswith(".xml"):
            ET.fromstring(data)
        elif address.endswith(".html") and not address.startswith("help"):
            page = LexborHTMLParser(data.decode())
            assert [node.html for node in page.css(NEVER)] == []
            assert len(page.css("main")) == 1
            ids = [node.attributes["id"] for node in page.css("[id]")]
            assert len(ids) == len(set(ids))


NAMES = st.one_of(
    st.sampled_from([*BASE, "issues/2014-05-1/import.yaml", "issues/2014-05-1/pdf.yaml"]),
    st.sampled_from(
        ["01.MD", "Issue.md", "04.md", "０４.md", "1000.md", "第一篇 稿.md", "x/05.md"]
    ).map("issues/2014-05-1/".__add__),
    st.sampled_from(["issues/2014-05-2/01.md", "issues/五月/01.md", "issues/Archive.yaml"]),
)
BODY = TYPED.map(lambda text: f"---\ntitle: 题\npage: 4\n---\n\n{text}".encode())


@settings(max_examples=60)
@given(changed=st.dictionaries(NAMES, st.one_of(BYTES, BODY, st.none()), max_size=4))
def test_any_archive_is_judged_and_what_passes_is_published(
    changed: dict[str, bytes | None],
) -> None:
    files = {**{path: text.encode() for path, text in BASE.items()}, **changed}
    archive, problems = loaded({path: data for path, data in files.items() if data is not None})
    if not errors(problems):
        publish(archive)


@settings(max_examples=40)
@given(data=BODY)
def test_a_text_that_passes_is_published_on_sound_pages(data: bytes) -> None:
    files = {path: text.encode() for path, text in BASE.items()}
    archive, problems = loaded({**files, "issues/2014-05-1/03.md": data})
    if not errors(problems):
        publish(archive)
