"""The parts of the search that know no page, run in the browser for which they are written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from bulletin_site.search.segment import fold

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "templates" / "assets"
SCRIPTS = ("lunr-2.3.9.min.js", "search-text.js", "search-excerpt.js", "search-engine.js")
CASES: dict[str, list[Any]] = json.loads(
    (ROOT / "tests" / "search" / "cases.json").read_text(encoding="utf-8")
)

# Half a surrogate pair cannot stand in a Python string that is sent as UTF-8: scripts make it.
HOSTILE = [
    "",
    " \u3000\n",
    "~",
    "*",
    "云*",
    "-通知",
    "+云 -计算",
    "通知:",
    "title:云^5~2",
    "<img src=x onerror=alert(1)>",
    "\\",
    "$1 $& $'",
    "(云|计算)+?[",
    "__proto__ constructor hasOwnProperty toString",
    "😀👨\u200d👩\u200d👧",
    "𠮷𪚥",
    '"' * 5000,
    "“" * 5000,
    "“云” " * 2000,
    "云 " * 3000,
    "云计算大数据" * 1000,
    "e" + "\u0301" * 5000,
    "\u0000\u0001\ufffe\uffff",
    "\u202e云\u2066",
]

# Blocks that every Unicode version in use agrees about.
CHARACTERS = st.one_of(
    st.sampled_from("政务云计算大数据的，。！？；“”「」（）《》—…·、 \u3000\n\t\u00a0\u200b\ufeff"),
    st.sampled_from("aBzé9０Ａｂ％～ﾞｶ①㎡ﬁ😀𠮷\u0301\u3099\u2028\u0085\u001f"),
    st.characters(min_codepoint=0x20, max_codepoint=0x24F),
    st.characters(min_codepoint=0x391, max_codepoint=0x3C9, exclude_categories=["Cn"]),
    st.characters(min_codepoint=0x3041, max_codepoint=0x30FE, exclude_categories=["Cn"]),
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    st.characters(min_codepoint=0xFF01, max_codepoint=0xFF9F),
    st.characters(min_codepoint=0x20000, max_codepoint=0x2A6D6),
)
TEXTS = st.text(CHARACTERS, max_size=300)
PROPERTY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@pytest.fixture(scope="module")
def scripts(browser: Browser) -> Iterator[Page]:
    """A blank page that has the scripts without a search page."""
    page = browser.new_page()
    for name in SCRIPTS:
        page.add_script_tag(content=(ASSETS / name).read_text(encoding="utf-8"))
    yield page
    page.close()


def excerpt(scripts: Page, text: str, *wanted: str) -> dict[str, Any]:
    found: dict[str, Any] = scripts.evaluate(
        "([text, wanted]) => bulletin.excerpt(text, wanted)", [text, list(wanted)]
    )
    return found


def shown(parts: list[dict[str, Any]]) -> str:
    """Parts as one string, with the marks in brackets."""
    return "".join(f"[{part['text']}]" if part["match"] else part["text"] for part in parts)


def marked(parts: list[dict[str, Any]]) -> list[str]:
    return [part["text"] for part in parts if part["match"]]


# The text and the query


@pytest.mark.parametrize("function", ["fold", "literal"])
def test_the_browser_folds_text_as_the_shared_cases_say(scripts: Page, function: str) -> None:
    inputs = [given for given, _ in CASES[function]]
    outputs = scripts.evaluate(
        "([name, inputs]) => inputs.map((text) => bulletin.text[name](text))", [function, inputs]
    )
    assert dict(zip(inputs, outputs, strict=True)) == dict(CASES[function])


def test_the_browser_reads_queries_as_the_shared_cases_say(scripts: Page) -> None:
    queries = [query for query, _ in CASES["phrases"]]
    phrases = scripts.evaluate(
        """(queries) => queries.map((query) =>
            bulletin.text.phrases(query).map(({text, exact}) => ({text, exact})))""",
        queries,
    )
    assert dict(zip(queries, phrases, strict=True)) == dict(CASES["phrases"])


@PROPERTY
@given(texts=st.lists(TEXTS, max_size=10))
def test_browser_and_build_fold_any_text_alike(scripts: Page, texts: list[str]) -> None:
    folded = scripts.evaluate("(texts) => texts.map(bulletin.text.fold)", texts)
    literal = scripts.evaluate("(texts) => texts.map(bulletin.text.literal)", texts)
    assert folded == [fold(text) for text in texts]
    assert literal == [text.replace(" ", "") for text in folded]


def test_a_phrase_keeps_what_was_typed(scripts: Page) -> None:
    assert scripts.evaluate("bulletin.text.phrases('“Magic  Quadrant” ＷｉＦｉ')") == [
        {"text": "magicquadrant", "exact": True, "shown": "Magic  Quadrant"},
        {"text": "wifi", "exact": False, "shown": "ＷｉＦｉ"},
    ]


def test_a_pasted_page_is_cut_to_a_query(scripts: Page) -> None:
    lengths = scripts.evaluate(
        """() => {
            const long = bulletin.text.phrases("云".repeat(999) + "𠮷".repeat(5000));
            const many = bulletin.text.phrases(
                Array.from({length: 500}, (_, number) => "云" + number).join(" "));
            return [long.length, long[0].text.length, many.length];
        }"""
    )
    assert lengths == [1, 999, 40]


@pytest.mark.parametrize(
    ("phrase", "vocabulary", "words"),
    [
        ("政务云", "政务 云 政务云 公开", ["政务云", "政务"]),
        (
            "大数据时代的江苏",
            "大数据 数据 时代 的 江苏 苏",
            ["大数据", "数据", "时代", "的", "江苏"],
        ),
        ("云上云计算", "云 上 云计算 计算", ["云", "上", "云计算", "计算"]),
        ("Ｇartner报告", "gartner art 报告 报", ["gartner", "报告"]),
        ("Magic Quadrant", "magic quadrant magicquadrant", ["magic", "quadrant"]),
        ("2014年", "2014 201 4 年 2014年", ["2014年", "2014"]),
        ("𠮷野家", "𠮷 野家 家", ["𠮷", "野家"]),
        ("𠮷野家", "𠮷野 家", ["𠮷野", "家"]),
        ("constructor", "云", []),
        ("", "云", []),
    ],
)
def test_words_are_those_of_the_vocabulary_that_stand_in_the_phrase(
    scripts: Page, phrase: str, vocabulary: str, words: list[str]
) -> None:
    found = scripts.evaluate(
        "([phrase, vocabulary]) => bulletin.text.words(phrase, new Set(vocabulary))",
        [phrase, vocabulary.split()],
    )
    assert found == words


def test_telling_words_are_neither_single_characters_nor_parts_of_longer_ones(
    scripts: Page,
) -> None:
    found = scripts.evaluate(
        """bulletin.text.telling("政务云平台的大数据，数据",
            new Set(["政务", "政务云", "云", "平台", "的", "大数据", "数据"]))"""
    )
    assert found == ["政务云", "平台", "大数据", "数据"]


def test_the_words_of_the_longest_query_take_bounded_work(scripts: Page) -> None:
    lookups = scripts.evaluate(
        """() => {
            let lookups = 0;
            const vocabulary = {has: () => { lookups += 1; return lookups % 2 === 0; }};
            bulletin.text.words("云计算大数据".repeat(1000), vocabulary);
            return lookups;
        }"""
    )
    assert 0 < lookups <= 1000 * 24


# The excerpt

SENTENCES = (
    "近日，海南省正式宣布构建省级政务云计算中心。该中心以“企业投资建设、政府购买服务”的模式运营。"
    "中心的建设旨在利用新兴技术提升全省信息化水平！\n"
    "未来，该中心扩建完成后，可直接面向华南地区提供云服务，使得海南省成为中国南部重要的云服务基地，"
    "带动整个区域信息产业链的发展。此举还将惠及全省中小企业。研究机构的 Magic Quadrant 报告共 85 页，其中也提到了它。"
)


def test_an_excerpt_begins_and_ends_with_sentences_where_it_can(scripts: Page) -> None:
    found = excerpt(scripts, SENTENCES, "云服务")
    assert shown(found["parts"]) == (
        "未来，该中心扩建完成后，可直接面向华南地区提供[云服务]，使得海南省成为中国南部重要的[云服务]基地，"
        "带动整个区域信息产业链的发展。此举还将惠及全省中小企业。"
    )
    assert found["at"] == found["shownAt"] == SENTENCES.index("云服务")


def test_a_sentence_that_is_too_long_is_cut_with_ellipses(scripts: Page) -> None:
    text = "云" * 200 + "通知" + "数" * 200
    parts = excerpt(scripts, text, "通知")["parts"]
    assert shown(parts).startswith("…云")
    assert shown(parts).endswith("数…")
    assert 90 <= len(shown(parts)) <= 130


def test_a_match_is_found_across_spaces_width_and_case(scripts: Page) -> None:
    found = excerpt(scripts, SENTENCES, "magicquadrant报告", "85页")
    assert marked(found["parts"]) == ["Magic Quadrant 报告", "85 页"]


def test_the_place_with_most_of_the_phrases_is_shown(scripts: Page) -> None:
    text = "政务云先行。" + "其他内容。" * 60 + "大数据与政务云并重。" + "其他内容。" * 60
    found = excerpt(scripts, text, "政务云", "大数据")
    assert marked(found["parts"]) == ["大数据", "政务云"]
    assert found["at"] == 0
    assert found["shownAt"] == text.index("大数据")


def test_of_equal_places_the_first_is_shown(scripts: Page) -> None:
    text = "其他内容。" * 60 + "政务云先行。" + "其他内容。" * 60 + "政务云、政务云、政务云。"
    found = excerpt(scripts, text, "政务云")
    assert found["at"] == found["shownAt"] == text.index("政务云")


def test_no_match_is_cut_at_the_edge_of_the_excerpt(scripts: Page) -> None:
    for filler in range(1, 60):
        text = ("大数据" + "的" * filler) * 40 + "政务云" + ("的" * filler + "大数据") * 40
        parts = excerpt(scripts, text, "大数据", "政务云")["parts"]
        assert set(marked(parts)) == {"大数据", "政务云"}


def test_without_a_match_the_excerpt_is_the_beginning(scripts: Page) -> None:
    found = excerpt(scripts, SENTENCES, "不存在")
    assert SENTENCES.startswith(shown(found["parts"]))
    assert shown(found["parts"])[-1] in "。！"
    assert (found["at"], found["shownAt"]) == (-1, -1)


def test_matches_that_touch_or_overlap_are_marked_as_one(scripts: Page) -> None:
    parts = scripts.evaluate(
        "bulletin.highlight('省级政务云计算中心', ['政务云', '云计算', '中心', '务'])"
    )
    assert shown(parts) == "省级[政务云计算中心]"


def test_a_title_is_shown_whole(scripts: Page) -> None:
    parts = scripts.evaluate("bulletin.highlight('美国白宫 85 页报告详述<b>大数据</b>', ['85页'])")
    assert shown(parts) == "美国白宫 [85 页]报告详述<b>大数据</b>"


def test_offsets_count_utf_16_units(scripts: Page) -> None:
    found = excerpt(scripts, "😀𠮷云", "云")
    assert (shown(found["parts"]), found["at"]) == ("😀𠮷[云]", 4)


@PROPERTY
@given(text=TEXTS, data=st.data())
def test_an_excerpt_is_a_piece_of_the_text_and_marks_what_was_asked_for(
    scripts: Page, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    asked = text[start : data.draw(st.integers(start, min(len(text), start + 12)))]
    literal = scripts.evaluate("bulletin.text.literal", asked)
    found = excerpt(scripts, text, literal)
    # An ellipsis of the excerpt is a part, or the beginning of one, that the text does not have.
    whole = "".join(part["text"] for part in found["parts"])
    assert any(
        whole[left : len(whole) - right] in text for left in (0, 1) for right in (0, 1) if whole
    ) or (whole == "")
    assert len(whole) <= 200
    stands = literal != "" and literal in scripts.evaluate("bulletin.text.literal", text)
    # A match may begin or end inside a character, as “1” does in “①②”; then all of it is marked.
    if stands:
        assert any(
            literal in scripts.evaluate("bulletin.text.literal", mark)
            for mark in marked(found["parts"])
        )
        assert found["at"] >= 0
    else:
        assert marked(found["parts"]) == []
        assert found["at"] == -1


# What is found, and in which order

ANSWER = """([articles, queries]) => {
    const builder = new lunr.Builder();
    builder.ref("id");
    for (const field of ["title", "body", "source"]) {
        builder.field(field);
    }
    for (const article of articles) {
        builder.add({
            id: article.id,
            title: article.title.split("/"),
            body: article.text.split("/"),
            source: article.source.split("/"),
        });
    }
    const index = lunr.Index.load(JSON.parse(JSON.stringify(builder.build())));
    const joined = articles.map((article) => Object.assign({}, article, {
        title: article.title.replace(/\\//g, ""),
        text: article.text.replace(/\\//g, ""),
    }));
    const prepared = bulletin.matching.prepare(joined);
    return queries.map((query) => bulletin.matching.answer(query, prepared, index).matches);
}"""


def article(id: str, title: str, text: str, source: str = "") -> dict[str, str]:
    """An article whose words are separated by slashes."""
    return {"id": id, "issueHref": id[:9], "title": title, "text": text, "source": source}


ARCHIVE = [
    article("2014-05-1/01", "云计算/规划", "广东/发展/云计算/。/政务云/先行/。"),
    article("2014-05-1/02", "海南/中心", "政务云/与/大数据/。/大数据/与/政务云/。", "文汇报"),
    article("2014-05-1/03", "大数据/政务云", "说明/。"),
    article("2014-06-1/01", "通知/公告", "各地/统计/数据/。/数据/。"),
    article("2014-06-1/02", "通知/公告", "各地/统计/数据/。/数据/。"),
    article("2014-06-2/01", "通知/公告", "各地/统计/数据/。/数据/。"),
    article("2014-06-2/02", "书面", "见/政务云/大数据/一节/。/星云*/号/。"),
]


def answer(scripts: Page, query: str) -> list[dict[str, Any]]:
    found: list[list[dict[str, Any]]] = scripts.evaluate(ANSWER, [ARCHIVE, [query]])
    return found[0]


def full(matches: list[dict[str, Any]]) -> list[str]:
    return [match["article"] for match in matches if not match["partial"]]


def partial(matches: list[dict[str, Any]]) -> list[str]:
    return [match["article"] for match in matches if match["partial"]]


def test_every_article_that_has_the_string_is_found(scripts: Page) -> None:
    assert set(full(answer(scripts, "政务"))) == {
        "2014-05-1/01",
        "2014-05-1/02",
        "2014-05-1/03",
        "2014-06-2/02",
    }
    assert full(answer(scripts, "云与大")) == ["2014-05-1/02"]
    assert full(answer(scripts, "文汇")) == ["2014-05-1/02"]
    # lunr knows no word of this, and so has no score for it.
    assert [match["score"] for match in answer(scripts, "文汇")] == [0]


def test_a_match_in_the_title_comes_first_then_the_score_decides(scripts: Page) -> None:
    matches = answer(scripts, "政务云")
    assert matches[0]["article"] == "2014-05-1/03"
    scores = [match["score"] for match in matches[1:]]
    assert scores == sorted(scores, reverse=True)


def test_of_equal_articles_the_newer_issue_comes_first_and_in_it_the_printed_order(
    scripts: Page,
) -> None:
    assert full(answer(scripts, "数据。数据")) == ["2014-06-2/01", "2014-06-1/01", "2014-06-1/02"]


def test_the_query_as_typed_comes_before_its_phrases_here_and_there(scripts: Page) -> None:
    found = full(answer(scripts, "政务云 大数据"))
    assert found[0] == "2014-06-2/02"
    assert set(found[1:]) == {"2014-05-1/02", "2014-05-1/03"}


def test_partial_matches_come_after_all_full_ones(scripts: Page) -> None:
    matches = answer(scripts, "海南 大数据")
    assert [match["partial"] for match in matches] == [False, True, True]
    assert full(matches) == ["2014-05-1/02"]
    assert set(partial(matches)) == {"2014-05-1/03", "2014-06-2/02"}


def test_a_part_of_a_word_makes_no_partial_match(scripts: Page) -> None:
    # Three articles have “数据” alone.
    assert partial(answer(scripts, "大数据")) == []


def test_a_quoted_phrase_must_be_there(scripts: Page) -> None:
    assert partial(answer(scripts, "“海南” 大数据")) == []
    assert partial(answer(scripts, "海南 “大数据”")) != []
    assert answer(scripts, "“政务云的大数据”") == []
    assert partial(answer(scripts, "政务云的大数据")) != []


def test_an_asterisk_in_a_word_is_no_wildcard(scripts: Page) -> None:
    assert [match["article"] for match in answer(scripts, "星云*")] == ["2014-06-2/02"]
    assert answer(scripts, "*号")[0]["score"] == answer(scripts, "号")[0]["score"]


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:12]))
def test_no_query_throws(scripts: Page, query: str) -> None:
    for match in answer(scripts, query):
        assert set(match) == {"article", "score", "partial"}
    assert excerpt(scripts, query, query)["parts"] is not None


def test_half_a_surrogate_pair_is_a_query_without_results(scripts: Page) -> None:
    found = scripts.evaluate(
        """() => ["\\ud842", "\\udfb7云", "“\\ud842”"].map((query) => [
            bulletin.text.phrases(query).length,
            bulletin.excerpt(query + "𠮷", [bulletin.text.literal(query)]).parts.length,
        ])"""
    )
    assert [phrases for phrases, _ in found] == [0, 1, 1]


def test_the_longest_query_is_answered_at_once(scripts: Page) -> None:
    """What it takes on a slow machine stays far from what a reader would call frozen."""
    took = scripts.evaluate(
        """(query) => {
            const text = "各级政府的政务云与大数据平台建设。".repeat(40);
            const prepared = bulletin.matching.prepare(Array.from({length: 2700}, (_, number) =>
                ({id: "2014-01-1/" + number, issueHref: "", title: "题名", text, source: ""})));
            const index = {invertedIndex: Object.create(null), query: () => []};
            const start = performance.now();
            bulletin.matching.answer(query, prepared, index);
            return performance.now() - start;
        }""",
        "政务云与大数据 平台的建设 " * 70,
    )
    assert took < 1000
