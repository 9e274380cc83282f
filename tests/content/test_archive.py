"""The archive as a whole: whatever lies in `issues/`, there is an answer."""

from __future__ import annotations

import string
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archives import BASE, archive, read, write
from bulletin_site.build import build
from bulletin_site.content.archive import load
from bulletin_site.content.source import SourceFile, SourceTree, decode
from bulletin_site.inputs import read as read_inputs
from bulletin_site.problems import RULES, Problem

ARCHIVE = "issues/archive.yaml"
FIRST, SECOND, THIRD = (f"issues/2014-05-1/0{number}.md" for number in (1, 2, 3))


def codes(problems: list[Problem]) -> list[str]:
    return [found.code for found in problems]


def changed(path: str, old: str, new: str) -> dict[str, str]:
    assert old in BASE[path]
    return {**BASE, path: BASE[path].replace(old, new)}


def test_the_correct_archive_is_typed_completely() -> None:
    found = archive(BASE)
    assert (found.title, found.publisher, found.organization) == (
        "电子政务信息汇编",
        "秘书处",
        None,
    )
    assert (found.base_url, found.site_id_code) == (None, None)
    assert [topic.name for topic in found.topics] == ["政务云", "大数据"]
    assert found.dictionary == ("大数据", "云计算")
    assert [article.id for article in found.articles] == [
        "2014-05-1/01",
        "2014-05-1/02",
        "2014-05-1/03",
    ]


@pytest.mark.parametrize(
    ("written", "base_url"),
    [
        ("https://example.gov.cn", "https://example.gov.cn"),
        ("https://example.gov.cn/a/b/", "https://example.gov.cn/a/b"),
        ("http://10.0.0.1:8080/", "http://10.0.0.1:8080"),
    ],
)
def test_a_base_address_is_kept_without_a_slash_at_its_end(written: str, base_url: str) -> None:
    found = archive(changed(ARCHIVE, "publisher: 秘书处", f"base_url: {written}"))
    assert found.base_url == base_url


@pytest.mark.parametrize(
    "written", ["example.gov.cn", "ftp://a.cn", "https://", "https://a.cn/?a", "https://a.cn/#a"]
)
def test_a_base_address_that_is_none_is_said(written: str) -> None:
    found, problems = read(changed(ARCHIVE, "publisher: 秘书处", f"base_url: {written}"))
    assert codes(problems) == ["bad-address"]
    assert found.base_url is None


def test_all_mistakes_of_all_files_are_said_in_one_run() -> None:
    _, problems = read(
        {
            **BASE,
            ARCHIVE: BASE[ARCHIVE] + "titel: 甲\n",
            "issues/2014-05-1/issue.md": "---\ndate: 2014-06-31\n---\n",
            FIRST: BASE[FIRST].replace("page: 2", "page：2").replace("{p3}", "{P3}"),
            SECOND: BASE[SECOND].replace("[大数据]", "[大数剧]").replace("page: 3", "page: 三"),
            THIRD: BASE[THIRD].replace("title:", "source: 甲\nsource:"),
        }
    )
    assert set(codes(problems)) == {
        "unknown-key",
        "bad-date",
        "full-width-colon",
        "page-mark",
        "unknown-topic",
        "bad-page",
        "duplicate-key",
        "missing-key",
    }


# One mistake, one message: what follows from it is not the editor's to mend.


def test_an_article_that_cannot_be_decoded_is_not_called_missing(tmp_path: Path) -> None:
    root = write(tmp_path, {**BASE, SECOND: BASE[SECOND].encode("gb18030")})
    assert [found.code for found in build(read_inputs(root)).problems] == ["encoding"]


def test_keys_below_a_syntax_error_are_not_called_missing() -> None:
    _, problems = read(changed(SECOND, "topics: [大数据]", "topics: [大数据"))
    assert codes(problems) == ["yaml-syntax"]


def test_an_article_without_a_page_number_opens_no_gap_in_the_pages() -> None:
    files = changed(SECOND, "page: 3", "page: 三")
    files[SECOND] = files[SECOND].replace("近3亿条", "近{p4}3亿条")
    files[THIRD] = files[THIRD].replace("page: 4", "page: 5")
    _, problems = read(files)
    assert codes(problems) == ["bad-page"]


def test_articles_under_a_topic_whose_address_is_wrong_have_a_known_topic() -> None:
    _, problems = read(changed(ARCHIVE, "big-data", "Big Data"))
    assert codes(problems) == ["bad-slug"]


def test_a_topic_without_a_name_is_not_called_none() -> None:
    files = changed(ARCHIVE, "  - name: 大数据\n    slug: big-data", "  - slug: government-cloud")
    _, problems = read(files)
    assert not any("None" in found.message for found in problems)


# Whatever lies there.


@pytest.mark.parametrize("names", [[], ["说明.txt"], ["2014-05-1/01.docx"]])
def test_a_folder_without_a_single_text_is_said_to_be_empty(
    names: list[str], tmp_path: Path
) -> None:
    (tmp_path / "issues").mkdir()
    root = write(tmp_path, {f"issues/{name}": b"x" for name in names})
    result = build(read_inputs(root))
    assert result.files is None
    assert {"missing-file", "empty-archive"} & {found.code for found in result.problems}


@pytest.mark.parametrize("slug", ["index"])
def test_a_topic_may_not_take_the_address_of_the_topic_index(slug: str, tmp_path: Path) -> None:
    result = build(read_inputs(write(tmp_path, changed(ARCHIVE, "big-data", slug))))
    assert [found.path for found in result.problems] == [ARCHIVE]


@pytest.mark.parametrize(
    "alias", ["index.html/a.html", "issues/2014-05-1/01.html/a.html", "search.html/a/b.html"]
)
def test_an_old_address_may_not_lie_below_a_page(alias: str, tmp_path: Path) -> None:
    files = changed(THIRD, "page: 4", f"page: 4\naliases: {alias}")
    result = build(read_inputs(write(tmp_path, files)))
    assert [(found.path, found.line) for found in result.problems] == [(THIRD, 4)]


NAMES = st.sampled_from(
    [
        ARCHIVE,
        FIRST,
        SECOND,
        THIRD,
        "issues/2014-05-1/issue.md",
        "issues/2014-06-1/issue.md",
        "issues/2014-06-1/01.md",
        "issues/2014-6-1/01.md",
        "issues/说明.md",
        "issues/2014-05-1/甲/01.md",
        "issues/x.yaml",
    ]
)
PIECES = st.sampled_from(
    [
        "---\n",
        "\n",
        "title: 甲\n",
        "title：甲\n",
        "page: 2\n",
        "page: 3\n",
        "date: 2014-05-09\n",
        "date: 2014年6月31日\n",
        "topics: [政务云]\n",
        "topics:\n  - name: 政务云\n    slug: cloud\n",
        "topics_assigned: later\n",
        "corrections:\n  - date: 2014-06-01\n    text: 甲\n",
        "corrections: [甲, {text: 乙}]\n",
        "aliases: [a.html]\n",
        "keywords: &a [*a]\n",
        "source: （文汇报）\n",
        "正文{p3}正文“\n",
        "{p4}\n",
        "{第5页}\n",
        "- *甲{p5}乙*\n",
        "| 甲 |\n|---|\n| {p4} |\n",
        "```\n{p4}\n",
        "\x00\x85\u2028\t: [",
    ]
)
FILES = st.dictionaries(
    NAMES,
    st.one_of(
        st.lists(PIECES, max_size=12).map("".join).map(str.encode),
        st.text().map(lambda text: text.encode("utf-8", "replace")),
        st.binary(),
        st.sampled_from(sorted(BASE.values())).map(str.encode),
    ),
)


@settings(max_examples=300, deadline=None)
@given(FILES)
def test_any_files_load_or_are_problems_on_lines_that_exist(files: Mapping[str, bytes]) -> None:
    texts = {path: decode(path, data) for path, data in sorted(files.items())}
    tree = SourceTree(
        files={
            path: SourceFile(path=path, text=text)
            for path, text in texts.items()
            if isinstance(text, str)
        },
    )
    _, problems = load(tree)
    for found in problems:
        assert found.code in RULES
        assert found.message
        assert found.hint
        file = tree.files.get(found.path)
        lines = file.text.count("\n") + 1 if file else 0
        assert 0 <= found.line <= lines


@given(st.text(string.digits + "-年", max_size=10))
def test_any_name_of_a_folder_is_an_issue_or_a_problem(name: str) -> None:
    found, problems = read(
        {
            ARCHIVE: BASE[ARCHIVE],
            f"issues/{name}/issue.md": "---\ndate: 2014-05-09\n---\n",
            f"issues/{name}/01.md": BASE[THIRD],
        }
    )
    assert bool(found.issues) != bool({"issue-name", "stray-file"} & set(codes(problems)))
