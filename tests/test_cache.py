"""What a build remembers: it is as good as worked out anew, or not used."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import TWO_ISSUES, archive, searched, write
from bulletin_site.__main__ import main
from bulletin_site.cache import FOLDER, Cache, read_cache, write_cache
from bulletin_site.search import collection
from bulletin_site.search.segment import Segmenter

THIRD = "issues/2014-05-1/03.md"
VALUES = st.dictionaries(
    st.binary(max_size=3).map(lambda content: sha256(content).hexdigest()),
    st.binary(),
)


@given(values=VALUES)
def test_what_was_put_is_found_by_the_next_build(
    tmp_path_factory: pytest.TempPathFactory, values: dict[str, bytes]
) -> None:
    root = tmp_path_factory.mktemp("root")
    made = Cache()
    for key, value in values.items():
        made.put(key, value)
    write_cache(root, made)
    found = read_cache(root)
    assert {key: found.get(key) for key in values} == values
    assert not found.changed


def test_what_a_build_did_not_ask_for_is_dropped(tmp_path: Path) -> None:
    one, other = (sha256(name).hexdigest() for name in (b"1", b"2"))
    made = Cache()
    made.put(one, b"1")
    made.put(other, b"2")
    write_cache(tmp_path, made)
    second = read_cache(tmp_path)
    assert second.get(one) == b"1"
    assert second.changed
    write_cache(tmp_path, second)
    assert read_cache(tmp_path).get(other) is None


def spoilt(content: bytes) -> dict[str, bytes]:
    half = len(content) // 2
    return {
        "cut off": content[:half],
        "a byte changed": content[:half] + bytes([content[half] ^ 1]) + content[half + 1 :],
        "a key changed": bytes([content[0] ^ 1]) + content[1:],
        "empty": b"",
        "no cache at all": bytes(range(256)) * 40,
        "a length beyond the end": content[:32] + b"\xff" * 8 + content[40:],
    }


@pytest.mark.parametrize("fault", spoilt(b"0"))
def test_a_spoilt_cache_gives_the_same_index(tmp_path: Path, fault: str) -> None:
    made = Cache()
    right = searched(archive(TWO_ISSUES), made)
    write_cache(tmp_path, made)
    file = tmp_path / FOLDER / "results"
    file.write_bytes(spoilt(file.read_bytes())[fault])
    assert searched(archive(TWO_ISSUES), read_cache(tmp_path)) == right


def test_the_values_before_a_damaged_one_are_still_known(tmp_path: Path) -> None:
    names = [sha256(bytes([number])).hexdigest() for number in range(3)]
    made = Cache()
    for name in names:
        made.put(name, b"value of " + name.encode())
    write_cache(tmp_path, made)
    file = tmp_path / FOLDER / "results"
    file.write_bytes(file.read_bytes()[:-1])
    found = read_cache(tmp_path)
    assert [found.get(name) is not None for name in names] == [True, True, False]


def counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are cut into words from now on."""
    cut: list[str] = []
    own: Callable[[Segmenter, str], list[str]] = Segmenter.words_of_comparable

    def noted(self: Segmenter, compared: str) -> list[str]:
        cut.append(compared)
        return own(self, compared)

    monkeypatch.setattr(Segmenter, "words_of_comparable", noted)
    return cut


def test_articles_that_did_not_change_are_not_cut_into_words_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = Cache()
    searched(archive(TWO_ISSUES), cache)
    cut = counting(monkeypatch)
    searched(archive(TWO_ISSUES), cache)
    assert cut == []
    changed = {**TWO_ISSUES, THIRD: TWO_ISSUES[THIRD].replace("会议不再", "会上不再")}
    searched(archive(changed), cache)
    assert cut == ["会上不再印发文件。", "某市会议无纸化", ""]


@pytest.mark.parametrize("part", ["program", "dictionary"])
def test_another_program_or_dictionary_cuts_everything_anew(
    monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    cache = Cache()
    searched(archive(TWO_ISSUES), cache)
    cut = counting(monkeypatch)
    changed = dict(TWO_ISSUES)
    if part == "program":
        monkeypatch.setattr(collection, "maker_of_words", lambda _: b"another")
    else:
        settings = "issues/archive.yaml"
        changed[settings] = changed[settings].replace("云计算]", "云计算, 无纸化]")
    searched(archive(changed), cache)
    assert len(cut) == 3 * len(archive(changed).articles)


@pytest.fixture
def root_of_two_issues(tmp_path: Path) -> Path:
    return write(tmp_path, TWO_ISSUES)


def test_a_folder_that_cannot_be_written_costs_the_cache_and_nothing_else(
    root_of_two_issues: Path,
) -> None:
    (root_of_two_issues / FOLDER).write_text("in the way", "utf-8")
    assert main(["build", "--root", str(root_of_two_issues)]) == 0
    assert (root_of_two_issues / "site" / "index.html").is_file()


def test_a_clean_build_asks_no_cache_and_writes_the_same_site(root_of_two_issues: Path) -> None:
    arguments = ["build", "--root", str(root_of_two_issues)]
    assert main(arguments) == 0
    site = root_of_two_issues / "site"
    first = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}
    assert main(arguments) == 0
    assert main([*arguments, "--clean"]) == 0
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == first
    assert (root_of_two_issues / FOLDER / ".gitignore").read_text("utf-8") == "*\n"
