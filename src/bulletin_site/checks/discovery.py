"""What programs are told of the site as a whole, where it knows its address: how to search it
(OpenSearch 1.1), and where its sitemap is (robots.txt)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulletin_site.checks.built_site import REBUILD, BuiltSite, words
from bulletin_site.checks.truth import Truth
from bulletin_site.checks.xml_files import XmlError, root_of
from bulletin_site.pages import urls
from bulletin_site.problems import Problem

_OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"
_LONGEST = {"ShortName": 16, "LongName": 48, "Description": 1024}
"""Characters that the specification allows; the first and the last are required."""

_STATED = {"Language": "zh-CN", "InputEncoding": "UTF-8", "OutputEncoding": "UTF-8"}
_SEARCH_TYPE = "text/html"
_ROBOTS_LINE = re.compile(r"#.*|(?:user-agent|disallow|allow|sitemap):.*", re.IGNORECASE)
_SELF_TYPE = "application/opensearchdescription+xml"


def search_description_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge `opensearch.xml`."""
    for fault, place in _search_faults(site, truth):
        yield Problem(
            path=site.path(urls.SEARCH_DESCRIPTION),
            line=site.line(urls.SEARCH_DESCRIPTION, place),
            code="search-description",
            message=f"检索说明（OpenSearch）不对：{fault}",
            hint=REBUILD,
        )


def robots_problems(site: BuiltSite, truth: Truth) -> Iterator[Problem]:
    """Judge `robots.txt`: it names the sitemap, and shuts nobody out."""
    for fault, place in _robots_faults(site, truth):
        yield Problem(
            path=site.path(urls.ROBOTS),
            line=site.line(urls.ROBOTS, place),
            code="robots",
            message=f"robots.txt 不对：{fault}",
            hint=REBUILD,
        )


Faults = Iterator[tuple[str, str]]
"""What is wrong, and words that stand at the place."""


def _search_faults(site: BuiltSite, truth: Truth) -> Faults:
    base_url = truth.archive.base_url
    if not base_url:
        if urls.SEARCH_DESCRIPTION in site.files:
            yield "archive.yaml 没有写 base_url，不应有这个文件", ""
        return
    try:
        root = root_of(site, urls.SEARCH_DESCRIPTION, f"{_OPEN_SEARCH}OpenSearchDescription")
    except XmlError as reason:
        yield str(reason), ""
        return
    for name, longest in _LONGEST.items():
        said = [words(node.text or "") for node in root.findall(f"{_OPEN_SEARCH}{name}")]
        if len(said) != 1 or not 0 < len(said[0]) <= longest:
            yield f"应有一个 {name}，不超过 {longest} 个字", f"<{name}"
        elif not _names_the_archive(name, said[0], truth.archive.title):
            yield f"{name} 是“{said[0]}”，没有写刊名", f"<{name}"
    for name, right in _STATED.items():
        if [node.text for node in root.findall(f"{_OPEN_SEARCH}{name}")] != [right]:
            yield f"{name} 应是“{right}”", f"<{name}"
    templates = {
        (node.get("type"), node.get("rel", "results")): node.get("template")
        for node in root.findall(f"{_OPEN_SEARCH}Url")
    }
    expected = {
        (_SEARCH_TYPE, "results"): f"{base_url}/{urls.SEARCH}?q={{searchTerms}}",
        (_SELF_TYPE, "self"): urls.absolute(base_url, urls.SEARCH_DESCRIPTION),
    }
    if templates != expected:
        yield f"检索网址应是“{expected[_SEARCH_TYPE, 'results']}”", "<Url"
    images = root.findall(f"{_OPEN_SEARCH}Image")
    if [image.get("type") for image in images] != ["image/svg+xml"]:
        yield "应有一个图标，类型是 image/svg+xml", "<Image"
    for image in images:
        place = image.text or ""
        if place.removeprefix(f"{base_url}/") not in site.files:
            yield f"图标“{place}”不是网站里的文件", place


def _names_the_archive(name: str, said: str, title: str) -> bool:
    return title in said if name == "Description" else words(title).startswith(said)


def _robots_faults(site: BuiltSite, truth: Truth) -> Faults:
    base_url = truth.archive.base_url
    if not base_url:
        if urls.ROBOTS in site.files:
            yield "archive.yaml 没有写 base_url，不应有这个文件", ""
        return
    if urls.ROBOTS not in site.files:
        yield "没有这个文件", ""
        return
    lines = site.files[urls.ROBOTS].decode("utf-8", "replace").split("\n")
    rules = [
        (name.strip().lower(), value.strip())
        for name, colon, value in (line.partition("#")[0].partition(":") for line in lines)
        if colon
    ]
    sitemap = urls.absolute(base_url, urls.SITEMAP)
    if [value for name, value in rules if name == "sitemap"] != [sitemap]:
        yield f"站点地图应是“{sitemap}”", "Sitemap"
    if [value for name, value in rules if name == "user-agent"] != ["*"]:
        yield "应对所有搜索引擎都适用（User-agent: *）", "User-agent"
    strange = [line for line in lines if line.strip() and not _ROBOTS_LINE.fullmatch(line)]
    if strange:
        yield f"有一行看不懂：{strange[0]}", strange[0]
    for name, value in rules:
        if name == "disallow" and value:
            yield f"不让搜索引擎读“{value}”", "Disallow"
