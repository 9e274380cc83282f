"""Words and the form in which text is compared; `cases.json` binds the reader's script to the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import published
from bulletin_site.pages.prose import plain_text
from bulletin_site.search.segment import Segmenter, comparable, fold, literal

CASES = json.loads(Path(__file__).with_name("cases.json").read_text("utf-8"))
FOLDED: list[tuple[str, str]] = [(text, folded) for text, folded in CASES["fold"]]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter(published().archive.dictionary)


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_text_is_folded_as_the_readers_script_folds_it(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.sampled_from("大数据 a1，。\u3000\n"), max_size=20))
def test_spaces_beside_han_characters_do_not_matter(text: str) -> None:
    spaced = "".join(f" {c} " if "\u4e00" <= c <= "\u9fff" else c for c in text)
    assert fold(spaced) == fold(text)


@pytest.mark.parametrize(
    "word", ["大数据", "云计算", "政务云", "政务公开", "政务信息化", "云服务", "物联网", "无纸化"]
)
def test_the_words_of_the_archive_stay_in_one_piece(segmenter: Segmenter, word: str) -> None:
    assert word in segmenter.words(f"推进{word}建设")


def test_without_the_archives_dictionary_its_words_would_come_apart() -> None:
    assert "大数据" not in Segmenter([]).words("推进大数据建设")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("85 页报告", ["85", "页", "报告"]),
        ("85页报告", ["85", "页", "报告"]),
        ("ＷｉＦｉ 信息亭", ["wifi", "信息", "亭"]),
        ("", []),
        ("，。！——“”", []),
    ],
)
def test_text_becomes_words_without_punctuation(
    segmenter: Segmenter, text: str, words: list[str]
) -> None:
    assert segmenter.words(text) == words


def test_long_words_come_with_the_shorter_ones_inside_of_them(segmenter: Segmenter) -> None:
    assert {"数据", "大数据"} <= set(segmenter.words("大数据"))
    assert {"政务", "公开", "政务公开"} <= set(segmenter.words("政务公开"))


@given(text=st.text(max_size=40))
def test_any_text_becomes_words_that_stand_in_it(segmenter: Segmenter, text: str) -> None:
    for word in segmenter.words(text):
        assert word in comparable(text)
        assert any(character.isalnum() for character in word)


def test_two_segmenters_do_not_share_their_dictionaries() -> None:
    Segmenter(["某某云平台"])
    assert "某某云平台" not in Segmenter([]).words("某某云平台")


@pytest.fixture(scope="module")
def jieba_itself() -> jieba.Tokenizer:
    tokenizer = jieba.Tokenizer()
    # Read directly: `initialize` would keep a copy in the machine's temporary folder.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    for word in published().archive.dictionary:
        tokenizer.add_word(word)
    return tokenizer


def words_of(tokenizer: jieba.Tokenizer, text: str) -> list[str]:
    cut = tokenizer.cut_for_search(comparable(text))
    return [word for word in cut if any(character.isalnum() for character in word)]


def test_words_are_those_of_jieba_in_all_that_was_printed(
    segmenter: Segmenter, jieba_itself: jieba.Tokenizer
) -> None:
    for article in published().archive.articles:
        text = plain_text(article.body).text
        assert segmenter.words(text) == words_of(jieba_itself, text)


PIECES = st.lists(
    st.sampled_from(
        [
            piece
            for article in published().archive.articles
            for piece in re.findall(r"\w{1,9}|\W+", plain_text(article.body).text)
        ]
        + [
            "1.3nm",
            "a-1",
            "C.B",
            "web2.0",
            "T恤",
            "雲計算",
            "＋",
            "３.５％",
            "x_y",
            "é",
            "б",
            "か",
            "𠮷",
        ]
    ),
    max_size=12,
).map("".join)


@given(text=PIECES)
def test_words_are_those_of_jieba_in_texts_cut_up_and_put_together_anew(
    segmenter: Segmenter, jieba_itself: jieba.Tokenizer, text: str
) -> None:
    assert segmenter.words(text) == words_of(jieba_itself, text)


def test_a_literal_has_no_space_no_width_and_no_traditional_character() -> None:
    assert literal("雲 計算（ＩＴ）的\u3000第 85 頁") == "云计算(it)的第85页"
