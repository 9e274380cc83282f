"""The indexes that are derived from the archive once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archives import BASE, TWO_ISSUES, archive, published
from bulletin_site.pages.site import Site, derive, romanized


def with_sources(*names: str) -> Site:
    """A site of one issue whose articles come from these sources, in printed order."""
    files = {path: BASE[path] for path in ("issues/archive.yaml", "issues/2014-05-1/issue.md")}
    for number, name in enumerate(names, start=1):
        text = f"---\ntitle: 题名{number}\npage: 2\nsource: {name}\n---\n\n正文。\n"
        files[f"issues/2014-05-1/{number:02}.md"] = text
    return derive(archive(files))


def slugs(*names: str) -> dict[str, str]:
    return {name: source.slug for name, source in with_sources(*names).sources.items()}


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("文汇报", "wenhuibao"),
        ("ZDNet 存储频道", "zdnet-cunchupindao"),
        ("ZDNet CIO 与应用频道", "zdnet-cio-yuyingyongpindao"),
        ("中华人民共和国工业和信息化部", "zhonghuarenmingongheguogongyehexinxihuabu"),
        ("36氪", "36-ke"),
        ("“甲”（乙）", "jia-yi"),
        ("？！", "source"),
        ("😀", "source"),
        ("Le Monde", "le-monde"),
    ],
)
def test_a_source_is_romanized_for_its_address(name: str, slug: str) -> None:
    assert romanized(name) == slug


@given(st.text(min_size=1, max_size=200))
def test_any_name_makes_an_address(name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", romanized(name))
    assert len(romanized(name)) <= 80


def test_of_two_sources_that_sound_alike_the_first_printed_keeps_the_plain_address() -> None:
    assert slugs("李报", "理报", "礼报") == {"李报": "libao", "理报": "libao-2", "礼报": "libao-3"}
    assert slugs("理报", "李报", "李报") == {"李报": "libao-2", "理报": "libao"}


def test_no_source_takes_the_address_of_the_index() -> None:
    assert slugs("Index") == {"Index": "index-2"}


@given(
    st.lists(
        st.sampled_from(["李报", "理报", "LI BAO", "libao-2", "！", "？", "index"]), min_size=1
    )
)
def test_addresses_of_sources_differ_from_each_other(names: list[str]) -> None:
    found = slugs(*names)
    assert found.keys() == set(names)
    assert len(set(found.values())) == len(found)


@given(
    st.lists(st.sampled_from(["李报", "理报", "礼报", "文汇报"]), min_size=1),
    st.lists(st.sampled_from(["力报", "李报", "文汇报", "丽报"])),
)
def test_later_issues_change_no_address(earlier: list[str], later: list[str]) -> None:
    before = slugs(*earlier)
    after = slugs(*earlier, *later)
    assert {name: after[name] for name in before} == before


def test_the_source_with_the_most_articles_comes_first() -> None:
    assert list(with_sources("人民网", "文汇报", "安徽日报", "文汇报").sources) == [
        "文汇报",
        "安徽日报",
        "人民网",
    ]


def test_indexes_put_the_newest_issue_first_and_keep_the_printed_order_within_it() -> None:
    site = derive(archive(TWO_ISSUES))
    assert [issue.id for issue in site.newest_first] == ["2014-06-2", "2014-05-1"]
    by_topic = {topic.name: [a.id for a in found] for topic, found in site.by_topic.items()}
    assert by_topic == {
        "政务云": ["2014-06-2/01", "2014-06-2/02", "2014-05-1/01"],
        "大数据": ["2014-06-2/01", "2014-05-1/02"],
    }
    assert [a.id for a in site.sources["文汇报"].articles] == ["2014-06-2/02", "2014-05-1/01"]


def test_every_signed_article_is_found_under_its_source() -> None:
    site = derive(published().archive)
    listed = [article.id for source in site.sources.values() for article in source.articles]
    signed = [article.id for article in site.archive.articles if article.source]
    assert sorted(listed) == sorted(signed)
