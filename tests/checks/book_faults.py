"""Faults in the EPUB of an issue: each of its promises broken once."""

from __future__ import annotations

import io
from collections.abc import Callable, MutableMapping
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from bulletin_site.zipped import stored
from checks.planting import BASE_URL, Fault, put, removed

BOOK = "issues/2014-05-1/2014-05-1.epub"
SECOND = "issues/2014-06-2/2014-06-2.epub"
PACKAGE = "EPUB/package.opf"
NAV = "EPUB/nav.xhtml"
COVER = "EPUB/2014-05-1/index.xhtml"
ARTICLE = "EPUB/2014-05-1/06.xhtml"  # printed pages 5 to 7, so with two page breaks
FIRST = "EPUB/2014-05-1/01.xhtml"  # begins a page

Entries = MutableMapping[str, bytes]


def in_book(name: str, edit: Callable[[Entries], None], book: str = BOOK) -> Fault:
    """The EPUB has other files in it, or others in their place."""

    def change(files: MutableMapping[str, bytes]) -> None:
        with ZipFile(io.BytesIO(files[book])) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        before = dict(entries)
        edit(entries)
        assert list(entries.items()) != list(before.items())
        files[book] = stored(entries.items())

    return Fault(name=name, code="epub", at=book, change=change)


def said(name: str, entry: str, old: str, new: str, book: str = BOOK) -> Fault:
    """The first `old` in a file of the EPUB becomes `new`."""

    def edit(entries: Entries) -> None:
        text = entries[entry].decode()
        assert old in text, f"{entry} has no {old!r} to break"
        entries[entry] = text.replace(old, new, 1).encode()

    return in_book(name, edit, book)


def zipped(name: str, write: Callable[[ZipFile, Entries], None]) -> Fault:
    """The zip is written in another way."""

    def change(files: MutableMapping[str, bytes]) -> None:
        with ZipFile(io.BytesIO(files[BOOK])) as archive:
            entries = {name: archive.read(name) for name in archive.namelist()}
        stream = io.BytesIO()
        with ZipFile(stream, "w") as archive:
            write(archive, entries)
        files[BOOK] = stream.getvalue()

    return Fault(name=name, code="epub", at=BOOK, change=change)


def _deflated(archive: ZipFile, entries: Entries) -> None:
    for name, content in entries.items():
        archive.writestr(name, content, ZIP_DEFLATED if name == ARTICLE else ZIP_STORED)


def _type_last(entries: Entries) -> None:
    entries["mimetype"] = entries.pop("mimetype")


def _mark_moved(entries: Entries) -> None:
    """Page 6 begins two characters too early."""
    text = entries[ARTICLE].decode()
    start = text.index('<span class="page-break"')
    end = text.index("</span>", start) + len("</span>")
    mark = text[start:end]
    entries[ARTICLE] = (text[: start - 2] + mark + text[start - 2 : start] + text[end:]).encode()


def _mark_after_title(entries: Entries) -> None:
    text = entries[FIRST].decode()
    start = text.index('<p class="page-break-line">')
    end = text.index("</p>", start) + len("</p>")
    without = text[:start] + text[end:]
    entries[FIRST] = without.replace("</h1>", f"</h1>{text[start:end]}", 1).encode()


def _pages_swapped(entries: Entries) -> None:
    lines = entries[NAV].decode().split("\n")
    at = next(number for number, line in enumerate(lines) if "#p3" in line)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    entries[NAV] = "\n".join(lines).encode()


def _articles_swapped(entries: Entries) -> None:
    lines = entries[PACKAGE].decode().split("\n")
    at = next(number for number, line in enumerate(lines) if 'idref="d3"' in line)
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    entries[PACKAGE] = "\n".join(lines).encode()


BOOKS = [
    removed("epub", "an issue has no EPUB", BOOK),
    put("epub", "an EPUB is no zip", BOOK, b"PK"),
    zipped("an EPUB has a compressed file", _deflated),
    zipped("an EPUB is empty", lambda archive, entries: None),
    in_book("an EPUB does not begin with its type", _type_last),
    in_book("an EPUB says another type", lambda entries: entries.update(mimetype=b"application/zip")),
    in_book("an EPUB has no container", lambda entries: entries.__delitem__("META-INF/container.xml")),
    said("an EPUB's container names no package", "META-INF/container.xml", 'full-path="EPUB/package.opf"', 'full-path="EPUB/book.opf"'),
    said("an EPUB's package is no XML", PACKAGE, "</metadata>", "<metadata>"),
    in_book("an EPUB has a file that it does not list", lambda entries: entries.update({"EPUB/more.xhtml": entries[ARTICLE]})),
    in_book("an EPUB lacks an article that it lists", lambda entries: entries.__delitem__(ARTICLE)),
    in_book("an EPUB lacks its style sheet", lambda entries: entries.__delitem__("EPUB/book.css")),
    said("an EPUB lists a file as what it is not", PACKAGE, 'media-type="text/css"', 'media-type="text/html"'),
    said("an EPUB has another title", PACKAGE, "五月第一期</dc:title>", "五月第二期</dc:title>"),
    said("an EPUB has another language", PACKAGE, "<dc:language>zh-CN", "<dc:language>en"),
    said("an EPUB has the id of another", PACKAGE, "urn:uuid:348f6ff2", "urn:uuid:348f6ff3"),
    said("an EPUB does not say which id is its own", PACKAGE, 'unique-identifier="identifier"', 'unique-identifier="id"'),
    said("an EPUB has another day", PACKAGE, "<dc:date>2014-05-09", "<dc:date>2014-05-10"),
    said("an EPUB has another publisher", PACKAGE, "<dc:publisher>秘书处", "<dc:publisher>编辑部"),
    said("an EPUB invents an author", PACKAGE, "<dc:date>", "<dc:creator>某人</dc:creator><dc:date>"),
    said("an EPUB was changed on another day", PACKAGE, "2014-05-09T00:00:00Z", "2014-05-10T00:00:00Z"),
    said("an EPUB does not say whose pages it marks", PACKAGE, ">pagination<", ">text<"),
    said("an EPUB does not say how it is read", PACKAGE, '"schema:accessMode">textual', '"schema:accessMode">visual'),
    said("an EPUB does not say that it marks pages", PACKAGE, "pageBreakMarkers", "none"),
    said("an EPUB does not say that it is harmless", PACKAGE, '"schema:accessibilityHazard">none', '"schema:accessibilityHazard">unknown'),
    said("an EPUB does not sum up for whom it is", PACKAGE, "accessibilitySummary", "accessibilityAPI"),
    in_book("an EPUB has two articles in the wrong order", _articles_swapped),
    said("an EPUB does not say where its contents are", PACKAGE, ' properties="nav"', ""),
    said("an EPUB has no list of pages", NAV, 'epub:type="page-list"', 'epub:type="lot"'),
    said("an EPUB lists a page under another number", NAV, "#p5\">5<", "#p5\">6<"),
    said("an EPUB's list of pages leads to another place", NAV, '06.xhtml#p6">6', '06.xhtml#p7">6'),
    in_book("an EPUB lists pages in the wrong order", _pages_swapped),
    said("an EPUB's contents name an article otherwise", NAV, "6、大数据时代的江苏策略", "6、大数据时代的浙江策略"),
    said("an EPUB's contents lead to another article", NAV, '"2014-05-1/06.xhtml">6', '"2014-05-1/05.xhtml">6'),
    said("an EPUB's contents lead nowhere", NAV, '"2014-05-1/06.xhtml">6', '"2014-05-1/66.xhtml">6'),
    said("an EPUB's landmarks lack the text", NAV, 'epub:type="bodymatter"', 'epub:type="backmatter"'),
    said("an EPUB's landmark leads to a missing place", NAV, "#contents", "#content"),
    said("an EPUB's cover has another page for an article", COVER, '">第7页', '">第6页'),
    said("an EPUB's cover leads to another page", COVER, "06.xhtml#p7", "06.xhtml#p6"),
    said("an EPUB's cover leads to another article", COVER, 'href="06.xhtml">6', 'href="05.xhtml">6'),
    said("an EPUB's cover calls an article otherwise", COVER, "6、大数据时代的江苏策略", "6、大数据时代的浙江策略"),
    said("an EPUB's cover is that of another issue", COVER, '<span class="issue">2014年五月第一期', '<span class="issue">2014年五月第二期'),
    said("an EPUB's cover leads to a missing page", COVER, "06.xhtml#p7", "06.xhtml#p9"),
    said("an EPUB lost a character of an article", ARTICLE, "抢占大数据发展先机", "抢占大数据发展机"),
    said("an EPUB shows more than an article", ARTICLE, '<div class="body">', '<div class="body"><p>编者按。</p>'),
    said("an EPUB has an article under another title", ARTICLE, "6、大数据时代的江苏策略</h1>", "7、大数据时代的江苏策略</h1>"),
    said("an EPUB has no place for a text", ARTICLE, 'class="body"', 'class="text"'),
    said("an EPUB has an article with another source", ARTICLE, '<p class="source">（新华网', '<p class="source">（人民网'),
    said("an EPUB corrects what was not corrected", ARTICLE, "</article>", '<section class="corrections"><dl><dd>甲应为乙。</dd></dl></section></article>'),
    in_book("an EPUB's page begins two characters too early", _mark_moved),
    in_book("an EPUB's page begins after the title", _mark_after_title),
    said("an EPUB's page is called otherwise", ARTICLE, 'aria-label="第6页"', 'aria-label="第9页"'),
    said("an EPUB's page has no name", ARTICLE, 'aria-label="第6页"', ""),
    said("an EPUB's page is not marked", ARTICLE, 'epub:type="pagebreak" role="doc-pagebreak"', ""),
    said("an EPUB's page cannot be reached", ARTICLE, 'id="p6"', 'id="q6"'),
    said("an EPUB marks a page that does not begin there", ARTICLE, "<h1>", '<span epub:type="pagebreak" role="doc-pagebreak" id="p5" aria-label="第5页"></span><h1>'),
    said("an EPUB's article says no language", ARTICLE, ' xml:lang="zh-CN"', ""),
    said("an EPUB's page shows another number", ARTICLE, 'data-page="6"', 'data-page="7"'),
    said("an EPUB's article is called otherwise by readers", ARTICLE, "<title>大数据时代的江苏策略", "<title>大数据时代的浙江策略"),
    said("an EPUB's article links to another site", ARTICLE, "面对大数据时代", '<a href="https://www.example.com/">面对</a>大数据时代'),
    said("an EPUB's cover has another day", COVER, "2014年5月9日</time>", "2014年5月8日</time>"),
    said("an EPUB is read from right to left", PACKAGE, 'page-progression-direction="ltr"', 'page-progression-direction="rtl"'),
    said("an EPUB's style fetches a file", "EPUB/book.css", "{", "{background:url(https://www.example.com/a.png);"),
    said("an EPUB has an id twice", ARTICLE, "<h1>", '<h1 id="p6">'),
    said("an EPUB runs a script", ARTICLE, "</head>", "<script>alert(1)</script></head>"),
    said("an EPUB waits for a click", ARTICLE, "<h1>", '<h1 onclick="alert(1)">'),
    said("an EPUB fetches a picture", ARTICLE, "</h1>", '</h1><img src="https://www.example.com/a.png" alt=""/>'),
    said("an EPUB's link runs a script", ARTICLE, "</h1>", '</h1><a href="javascript:alert(1)">见此</a>'),
    said("an EPUB has an entity", ARTICLE, "<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "甲">]>'),
    said("an EPUB's note lost a character", "EPUB/2014-06-2/index.xhtml", '<section class="note" aria-label="编者说明">\n<p>', '<section class="note" aria-label="编者说明">\n<p>按', SECOND),
]  # fmt: skip

PUBLISHED_BOOKS = [
    said("an EPUB does not say where it is published", PACKAGE, f"{BASE_URL}/issues/2014-05-1", f"{BASE_URL}/issues/2014-05-2"),
    said("an EPUB forgets its last correction's day", PACKAGE, "2014-07-02T00:00:00Z", "2014-06-13T00:00:00Z", SECOND),
    said("an EPUB's correction says something else", "EPUB/2014-06-2/13.xhtml", "漏排了来源", "漏排了题名", SECOND),
    said("an EPUB does not say what was withdrawn", "EPUB/2014-06-2/index.xhtml", 'class="withdrawn"', 'class="others"', SECOND),
    said("an EPUB gives another reason for what was withdrawn", "EPUB/2014-06-2/index.xhtml", "应原作者要求", "应读者要求", SECOND),
]  # fmt: skip
