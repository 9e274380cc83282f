"""An archive as content for Hugo: Markdown files with front matter, for the templates in `hugo/`.

What Hugo has no means for is worked out here, where nobody measures it, in its favour: what stands
on each printed page, the numbers of paragraphs, the beginnings of texts, the addresses of sources,
which years have pages of their own. Hugo's are the Markdown, the sections and taxonomies, the
neighbours, the lists, all heads and all templates.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import urlsplit

from bulletin_site.cache import Cache
from bulletin_site.content.archive import load
from bulletin_site.content.model import Archive, Article, Issue
from bulletin_site.content.pagination import begins_a_page, printed_pages
from bulletin_site.content.source import tree_of
from bulletin_site.inputs import read
from bulletin_site.pages import urls
from bulletin_site.pages.article import beginning
from bulletin_site.pages.issue import issue_column
from bulletin_site.pages.listing import list_pages
from bulletin_site.pages.metadata import last_correction
from bulletin_site.pages.parts import day, span
from bulletin_site.pages.references import keywords
from bulletin_site.pages.site import Site, derive

HERE = Path(__file__).with_name("hugo")
PIECE = "<!-- piece -->"
"""Parts the articles on a printed page; printed.html takes them apart again."""

NAVIGATION = (
    ("首页", urls.HOME),
    ("各期", urls.ISSUES),
    ("主题", urls.TOPICS),
    ("来源", urls.SOURCES),
    ("检索", urls.SEARCH),
)
SEARCH_START = 'new PagefindUI({element: "#search", showSubResults: false});\n'

_MARK = re.compile(r"\{p([1-9][0-9]*)\}")
_OUTER_MARKS = re.compile(r"^((?:\{p[0-9]+\})*)(.*?)((?:\{p[0-9]+\})*)$", re.DOTALL)
_ITEM = re.compile(r"^([0-9]+)([.)])", re.MULTILINE)


def write(root: Path, folder: Path, base_url: str) -> None:
    """Make `folder` Hugo's site of the archive at `root`. Files that are right already are not
    touched; what the archive no longer has is not removed."""
    archive, problems = load(tree_of(read(root).issues)[0], Cache())
    if not archive.articles:
        raise SystemExit(f"{root}: {problems[:3]}")
    shutil.copytree(HERE / "layouts", folder / "layouts", dirs_exist_ok=True)
    shutil.copytree(root / "templates" / "assets", folder / "static/assets", dirs_exist_ok=True)
    for name, text in files(derive(archive), base_url):
        file = folder / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")


def files(site: Site, base_url: str) -> Iterator[tuple[str, str]]:
    """Paths in Hugo's folder and their texts."""
    yield from _settings(site.archive, base_url)
    yield from _single_pages(site)
    for position, issue in enumerate(site.newest_first):
        yield from _issue(site.archive, issue, position)
        for article in issue.articles:
            yield _article(site, issue, article, position)
    yield from _topics(site)
    yield from _sources(site)


def _settings(archive: Archive, base_url: str) -> Iterator[tuple[str, str]]:
    own = {"title": archive.title, "baseURL": f"{base_url}/"}
    lines = "".join(f"{name} = {_quoted(value)}\n" for name, value in own.items())
    yield "hugo.toml", lines + (HERE / "hugo.toml").read_text("utf-8")
    params: dict[str, object] = {
        "domain": urlsplit(base_url).netloc,
        "publisher": archive.publisher,
        "navigation": [{"text": text, "href": f"/{address}"} for text, address in NAVIGATION],
    }
    yield "config/_default/params.json", _quoted(params)
    yield "static/assets/pagefind-start.js", SEARCH_START
    yield (
        "static/opensearch.xml",
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{archive.title}</ShortName>"
        f'<Url type="text/html" template="{base_url}/search.html?q={{searchTerms}}"/>'
        "</OpenSearchDescription>\n",
    )


def _single_pages(site: Site) -> Iterator[tuple[str, str]]:
    archive = site.archive
    issues, articles = len(archive.issues), len(archive.articles)
    names = [topic.name for topic in archive.topics]
    yield _page(
        "_index",
        urls.HOME,
        title=archive.title,
        kind="首页",
        description=f"{archive.title}全文库：{issues} 期、{articles} 篇文章，"
        "按期、按印刷页码、按主题阅读，全文检索。",
        keywords=names,
        articles=articles,
    )
    yield _page(
        "issues/_index",
        urls.ISSUES,
        title="各期",
        layout="issues",
        kind="期刊索引",
        description=f"各期目录：{issues} 期、{articles} 篇文章，按年排列。",
    )
    yield _page(
        "topics/_index",
        urls.TOPICS,
        title="主题",
        layout="topics",
        kind="栏目索引",
        description=f"按主题浏览：{'、'.join(names)}。",
        keywords=names,
    )
    yield _page(
        "sources/_index",
        urls.SOURCES,
        title="来源",
        layout="sources",
        kind="来源索引",
        description=f"按来源浏览：{len(site.sources)} 家媒体和网站。",
        without=sum(not article.source for article in archive.articles),
    )
    corrected = [
        {"article": f"/issues/{article.id}"} | line
        for issue in site.newest_first
        for article in issue.articles
        for line in _corrections(article)
    ]
    yield _page(
        "corrections",
        urls.CORRECTIONS,
        title="勘误",
        layout="corrections",
        kind="勘误",
        description=f"{archive.title}各期的勘误，共 {len(corrected)} 条。",
        corrections=sorted(corrected, key=lambda line: line["date"], reverse=True),
    )
    yield _page(
        "search",
        urls.SEARCH,
        title="检索",
        layout="search",
        kind="检索",
        description=f"检索{archive.title}的全文、题名和来源。",
    )
    for unlisted in ("printed", "whole", "years"):
        # Else Hugo makes a page that lists the section.
        yield _page(f"{unlisted}/_index", "", build={"render": "never", "list": "never"})


def _issue(archive: Archive, issue: Issue, position: int) -> Iterator[tuple[str, str]]:
    column = issue_column(issue)
    common = {"date": issue.date.isoformat(), "issue": issue.id}
    yield _page(
        f"issues/{issue.id}/_index",
        urls.issue(issue.id),
        title=issue.name,
        layout="issue",
        date=issue.date.isoformat(),
        weight=position + 1,
        id=issue.id,
        year=str(issue.date.year),  # Hugo groups by strings, not by numbers
        label=issue.label,
        kind=column.kind,
        description=column.description,
        keywords=column.keywords,
        organization=issue.organization or archive.organization,
        publisher=issue.publisher,
        articles=len(issue.articles),
        first_page=issue.pages.first,
        last_page=issue.pages.last,
        topics_printed=issue.topics_printed,
        body=issue.note.markdown,
    )
    yield _page(
        f"whole/{issue.id}",
        urls.whole_issue(issue.id),
        **common,
        title=f"{issue.name}（整期）",
        layout="whole",
        kind="整期",
        step="整期阅读",
        description=f"{issue.name}全文：{len(issue.articles)} 篇，印刷版{span(issue.pages)}。",
    )
    pieces = {article.id: _pieces(article) for article in issue.articles}
    for page in printed_pages(issue):
        titles = "；".join(piece.article.title for piece in page.pieces)
        yield _page(
            f"printed/{issue.id}/p{page.number}",
            urls.printed_page(issue.id, page.number),
            **common,
            title=f"{issue.name} 第{page.number}页",
            layout="printed",
            kind="印刷页",
            step=f"第{page.number}页",
            description=f"印刷版第{page.number}页：{titles}。",
            number=page.number,
            pieces=[
                {"place": f"{one.article.number:02}", "begins": one.begins, "ends": one.ends}
                for one in page.pieces
            ],
            body=f"\n\n{PIECE}\n\n".join(
                pieces[one.article.id].get(page.number, "") for one in page.pieces
            ),
        )


def _article(site: Site, issue: Issue, article: Article, position: int) -> tuple[str, str]:
    source = site.sources[article.source] if article.source else None
    return _page(
        f"issues/{article.id}",
        urls.article(article.id),
        title=article.title,
        layout="article",
        date=issue.date.isoformat(),
        # As indexes have them: the newest issue first, in an issue as printed.
        weight=(position + 1) * 100 + article.number,
        description=beginning(article),
        issue=issue.id,
        place=f"{article.number:02}",
        number=article.number,
        anchor=urls.article_anchor(article.number),
        year=str(issue.date.year),  # Hugo groups by strings, not by numbers
        first_page=article.pages.first,
        last_page=article.pages.last,
        begins_page=begins_a_page(issue, article),
        source=article.source,
        sources=[source.slug] if source else None,
        topics=[topic.slug for topic in article.topics],
        keywords=keywords(article),
        corrections=_corrections(article),
        changed=last_correction(article),
        body=_body(article),
    )


def _topics(site: Site) -> Iterator[tuple[str, str]]:
    for position, (topic, articles) in enumerate(site.by_topic.items()):
        first = urls.topic(topic.slug)
        for part in list_pages(site, articles, first):
            when = f"{part.year}年" if part.year else ""
            own = f"主题“{topic.name}”{when}的 {part.count} 篇文章。"
            yield _page(
                _list_place("topics", topic.slug, part.year),
                part.address,
                title=part.title(topic.name),
                layout="topic",
                kind="主题",
                description=own if part.year else own + topic.description,
                index={"text": "主题", "href": f"/{urls.TOPICS}"},
                **_part(f"/topics/{topic.slug}", part.year),
                lead=None if part.year else topic.description,
                weight=position + 1,
            )


def _sources(site: Site) -> Iterator[tuple[str, str]]:
    for position, source in enumerate(site.sources.values()):
        first = urls.source(source.slug)
        for part in list_pages(site, source.articles, first):
            when = f"（{part.year}年）" if part.year else ""
            yield _page(
                _list_place("sources", source.slug, part.year),
                part.address,
                title=part.title(source.name),
                layout="source",
                kind="来源",
                description=f"选自“{source.name}”的 {part.count} 篇文章{when}。",
                index={"text": "来源", "href": f"/{urls.SOURCES}"},
                **_part(f"/sources/{source.slug}", part.year),
                weight=position + 1,
            )


def _list_place(taxonomy: str, slug: str, year: int | None) -> str:
    return f"years/{taxonomy}/{slug}/{year}" if year else f"{taxonomy}/{slug}/_index"


def _part(whole: str, year: int | None) -> dict[str, str]:
    """What a page of one year knows of its list."""
    return {"list": whole, "year": str(year), "step": f"{year}年"} if year else {}


def _page(path: str, address: str, body: str = "", **fields: object) -> tuple[str, str]:
    """A content file; fields that are missing or empty are left out."""
    nav = next((f"/{place}" for _, place in NAVIGATION if place == address), None)
    head = {"url": f"/{address}" if address else None, "nav": nav, **fields}
    told = {name: value for name, value in head.items() if value not in (None, "", [], ())}
    # JSON and not YAML: Hugo reads it in a third less of its whole time.
    return f"content/{path}.md", f"{_quoted(told)}\n\n{body}"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _corrections(article: Article) -> list[dict[str, str]]:
    return [
        {"date": one.date.isoformat(), "day": day(one.date).text, "text": one.text}
        for one in article.corrections
    ]


def _body(article: Article) -> str:
    """The Markdown of an article's page: paragraphs with their places, page breaks as HTML."""
    blocks: list[str] = []
    number = 0
    for block in _blocks(article.body.markdown):
        before, text, after = _outer_marks(block)
        blocks += map(_break_line, before)
        if text.startswith("#"):
            blocks.append(text)
        elif text:
            number += 1
            shown = _MARK.sub(lambda mark: _page_mark(int(mark[1])), text)
            blocks.append(f"{_as_text(shown)}\n{{#s{number}}}")
        blocks += map(_break_line, after)
    return "\n\n".join(blocks) + "\n"


def _pieces(article: Article) -> dict[int, str]:
    """What of an article stands on each printed page, as Markdown."""
    page = article.first_page
    pieces: dict[int, list[str]] = {page: []}
    for block in _blocks(article.body.markdown):
        parts = _MARK.split(block)
        marks = chain([None], parts[1::2])
        for position, (mark, text) in enumerate(zip(marks, parts[::2], strict=True)):
            if mark:
                page = int(mark)
                pieces[page] = []
            if text.strip():
                resumed = "\n{.resumed}" if position and parts[0].strip() else ""
                pieces[page].append(_as_text(text) + resumed)
    return {number: "\n\n".join(texts) for number, texts in pieces.items()}


def _blocks(markdown: str) -> list[str]:
    """Paragraphs and headings; HTML and entities stay text as they do with us."""
    text = markdown.replace("&", "\\&").replace("<", "\\<").strip()
    return re.split(r"\n{2,}", text) if text else []


def _as_text(paragraph: str) -> str:
    """Numbered items stay paragraphs that begin with their printed number."""
    return _ITEM.sub(r"\1\\\2", paragraph)


def _outer_marks(block: str) -> tuple[list[int], str, list[int]]:
    """The marks at either end of a paragraph, which stand outside of it."""
    found = _OUTER_MARKS.match(block)
    assert found
    before, text, after = found.groups()
    return [*map(int, _MARK.findall(before))], text, [*map(int, _MARK.findall(after))]


def _break_line(page: int) -> str:
    return f'<div class="page-break-line">{_page_mark(page)}</div>'


def _page_mark(page: int) -> str:
    return (
        f'<span class="page-break" role="doc-pagebreak" id="p{page}" title="第{page}页"></span>'
        f'<a class="page-number" href="p{page}.html" aria-label="印刷版第{page}页"'
        f' data-page="{page}"></a>'
    )
