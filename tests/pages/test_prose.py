"""Bodies as HTML: whole, or cut into printed pages that are each a sound piece of HTML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from selectolax.lexbor import LexborHTMLParser

from archives import only, with_body
from bulletin_site.content.model import Article
from bulletin_site.pages import prose
from bulletin_site.pages.language import english

HEADINGS = "h1, h2, h3, h4, h5, h6"


def article(markdown: str) -> Article:
    (found,) = with_body(markdown).articles
    return found


def whole(markdown: str) -> str:
    return str(prose.html(article(markdown).body.tokens, lambda page: f"p{page}.html"))


def cut(markdown: str) -> dict[int, str]:
    """The HTML of each printed page, line ends aside."""
    pages = prose.by_page(article(markdown))
    return {
        page: str(prose.html(tokens, lambda page: f"p{page}.html")).replace("\n", "")
        for page, tokens in pages.items()
    }


def visible(html: str) -> str:
    return only(f"<body>{html}</body>", "body").text()


def ink(text: str) -> str:
    return re.sub(r"\s", "", text)


# The whole text.


def test_a_page_begins_at_an_element_with_its_role_its_id_and_its_name() -> None:
    body = only(whole("甲{p3}乙"), "p")
    (mark,) = body.css("[role=doc-pagebreak]")
    assert mark.id == "p3"
    assert (mark.attributes.get("aria-label") or mark.attributes.get("title")) in ("3", "第3页")
    (link,) = body.css("a")
    assert link.attributes["href"] == "p3.html"
    assert body.text() == "甲乙"


def test_a_page_that_begins_between_paragraphs_stands_outside_of_them() -> None:
    tree = LexborHTMLParser(whole("甲\n\n{p3}\n\n乙"))
    assert [p.text() for p in tree.css("p")] == ["甲", "乙"]
    assert tree.css("p [role=doc-pagebreak]") == []
    assert len(tree.css("[role=doc-pagebreak]")) == 1


@pytest.mark.parametrize("signs", ["#", "##", "###", "######"])
def test_a_subheading_is_one_level_below_the_title_however_it_is_marked(signs: str) -> None:
    assert whole(f"{signs} 小标题").strip() == "<h2>小标题</h2>"


def test_headings_keep_their_order_of_rank_without_a_jump() -> None:
    html = whole("#### 一\n\n###### （一）\n\n#### 二")
    assert re.findall(r"<(h\d)>", html) == ["h2", "h3", "h2"]
    html = whole("###### 先\n\n## 后\n\n#### 再")
    assert re.findall(r"<(h\d)>", html) == ["h2", "h2", "h3"]


def test_headings_go_down_a_level_where_a_page_has_titles_of_its_own() -> None:
    html = str(prose.html(article("## 小标题").body.tokens, str, below=2))
    assert html.strip() == "<h3>小标题</h3>"


def test_a_numbered_item_keeps_the_number_that_was_printed() -> None:
    html = whole("85. 甲\n2014. 乙\n\n   丙\n\n3.")
    assert re.findall(r"<p>(.*?)</p>", html) == ["85. 甲", "2014. 乙", "丙", "3."]


def test_a_bullet_inside_a_numbered_item_stays_a_bullet() -> None:
    html = whole("1. 甲\n   - 乙\n2. 丙")
    assert re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", html) == ["1. 甲", "乙", "2. 丙"]


def test_rendering_twice_gives_the_same() -> None:
    body = article("## 标题\n\n*甲{p3}乙*").body
    pages = prose.by_page(article("## 标题\n\n*甲{p3}乙*"))
    first = [str(prose.html(tokens, str, below=2)) for tokens in (body.tokens, *pages.values())]
    again = [str(prose.html(tokens, str, below=2)) for tokens in (body.tokens, *pages.values())]
    assert first == again


@pytest.mark.parametrize("written", ["<b>甲</b>", "<script>甲</script>", "甲 & 乙", '"甲"'])
def test_what_looks_like_html_is_shown_as_text(written: str) -> None:
    assert ink(visible(whole(written))) == ink(written)
    assert LexborHTMLParser(whole(written)).css("b, script") == []


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_a_link_cannot_run_code(target: str) -> None:
    assert LexborHTMLParser(whole(f"[甲]({target})")).css("a[href]") == []


# The printed pages.


def test_a_paragraph_that_a_page_end_cut_resumes_on_the_next_page() -> None:
    assert cut("甲{p3}乙\n\n丙") == {2: "<p>甲</p>", 3: '<p class="resumed">乙</p><p>丙</p>'}


def test_a_paragraph_over_three_pages_resumes_twice() -> None:
    assert cut("甲{p3}乙{p4}丙") == {
        2: "<p>甲</p>",
        3: '<p class="resumed">乙</p>',
        4: '<p class="resumed">丙</p>',
    }


@pytest.mark.parametrize("markdown", ["甲\n\n{p3}\n\n乙", "甲{p3}\n\n乙", "甲\n\n{p3}乙"])
def test_nothing_resumes_where_a_page_begins_with_a_paragraph(markdown: str) -> None:
    assert cut(markdown) == {2: "<p>甲</p>", 3: "<p>乙</p>"}


def test_emphasis_that_a_page_end_cut_is_closed_and_opened_again() -> None:
    assert cut("**甲*乙{p3}丙*丁**") == {
        2: "<p><strong>甲<em>乙</em></strong></p>",
        3: '<p class="resumed"><strong><em>丙</em>丁</strong></p>',
    }


def test_nothing_empty_is_left_before_a_mark_at_the_start_of_a_block() -> None:
    assert cut("甲\n\n## {p3}乙\n\n丙") == {2: "<p>甲</p>", 3: "<h2>乙</h2><p>丙</p>"}
    assert cut("1. 甲\n2. {p3}乙") == {2: "<p>1. 甲</p>", 3: "<p>2. 乙</p>"}
    assert "<li></li>" not in cut("- 甲\n- {p3}乙")[2]


def test_lists_and_quotations_resume_with_what_stands_in_them() -> None:
    assert cut("- 甲\n- 乙{p3}丙\n- 丁") == {
        2: "<ul><li>甲</li><li>乙</li></ul>",
        3: '<ul class="resumed"><li class="resumed">丙</li><li>丁</li></ul>',
    }
    assert cut("> 甲{p3}乙\n>\n> 丙") == {
        2: "<blockquote><p>甲</p></blockquote>",
        3: '<blockquote class="resumed"><p class="resumed">乙</p><p>丙</p></blockquote>',
    }


def test_a_heading_that_a_page_end_cut_resumes_as_a_heading() -> None:
    assert cut("## 小{p3}标题\n\n甲") == {
        2: "<h2>小</h2>",
        3: '<h2 class="resumed">标题</h2><p>甲</p>',
    }


def test_cutting_leaves_the_whole_as_it_was() -> None:
    found = article("*甲{p3}乙*\n\n- 丙{p4}丁")
    before = str(prose.html(found.body.tokens, str))
    prose.by_page(found)
    assert str(prose.html(found.body.tokens, str)) == before


SOUP = st.lists(
    st.sampled_from(
        [
            "甲",
            "乙",
            "a ",
            "\n",
            "\n\n",
            "*",
            "**",
            "`",
            "- ",
            "> ",
            "## ",
            "|一|\n|---|\n",
            "[",
            "](a)",
            "<b>",
            "！",
        ]
        + ["PAGE"] * 5
    ),
    max_size=30,
)


LINES = st.lists(
    st.tuples(
        st.sampled_from(["", "- ", "  ", "  - ", "- > ", "> ", "> - ", "1. ", "## ", "#### "]),
        st.sampled_from(
            ["甲", "*big data*", '[甲](a?b&c "\'")', "`<&'\"`", "&amp;\"'", "PAGE", ""]
        ),
        st.sampled_from(["", "乙", "PAGE"]),
        st.sampled_from(
            ["\n", "\n\n", "  \n", "\n***\n", "\n|一|\n|:-:|\n", "\n``` a&b c\n<\n```\n"]
        ),
    ),
    max_size=8,
).map(lambda lines: [piece for line in lines for piece in line])
"""Whatever Markdown has, one thing inside of another."""


def numbered(pieces: list[str]) -> str:
    page = 2
    out = "甲"
    for piece in pieces:
        if piece == "PAGE":
            page += 1
            piece = f"{{p{page}}}"
        out += piece
    return out


@given(SOUP.map(numbered))
def test_the_printed_pages_together_hold_the_whole_text(markdown: str) -> None:
    assert ink("".join(visible(html) for html in cut(markdown).values())) == ink(
        visible(whole(markdown))
    )


@given(SOUP.map(numbered))
def test_the_plain_text_is_what_a_reader_sees(markdown: str) -> None:
    plain = prose.plain_text(article(markdown).body).text
    assert ink(plain) == ink(visible(whole(markdown)))


class Reference(RendererHTML):
    """What markdown-it would write, with English marked and without page breaks."""

    def text(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return str(english(tokens[idx].content))

    def page_break(self, *_: object) -> str:
        return ""


def in_classes(html: str) -> str:
    """The same with the alignment of cells as classes, which a strict policy asks for, and code
    without a class that the text chose."""
    html = re.sub(r'<code class="[^"]*">', "<code>", html)
    return re.sub(
        r' style="text-align:(\w+)"(?: class="(\w+)")?',
        lambda found: f' class="{f"{found[2]} " if found[2] else ""}align-{found[1]}"',
        html,
    )


@given(LINES.map(numbered))
def test_markdown_it_would_write_the_same_but_for_the_levels_of_headings(markdown: str) -> None:
    options = MarkdownIt("commonmark", {"xhtmlOut": False, "langPrefix": ""}).options
    found = article(markdown)
    for tokens in (found.body.tokens, *prose.by_page(found).values()):
        written, expected = str(prose.html(tokens, None)), Reference().render(tokens, options, {})
        expected = in_classes(expected)
        assert re.sub(r"(</?h)\d", r"\1", written) == re.sub(r"(</?h)\d", r"\1", expected)


class Nesting(HTMLParser):
    """Fails on a tag that is closed out of order; `open` are those not closed yet."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@given(SOUP.map(numbered))
def test_every_printed_page_is_sound_html(markdown: str) -> None:
    for html in (*cut(markdown).values(), whole(markdown)):
        nesting = Nesting()
        nesting.feed(html)
        assert nesting.open == []


@given(SOUP.map(numbered))
def test_pages_of_the_text_are_those_of_its_marks(markdown: str) -> None:
    found = article(markdown)
    assert list(cut(markdown)) == [2, *(mark.page for mark in found.body.page_breaks)]
    assert [page for page, _ in prose.plain_text(found.body).page_starts] == [
        mark.page for mark in found.body.page_breaks
    ]


def test_a_list_of_numbers_goes_on_counting_on_the_next_page() -> None:
    """A browser counts the items of a list from its start."""
    pages = cut("1. 甲\n2. 乙\n\n3. 丙\n\n   丁{p3}戊\n4. 己")
    tree = LexborHTMLParser(pages[3])
    shown = []
    for items in tree.css("ol"):
        number = int(items.attributes.get("start") or 1)
        for item in items.css("li"):
            number = int(item.attributes.get("value") or number)
            shown.append((number, item.text(strip=True)))
            number += 1
    assert shown in ([(3, "戊"), (4, "己")], [])
