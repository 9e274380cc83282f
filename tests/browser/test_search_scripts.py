"""The parts of the search that know no page, run in the browser for which they are written."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lunr.builder import Builder
from playwright.sync_api import Browser, Error, Page, Route

from archives import published
from bulletin_site.pages import prose
from bulletin_site.search.segment import fold

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
ASSETS = ROOT / "templates" / "assets"
SCRIPTS = (
    "lunr-2.3.9.min.js",
    "search-text.js",
    "search-excerpt.js",
    "search-slices.js",
    "search-hints.js",
    "search-engine.js",
)
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


@pytest.mark.parametrize(
    ("query", "phrases"),
    [
        ("政务云", ["政务云"]),
        ("“政务云", ["“政务云"]),
        ("龙头”企业", ["龙头”企业"]),
        ("”和“", ["”和“"]),
        ("”的 “云", ["”的", "“云"]),
        ("的『三下乡』活动", ["的『三下乡』活动"]),
        ("“政务云”、“大数据”", ["“政务云”、“大数据”"]),
        ("“政务云” “大数据", ["政务云!", "“大数据"]),
        ("“政务云” 大数据", ["政务云!", "大数据"]),
        ("“Magic Quadrant”", ["magicquadrant!"]),
        ("“", ["“!"]),
    ],
)
def test_quotation_marks_that_may_be_printed_are_characters_like_others(
    scripts: Page, query: str, phrases: list[str]
) -> None:
    """A reader's own quotation has an exclamation mark behind it."""
    found, printed = scripts.evaluate(
        """(query) => [
            bulletin.text.phrases(query, true).map((each) => each.text + (each.exact ? "!" : "")),
            bulletin.text.mayBePrinted(query)]""",
        query,
    )
    assert found == phrases
    assert printed == any(set(each) & set("“”『』") for each in phrases if each[-1] != "!")


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
        ("政务云", "政务 云 政务云 公开", ["政务云", "政务-", "云-"]),
        ("云上云计算", "云 上 云计算 计算", ["云", "上", "云计算", "云-", "计算-"]),
        ("Ｇartner报告", "gartner art 报告 报", ["gartner", "报告", "报-"]),
        ("Magic Quadrant", "magic quadrant magicquadrant", ["magic", "quadrant"]),
        ("2014年", "2014 201 4 年 2014年", ["2014年", "2014-", "年-"]),
        ("𠮷野家", "𠮷 野家 家", ["𠮷", "野家", "家-"]),
        ("𠮷野家", "𠮷野 家", ["𠮷野", "家"]),
        ("constructor", "云", []),
        ("", "云", []),
    ],
)
def test_words_of_a_vocabulary_stand_in_a_phrase_and_longer_ones_cover_shorter_ones(
    scripts: Page, phrase: str, vocabulary: str, words: list[str]
) -> None:
    """A covered word has a hyphen behind it."""
    found = scripts.evaluate(
        """([phrase, vocabulary]) => bulletin.text.standing(phrase, new Set(vocabulary))
            .map((each) => each.word + (each.covered ? "-" : ""))""",
        [phrase, vocabulary.split()],
    )
    assert found == words


def test_the_words_of_the_longest_query_take_bounded_work(scripts: Page) -> None:
    lookups = scripts.evaluate(
        """() => {
            let lookups = 0;
            const vocabulary = {has: () => { lookups += 1; return lookups % 2 === 0; }};
            bulletin.text.standing("云计算大数据".repeat(1000), vocabulary);
            return lookups;
        }"""
    )
    assert 0 < lookups <= 1000 * 24


@pytest.mark.parametrize(
    ("text", "most", "keys"),
    [
        ("云", 9, ["云"]),
        ("𠮷", 9, ["𠮷"]),
        ("云云云", 9, ["云云"]),
        ("𠮷野家", 9, ["𠮷野", "野家"]),
        ("abcdefghi", 4, ["ab", "cd", "ef", "gh"]),
    ],
)
def test_the_keys_of_a_literal_are_its_pairs_of_characters(
    scripts: Page, text: str, most: int, keys: list[str]
) -> None:
    found = scripts.evaluate("([text, most]) => bulletin.text.keys(text, most)", [text, most])
    assert found == keys


def test_a_word_is_kept_under_its_first_two_characters(scripts: Page) -> None:
    words = ["云", "云计算", "𠮷", "𠮷野家", "a𠮷b"]
    keys = scripts.evaluate("(words) => words.map(bulletin.text.key)", words)
    assert keys == ["云", "云计", "𠮷", "𠮷野", "a𠮷"]


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


# The archive that is searched: cut as the build cuts it, by the plainest means

HOST = "http://archive.test/"
SHARDS = 4
FIELDS = {"body": "text", "title": "title", "source": "source"}
VARIANTS = "雲云計计務务資资訊讯"
TABLE = str.maketrans(VARIANTS[::2], VARIANTS[1::2])
OTHER_WORDS = [["资讯平台", "数据平台"], ["资讯", "数据"]]
LEXICON = [
    ["政务云", "zheng wu yun", 9],
    ["政务公开", "zheng wu gong kai", 5],
    ["大数据", "da shu ju", 4],
    ["征文于", "zheng wen yu", 1],
    ["平台", "ping tai", 1],
]


def article(id: str, title: str, text: str, source: str = "") -> dict[str, str]:
    """An article whose words are separated by slashes."""
    return {"id": id, "title": title, "text": text, "source": source}


ARCHIVE = [
    article("2014-05-1/01", "云计算/规划", "广东/发展/云计算/。/政务云/先行/。"),
    article("2014-05-1/02", "海南/中心", "政务云/与/大数据/。/大数据/与/政务云/。", "文汇报"),
    article("2014-05-1/03", "大数据/政务云", "说明/。"),
    article("2014-06-1/01", "通知/公告", "各地/统计/数据/。/数据/。"),
    article("2014-06-1/02", "通知/公告", "各地/统计/数据/。/数据/。"),
    article("2014-06-2/01", "通知/公告", "各地/统计/数据/。/数据/。"),
    article("2014-06-2/02", "书面", "见/政务云/大数据/一节/。/星云*/号/。"),
    article("2014-06-2/03", "Gartner/报告", "数据是数/是数据/。/雲計算/。", "Gartner"),
]


def literal(text: str) -> str:
    return fold(text.replace("/", "")).replace(" ", "").translate(TABLE)


def shard(key: str) -> int:
    return crc32(key.encode("utf-16-le")) % SHARDS


def differences(numbers: Iterable[int]) -> list[int]:
    ordered = [0, *sorted(numbers)]
    return [after - before for before, after in pairwise(ordered)]


DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def spelled(number: int, last: bool = True) -> str:
    """Five bits a digit, the highest first; only the last has no sixth bit."""
    before = spelled(number // 32, last=False) if number >= 32 else ""
    return before + DIGITS[number % 32 + 32 * (not last)]


def listed(lists: Iterable[Iterable[int]]) -> str:
    return ",".join("".join(map(spelled, numbers)) for numbers in lists).rstrip(",")


def whole_index(archive: list[dict[str, str]]) -> dict[str, Any]:
    builder = Builder()
    builder.ref("id")
    for field in ("title", "body", "source"):
        builder.field(field)
    for number, each in enumerate(archive):
        words = {
            field: [literal(word) for word in each[name].split("/") if literal(word)]
            for field, name in FIELDS.items()
        }
        builder.add({"id": str(number), **words})
    serialized: dict[str, Any] = builder.build().serialize()
    serialized["invertedIndex"].sort(key=lambda entry: entry[0].encode("utf-16-be"))
    return serialized


def cut(archive: list[dict[str, str]]) -> dict[str, str]:
    """The files of an archive's search, by name."""
    entries: dict[str, list[Any]] = defaultdict(lambda: [set(), set(), set(), {}])
    for document, each in enumerate(archive):
        for position, name in enumerate(FIELDS.values()):
            text = literal(each[name])
            for key in [*text, *("".join(pair) for pair in pairwise(text))]:
                entries[key][position].add(document)
    words_of = {
        (document, field): [literal(word) for word in each[name].split("/") if literal(word)]
        for document, each in enumerate(archive)
        for field, name in FIELDS.items()
    }
    for word in {word for words in words_of.values() for word in words}:
        found: list[list[int]] = []
        for field in FIELDS:
            held = [n for n in range(len(archive)) if word in words_of[n, field]]
            found.append(differences(held))
            counts = ((words_of[n, field].count(word), len(words_of[n, field])) for n in held)
            found.append(
                [
                    x
                    for tf, length in counts
                    for x in ([2 * length + 1, tf] if tf > 1 else [2 * length])
                ]
            )
        entries[word[:2]][3][word] = listed(found)
    shards: list[dict[str, Any]] = [{} for _ in range(SHARDS)]
    for key, (body, title, source, words) in entries.items():
        documents = listed(map(differences, (body, title, source)))
        shards[shard(key)][key] = [documents, words] if words else [documents]
    issues = [
        [issue, issue, issue, issue, f"{issue}.html", count]
        for issue, count in Counter(each["id"][:9] for each in archive).items()
    ]
    fields = [
        (field, 1, sum(len(words_of[n, field]) for n in range(len(archive))) / len(archive))
        for field in FIELDS
    ]
    files: dict[str, tuple[str, Any]] = {
        f"terms/{number:x}.js": (f"t:{number:x}", entry) for number, entry in enumerate(shards)
    }
    files["catalog.js"] = ("catalog", catalog(issues, fields))
    files["lexicon.js"] = ("lexicon", LEXICON)
    files["variants.js"] = ("variants", {"characters": VARIANTS, "words": OTHER_WORDS})
    for each in archive:
        shown = {name: each[name].replace("/", "") for name in FIELDS.values()}
        printed = set("".join(shown.values()))
        used = "".join(one + one.translate(TABLE) for one in VARIANTS[::2] if one in printed)
        name = "a:" + each["id"]
        files[f"articles/{each['id']}.js"] = (name, {**shown, "variants": used})
    return {
        file: f"bulletin.receive({json.dumps(name)},{json.dumps(value)});"
        for file, (name, value) in files.items()
    }


def catalog(issues: list[list[Any]], fields: list[tuple[str, int, float]]) -> dict[str, Any]:
    names = {name: HOST + name + ".js" for name in ("facets", "lexicon", "variants")}
    folders = {name: f"{HOST}{name}/" for name in ("terms", "articles")}
    return {"shards": SHARDS, "fields": fields, "issues": issues, **names, **folders}


class Archive:
    """A page that searches an archive; which files it has asked for; which of them are missing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.asked: list[str] = []
        self.missing: set[str] = set()
        self._files: Mapping[str, str] = {}
        page.route(HOST + "**", self._serve)

    def open(self, archive: list[dict[str, str]]) -> None:
        self._files = cut(archive)
        self.missing.clear()
        self.page.goto(HOST)
        for name in SCRIPTS:
            self.page.add_script_tag(content=(ASSETS / name).read_text(encoding="utf-8"))
        self.page.evaluate("(address) => bulletin.data.connect(address)", HOST + "catalog.js")
        self.asked.clear()

    def _serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(HOST)
        self.asked.append(name)
        if name == "":
            route.fulfill(body="<!DOCTYPE html><title>.</title>", content_type="text/html")
        elif name in self._files and name not in self.missing:
            route.fulfill(body=self._files[name], content_type="text/javascript; charset=utf-8")
        else:
            route.abort()

    def search(self, query: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.page.evaluate("(query) => bulletin.search(query)", query)
        return found

    def full(self, query: str) -> list[str]:
        return [match["article"] for match in self.search(query) if not match["partial"]]

    def partial(self, query: str) -> list[str]:
        return [match["article"] for match in self.search(query) if match["partial"]]


@pytest.fixture(scope="module")
def any_archive(browser: Browser) -> Iterator[Archive]:
    page = browser.new_page()
    yield Archive(page)
    page.close()


@pytest.fixture
def archive(any_archive: Archive) -> Archive:
    any_archive.open(ARCHIVE)
    return any_archive


# What is found, and in which order


def test_every_article_that_has_the_string_is_found(archive: Archive) -> None:
    assert set(archive.full("政务")) == {
        "2014-05-1/01",
        "2014-05-1/02",
        "2014-05-1/03",
        "2014-06-2/02",
    }
    assert archive.full("云与大") == ["2014-05-1/02"]
    assert archive.full("文汇") == ["2014-05-1/02"]
    # lunr knows no word of this, and so has no score for it.
    assert [match["score"] for match in archive.search("文汇")] == [0]


def test_marks_alone_are_found_too(archive: Archive) -> None:
    assert len(archive.full("。")) == len(ARCHIVE)
    assert archive.full("*") == ["2014-06-2/02"]


def test_what_only_the_keys_have_is_not_what_was_asked_for(archive: Archive) -> None:
    # All pairs of 是数据是 stand in it, the whole does not.
    assert archive.full("数据是") == ["2014-06-2/03"]
    assert archive.full("是数据是") == []
    assert archive.search("“是数据是”") == []


def test_a_match_in_the_title_comes_first_then_the_score_decides(archive: Archive) -> None:
    matches = archive.search("政务云")
    assert matches[0]["article"] == "2014-05-1/03"
    scores = [match["score"] for match in matches[1:]]
    assert scores == sorted(scores, reverse=True)


def test_of_equal_articles_the_newer_issue_comes_first_and_in_it_the_printed_order(
    archive: Archive,
) -> None:
    assert archive.full("数据。数据") == ["2014-06-2/01", "2014-06-1/01", "2014-06-1/02"]


def test_the_query_as_typed_comes_before_its_phrases_here_and_there(archive: Archive) -> None:
    found = archive.full("政务云 大数据")
    assert found[0] == "2014-06-2/02"
    assert set(found[1:]) == {"2014-05-1/02", "2014-05-1/03"}
    assert archive.full("大数据”政务云")[0] == "2014-05-1/03"


def test_partial_matches_come_after_all_full_ones(archive: Archive) -> None:
    matches = archive.search("海南 大数据")
    assert [match["partial"] for match in matches] == [False, True, True]
    assert archive.full("海南 大数据") == ["2014-05-1/02"]
    assert set(archive.partial("海南 大数据")) == {"2014-05-1/03", "2014-06-2/02"}


def test_of_partial_matches_those_come_first_that_cover_more_of_the_query(
    archive: Archive,
) -> None:
    assert archive.partial("如何发展广东的政务云")[0] == "2014-05-1/01"


def test_of_partial_matches_with_the_same_words_that_comes_first_where_they_stand_together(
    any_archive: Archive,
) -> None:
    any_archive.open(
        [
            article("2014-01-1/01", "书面", "农村/的/建设/，/信息/。"),
            article("2014-01-1/02", "书面", "农村/信息/，/的/建设/。"),
        ]
    )
    found = any_archive.partial("如何搞好农村信息建设")
    assert found == ["2014-01-1/02", "2014-01-1/01"]


def test_a_part_of_a_word_makes_no_partial_match(archive: Archive) -> None:
    # Three articles have “数据” alone.
    assert archive.partial("大数据") == []


def test_a_quoted_phrase_must_be_there(archive: Archive) -> None:
    assert archive.partial("“海南” 大数据") == []
    assert archive.partial("海南 “大数据”") != []
    assert archive.search("“政务云的大数据”") == []
    assert archive.partial("政务云的大数据") != []


@pytest.mark.parametrize("query", ["重”工程", "”和“", "的“三下乡”", "“三下乡”活", "的“三 下乡"])
def test_a_piece_of_print_with_quotation_marks_is_found_where_it_is_printed(
    any_archive: Archive, query: str
) -> None:
    rest = "工程/三下乡/的/重/和/活动/。"
    printed = article("2014-01-1/02", "书面", "“/双重/”/工程/”/和/“/的/“/三下乡/”/活动/。")
    other = [article(f"2014-01-1/{number:02}", "工程/三下乡/的/重", rest) for number in (1, 3)]
    any_archive.open([other[0], printed, other[1]])
    matches = any_archive.search(query)
    assert (matches[0]["article"], matches[0]["partial"]) == ("2014-01-1/02", False)
    assert all(match["partial"] for match in matches[1:])


def test_quotation_marks_that_are_printed_nowhere_only_separate(archive: Archive) -> None:
    everywhere = archive.full("政务云")
    for query in ("“政务云", "政务云”", "「政务云”"):
        assert archive.full(query) == everywhere
    assert set(archive.full("见“政务云”")) == {"2014-06-2/02"}


def test_of_a_quotation_those_come_first_that_have_it_with_its_marks(
    any_archive: Archive,
) -> None:
    any_archive.open(
        [
            article("2014-01-1/01", "数字/政府", "数字/。"),
            article("2014-01-1/02", "书面", "见/“/数字/”/。"),
        ]
    )
    assert any_archive.full("“数字”") == ["2014-01-1/02", "2014-01-1/01"]


def test_an_asterisk_in_a_word_is_no_wildcard(archive: Archive) -> None:
    assert archive.full("星云*") == ["2014-06-2/02"]
    assert archive.search("*号")[0]["score"] == archive.search("号")[0]["score"]


def test_scores_are_those_of_the_whole_index_in_stock_lunr(archive: Archive) -> None:
    whole = whole_index(ARCHIVE)
    for query in ("政务云", "大数据 政务云", "广东发展云计算", "通知", "gartner", "数"):
        clauses = archive.page.evaluate(
            "async (query) => (await bulletin.answer(query)).clauses", query
        )
        expected = archive.page.evaluate(
            """([whole, clauses]) => lunr.Index.load(whole).query((query) => {
                for (const term of clauses) query.clause({term, usePipeline: false});
            }).map(({ref, score}) => [Number(ref), score])""",
            [whole, clauses],
        )
        scores = {ARCHIVE[number]["id"]: score for number, score in expected}
        for match in archive.search(query):
            wanted = scores.get(match["article"], 0) if clauses else 0
            assert match["score"] == pytest.approx(wanted, rel=1e-12), query


TEXT = st.lists(st.sampled_from("是数据政务ab1，") | st.sampled_from([" ", "/"]), max_size=14).map(
    "".join
)


@PROPERTY
@given(
    articles=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6),
    queries=st.lists(TEXT.map(lambda text: text.replace("/", "")), min_size=4, max_size=8),
    data=st.data(),
)
def test_the_answer_from_slices_is_that_of_reading_every_article(
    any_archive: Archive,
    articles: list[tuple[str, str, str]],
    queries: list[str],
    data: st.DataObject,
) -> None:
    archive = [
        article(f"2014-01-{number // 2 + 1}/{number % 2 + 1:02}", *fields)
        for number, fields in enumerate(articles)
    ]
    for field in articles[0]:
        text = field.replace("/", "")
        start = data.draw(st.integers(0, len(text)))
        queries.append(text[start : start + data.draw(st.integers(1, 12))])
    any_archive.open(archive)
    for query in queries:
        phrases = any_archive.page.evaluate(
            "(query) => bulletin.text.phrases(query).map(({text}) => text)", query
        )
        texts = {each["id"]: [literal(each[name]) for name in FIELDS.values()] for each in archive}

        def having(wanted: list[str], texts: dict[str, list[str]] = texts) -> set[str]:
            return {
                id
                for id, fields in texts.items()
                if wanted and all(any(one in field for field in fields) for one in wanted)
            }

        found = any_archive.full(query)
        assert set(found) == having(phrases), query
        typed = having([literal(query)]) if literal(query) else set()
        assert set(found[: len(typed)]) == typed, query


def test_any_piece_of_the_printed_archive_is_found_before_what_lacks_it(
    browser: Browser, over_http: str
) -> None:
    """Against reading every article; seeded, so that a failure can be looked at again."""
    rng = Random("pieces")
    articles = {
        each.id: [
            literal(field)
            for field in (each.title, prose.plain_text(each.body).text, each.source or "")
        ]
        for each in published().archive.articles
    }
    fields = [field for own in articles.values() for field in own]
    pieces: list[str] = []
    while len(pieces) < 400:
        # Half of them around a mark: letters alone are the easy part.
        field = rng.choices(fields, weights=list(map(len, fields)))[0]
        marks = [at for at, one in enumerate(field) if not one.isalnum()] or [0]
        length = rng.randint(1, 12)
        at = rng.choice((rng.choice(marks), rng.randrange(len(field))))
        start = max(0, at - rng.randrange(length))
        # Spaces are a matter of layout wherever they stand.
        piece = field[start : start + length]
        pieces.append(rng.choice((piece, f" {piece}\u3000", piece.replace(",", "，"))))
    page = browser.new_page()
    page.goto(f"{over_http}/search.html")
    answers = page.evaluate(
        """async (queries) => {
            const found = [];
            for (const query of queries) found.push(await bulletin.search(query));
            return found;
        }""",
        pieces,
    )
    page.close()
    for piece, matches in zip(pieces, answers, strict=True):
        right = {id for id, own in articles.items() if any(literal(piece) in one for one in own)}
        assert right
        found = [match["article"] for match in matches]
        assert set(found[: len(right)]) == right, piece
        assert not any(match["partial"] for match in matches[: len(right)]), piece
        quoted = literal(piece)[0] + literal(piece)[-1] in ("“”", '""', "「」", "『』")
        if not quoted:
            assert all(match["partial"] for match in matches[len(right) :]), piece


# What is loaded


def test_a_query_loads_what_it_needs_and_nothing_twice(archive: Archive) -> None:
    archive.search("数据")
    assert set(archive.asked) == {"catalog.js", f"terms/{shard('数据'):x}.js"}
    archive.search("数据")
    assert len(archive.asked) == 2


def test_no_article_is_loaded_to_know_that_it_has_a_word_of_the_index(archive: Archive) -> None:
    assert len(archive.full("政务云")) == 4
    assert not [name for name in archive.asked if name.startswith("articles/")]
    # Of what is no word the keys leave open whether it stands as a whole.
    assert archive.full("数据是") == ["2014-06-2/03"]
    assert [name for name in archive.asked if name.startswith("articles/")] != []


def test_what_could_not_be_loaded_rejects_and_can_be_tried_again(archive: Archive) -> None:
    losses = {
        "数据": "catalog.js",
        "通知": f"terms/{shard('通知'):x}.js",
        "云与大": "articles/2014-05-1/02.js",
    }
    assert shard("通知") != shard("数据")
    for query, name in losses.items():
        archive.missing = {name}
        with pytest.raises(Error, match="Not loaded"):
            archive.search(query)
        archive.missing = set()
        assert archive.search(query) != []


# Queries that are not what is printed


def answer(archive: Archive, query: str) -> tuple[str, str, list[str]]:
    asked, changed, guesses = archive.page.evaluate(
        """async (query) => {
            const answer = await bulletin.answer(query);
            return [answer.asked, answer.changed, answer.guesses];
        }""",
        query,
    )
    return asked, changed, guesses


def test_traditional_characters_find_simplified_ones_and_the_other_way_round(
    archive: Archive,
) -> None:
    assert answer(archive, "政務雲")[:2] == ("政务云", "simplified")
    assert archive.full("政務雲") == archive.full("政务云")
    assert (
        set(archive.full("雲計算"))
        == set(archive.full("云计算"))
        == {
            "2014-05-1/01",
            "2014-06-2/03",
        }
    )


def test_what_is_called_otherwise_elsewhere_is_found_by_the_name_used_here(
    archive: Archive,
) -> None:
    for query in ("统计資訊", "统计资讯"):
        assert answer(archive, query)[:2] == ("统计数据", "guess")
    assert archive.full("统计資訊") == archive.full("统计数据")


@pytest.mark.parametrize(
    "query", ["zhengwuyun", "ZhengWuYun", "zheng'wu'yun", "zwy", "zheng wu yun"]
)
def test_pinyin_finds_words(archive: Archive, query: str) -> None:
    assert answer(archive, query)[:2] == ("政务云", "guess")
    assert archive.search(query) == archive.search("政务云")


def test_pinyin_of_several_words_is_taken_apart(archive: Archive) -> None:
    assert answer(archive, "zhengwuyundashuju")[0] == "政务云 大数据"


def test_the_beginning_of_a_latin_word_is_found_and_ranked_by_it(archive: Archive) -> None:
    match, *others = archive.search("gart")
    assert (match["article"], others) == ("2014-06-2/03", [])
    assert match["score"] == archive.search("Gartner")[0]["score"] > 0


def test_one_wrong_character_is_offered_and_not_searched_for(archive: Archive) -> None:
    assert answer(archive, "广东政务匀") == ("广东政务匀", "", ["广东政务云"])
    assert archive.partial("广东政务匀") == ["2014-05-1/01"]


def test_one_wrong_character_is_mended_where_nothing_at_all_is_found(archive: Archive) -> None:
    assert answer(archive, "正务云")[:2] == ("政务云", "guess")
    assert answer(archive, "“正务云”") == ("“正务云”", "", ["政务云"])


def test_what_stands_somewhere_is_not_mended_and_loads_no_lexicon(archive: Archive) -> None:
    assert answer(archive, "政务云 规划 统计")[2] == []
    assert not {"lexicon.js", "variants.js"} & set(archive.asked)
    assert answer(archive, "政务匀 规划")[2] == ["政务云 规划"]


def test_what_is_found_as_typed_is_not_changed(archive: Archive) -> None:
    assert answer(archive, "政务云") == ("政务云", "", [])
    assert not {"lexicon.js", "variants.js"} & set(archive.asked)


# Any query


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: ascii(query[:12]))
def test_no_query_throws(archive: Archive, query: str) -> None:
    for match in archive.search(query):
        assert set(match) == {"article", "score", "partial"}
    assert excerpt(archive.page, query, query)["parts"] is not None


def test_half_a_surrogate_pair_is_a_query_without_results(archive: Archive) -> None:
    found = archive.page.evaluate(
        """() => Promise.all(["\\ud842", "\\udfb7云", "“\\ud842”"].map(
            async (query) => (await bulletin.search(query)).filter((match) => !match.partial).length))"""
    )
    assert found == [0, 0, 0]


def test_the_longest_query_loads_and_scores_a_bounded_number_of_things(archive: Archive) -> None:
    for query in ("政务云与大数据平台的建设" * 90, "政务云与 大数据 " * 120):
        keys, clauses = archive.page.evaluate(
            """async (query) => {
                const answer = await bulletin.answer(query);
                return [answer.question.sought.reduce((sum, {keys}) => sum + keys.length, 0),
                    answer.clauses.length];
            }""",
            query,
        )
        assert 0 < keys <= 160
        assert clauses <= 32
