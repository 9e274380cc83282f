"""Each fault is planted alone into a correct site and must be found by its own rule, in its file."""

import re
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bulletin_site.problems import RULES
from checks.book_faults import BOOKS, PUBLISHED_BOOKS
from checks.page_faults import PAGES, PUBLISHED_PAGES
from checks.planting import (
    BASE_URL,
    Fault,
    Site,
    added,
    in_article,
    in_index,
    in_script,
    put,
    removed,
    replaced,
)

HOME = "index.html"
ISSUE = "issues/2014-05-1/index.html"
ARTICLE = "issues/2014-05-1/06.html"  # printed pages 5 to 7, so with two page breaks
WHOLE = "issues/2014-05-1/full.html"
SHORT = "issues/2014-05-1/05.html"  # printed page 5 only
EDITION = "issues/2014-05-1/2014-05-1.pdf"
PAGE = "issues/2014-05-1/p5.html"  # the end of article 4, article 5, the beginning of article 6
CORRECTIONS = "corrections.html"
TOPIC = "topics/big-data.html"
SEARCH = "search.html"
STYLE = "assets/site.css"
MOVED = "issues/2014-04-9"  # the folder from which an issue has moved
NOTICE = "issues/2014-06-2/14.html"  # an article that was withdrawn
ICON = '<img src="assets/icon.svg" alt="">'

EDITIONS = [
    put("pdf-page", "a PDF is none", EDITION, b"<!doctype html>"),
    put("pdf-page", "a PDF is empty", EDITION, b""),
    put("pdf-page", "a PDF is cut off", EDITION, b"%PDF-1.7\n1 0 obj\n<</Type/Catalog"),
]
"""The faults of a PDF that can be read: test_planted_in_editions.py."""

LINKS = [
    replaced("broken-link", "a link names a missing file", ISSUE, 'href="05.html"', 'href="55.html"'),
    replaced("broken-link", "a link has other capitals", TOPIC, 'href="index.html"', 'href="Index.html"'),
    replaced("broken-link", "a link goes up one folder too few", SHORT, 'href="../../corrections.html"', 'href="../corrections.html"'),
    replaced("broken-link", "a link names a folder", TOPIC, 'href="../index.html"', 'href="../"'),
    replaced("broken-link", "a link has a slash after the file", ISSUE, 'href="05.html"', 'href="05.html/"'),
    replaced("broken-link", "a link has two slashes", TOPIC, 'href="../search.html"', 'href="..//search.html"'),
    replaced("broken-link", "a link is percent-encoded twice", ISSUE, 'href="05.html"', 'href="05%252ehtml"'),
    replaced("broken-link", "a link hides its file in an encoded slash", ISSUE, 'href="05.html"', 'href="x%2F05.html"'),
    replaced("broken-link", "a form leads nowhere", ISSUE, 'action="../../search.html"', 'action="../../find.html"'),
    replaced("broken-link", "the search page looks for its index in the wrong place", SEARCH, 'data-catalog="search/', 'data-catalog="find/'),
    removed("broken-link", "the style sheet is missing", STYLE, at=HOME),
    removed("broken-link", "the icon is missing", "assets/icon.svg", at="404.html"),
    removed("broken-link", "a script is missing", "assets/search-page.js", at=SEARCH),
    removed("broken-link", "the feed is missing and linked", "feed.xml", at=HOME),
    added("broken-link", "a picture is missing", HOME, '<img src="missing.svg" alt="">'),
    added("broken-link", "a picture has an empty address", HOME, '<img src="" alt="">'),
    added("broken-link", "one size of a picture is missing", HOME, '<img src="assets/icon.svg" srcset="assets/icon.svg 1x, missing.svg 2x" alt="">'),
    added("broken-link", "the poster of a film is missing", HOME, '<video poster="missing.svg"></video>'),
    added("broken-link", "the source of a sound is missing", HOME, '<audio><source src="missing.ogg"></audio>'),
    added("broken-link", "an embedded object is missing", HOME, '<object data="missing.svg"></object>'),
    added("broken-link", "a frame is missing", HOME, '<iframe src="missing.html"></iframe>'),
    added("broken-link", "a drawing uses a missing file", HOME, '<svg><use xlink:href="missing.svg#x"></use></svg>'),
    added("broken-link", "a button sends the form to a missing page", HOME, '<button formaction="missing.html">检索</button>'),
    added("broken-link", "the source of a quotation is missing", HOME, '<blockquote cite="missing.html"></blockquote>'),
    replaced("broken-link", "a page leads on to a missing page", HOME, "<title>", '<meta http-equiv="refresh" content="0; url=missing.html"><title>'),
    put("broken-link", "a style sheet uses a missing file", STYLE, b"body { background: url('missing.png') }"),
    put("broken-link", "a style sheet imports a missing one", STYLE, b'@import "missing.css";'),
    put("broken-link", "a picture uses a missing one", "assets/icon.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="missing.png"/></svg>'),
    replaced("broken-anchor", "a link names a missing place on another page", ISSUE, "p5.html#a05", "p5.html#a99"),
    replaced("broken-anchor", "a place is gone", PAGE, ' id="a05"', "", at=ISSUE),
    replaced("broken-anchor", "an anchor has other capitals", ISSUE, "p5.html#a05", "p5.html#A05"),
    replaced("broken-anchor", "an anchor is encoded twice", ISSUE, "p5.html#a05", "p5.html#a%25305"),
    added("broken-anchor", "a link names a missing place on its own page", HOME, '<a href="#nowhere">见此</a>'),
    replaced("absolute-link", "a link begins at the server's root", ISSUE, 'href="05.html"', 'href="/issues/2014-05-1/05.html"'),
    replaced("absolute-link", "a link goes up out of the site", HOME, 'href="search.html"', 'href="../site/search.html"'),
    replaced("absolute-link", "a link climbs out in percent-encoding", HOME, 'href="search.html"', 'href="%2e%2e/site/search.html"'),
    replaced("absolute-link", "a link names a file on a disk", HOME, 'href="search.html"', 'href="file:///C:/site/search.html"'),
    replaced("absolute-link", "a link has backslashes", ISSUE, 'href="../../search.html"', 'href="..\\..\\search.html"'),
    replaced("absolute-link", "a link takes the scheme of the page", HOME, 'href="search.html"', 'href="//www.example.gov.cn/search.html"'),
    replaced("absolute-link", "a page fixes what its links are relative to", HOME, "<title>", '<base href="topics/"><title>'),
    replaced("external-request", "a style sheet comes from elsewhere", HOME, 'href="assets/site.css"', 'href="https://cdn.example.com/site.css"'),
    replaced("external-request", "a script comes from elsewhere", SEARCH, 'src="assets/search-page.js"', 'src="https://cdn.example.com/search-page.js"'),
    replaced("external-request", "a script takes the scheme of the page", SEARCH, 'src="assets/search-page.js"', 'src="//cdn.example.com/search-page.js"'),
    replaced("external-request", "an icon comes from elsewhere", HOME, 'href="assets/icon.svg"', 'href="http://cdn.example.com/icon.svg"'),
    replaced("external-request", "a font is fetched in advance", HOME, "<title>", '<link rel="preload" as="font" href="https://fonts.example.com/song.woff2"><title>'),
    replaced("external-request", "a connection is opened in advance", HOME, "<title>", '<link rel="preconnect" href="https://fonts.example.com"><title>'),
    replaced("external-request", "the page leads on elsewhere by itself", HOME, "<title>", '<meta http-equiv="refresh" content="5;URL=\'https://www.example.com/\'"><title>'),
    replaced("external-request", "the search words are sent elsewhere", HOME, 'action="search.html"', 'action="https://search.example.com/"'),
    added("external-request", "a picture comes from elsewhere", HOME, '<img src="https://www.example.com/a.png" alt="">'),
    added("external-request", "one size of a picture comes from elsewhere", HOME, '<img src="assets/icon.svg" srcset="https://www.example.com/a.png 2x" alt="">'),
    added("external-request", "a frame shows another site", HOME, '<iframe src="https://www.example.com/"></iframe>'),
    added("external-request", "a link reports that it was followed", HOME, '<a href="search.html" ping="https://count.example.com/">检索</a>'),
    put("external-request", "a style sheet fetches a font", STYLE, b"@font-face { src: url( https://fonts.example.com/song.woff2 ) }"),
    put("external-request", "a style sheet imports from elsewhere", STYLE, b"@import '//cdn.example.com/site.css';"),
    put("external-request", "a picture fetches another", "assets/icon.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="https://www.example.com/a.png"/></svg>'),
    added("link-scheme", "a link runs a script", ARTICLE, '<a href="javascript:alert(1)">见此</a>'),
    added("link-scheme", "a link runs a script in disguise", ARTICLE, '<a href=" Java&#10;Script:alert(1)">见此</a>'),
    added("link-scheme", "a link carries a page in itself", ARTICLE, '<a href="data:text/html,x">见此</a>'),
    added("link-scheme", "a picture carries itself", ARTICLE, '<img src="data:image/png;base64,AA" alt="">'),
    put("link-scheme", "a style sheet carries a picture", STYLE, b"a { background: url(data:image/png;base64,AA) }"),
]  # fmt: skip

POLICY = [
    replaced("content-policy", "there is no policy", HOME, 'http-equiv="Content-Security-Policy"', 'name="policy"'),
    replaced("content-policy", "the policy stands after the style sheet", HOME, '<meta http-equiv="Content-Security-Policy"', '<link rel="stylesheet" href="assets/site.css"><meta http-equiv="Content-Security-Policy"'),
    replaced("content-policy", "the policy stands in the body", HOME, '<meta http-equiv="Content-Security-Policy"', '</head><body><meta http-equiv="Content-Security-Policy"'),
    replaced("content-policy", "there are two policies", HOME, "<title>", '<meta http-equiv="content-security-policy" content="default-src *"><title>'),
    replaced("content-policy", "everything of the site's own is allowed", HOME, "default-src &#39;none&#39;", "default-src &#39;self&#39;"),
    replaced("content-policy", "nothing is forbidden by default", HOME, "default-src &#39;none&#39;; ", ""),
    replaced("content-policy", "inline scripts are allowed", HOME, "script-src &#39;self&#39;", "script-src &#39;self&#39; &#39;unsafe-inline&#39;"),
    replaced("content-policy", "scripts may make scripts", SEARCH, "script-src &#39;self&#39;", "script-src &#39;self&#39; &#39;unsafe-eval&#39;"),
    replaced("content-policy", "inline styles are allowed", ARTICLE, "style-src &#39;self&#39;", "style-src &#39;unsafe-inline&#39;"),
    replaced("content-policy", "pictures may come from anywhere", ARTICLE, "img-src &#39;self&#39;", "img-src *"),
    replaced("content-policy", "scripts may come from another host", ARTICLE, "script-src &#39;self&#39;", "script-src https://cdn.example.com"),
    replaced("content-policy", "the page's base is not protected", HOME, "; base-uri &#39;none&#39;", ""),
    replaced("content-policy", "the page's base may be changed", HOME, "base-uri &#39;none&#39;", "base-uri &#39;self&#39;"),
    replaced("content-policy", "forms may be sent anywhere", HOME, "form-action &#39;self&#39;; ", ""),
    replaced("content-policy", "a directive is misspelled", SEARCH, "script-src &#39;self&#39;", "scripts-src &#39;self&#39;"),
    replaced("content-policy", "the policy forbids the page's own scripts", SEARCH, "script-src &#39;self&#39;; ", ""),
    replaced("content-policy", "the policy forbids the page's own style sheet", HOME, "style-src &#39;self&#39;; ", ""),
    replaced("content-policy", "the policy forbids the page's own form", HOME, "form-action &#39;self&#39;", "form-action &#39;none&#39;"),
    added("inline-code", "a script stands in the page", HOME, "<script>alert(1)</script>"),
    added("inline-code", "a module stands in the page", HOME, '<script type="module">alert(1)</script>'),
    added("inline-code", "a script stands in the page as some other data", HOME, '<script type="application/json">{}</script>'),
    added("inline-code", "a script's type is JSON-LD with capitals", HOME, '<script type="application/LD+JSON">{}</script>'),
    added("inline-code", "JSON-LD that is no JSON stands in the page", HOME, '<script type="application/ld+json">alert(1)</script>'),
    added("inline-code", "JSON-LD with another address stands in the page", HOME, '<script type="application/ld+json" src="assets/site.js">{}</script>'),
    replaced("inline-code", "a title in JSON-LD could begin a comment", ARTICLE, '"headline":"', '"headline":"<!--'),
    added("inline-code", "a style stands in the page", HOME, "<style>p { color: red }</style>"),
    added("inline-code", "a style stands on an element", HOME, '<p style="color: red">红</p>'),
    added("inline-code", "a script waits for a click", HOME, '<p onclick="alert(1)">点</p>'),
    added("inline-code", "a script waits behind a slash and in capitals", HOME, '<img src="assets/icon.svg" alt=""/ONERROR=alert(1)>'),
    added("inline-code", "a frame carries its page in itself", HOME, '<iframe srcdoc="x"></iframe>'),
]  # fmt: skip

STRUCTURE = [
    replaced("page-structure", "the doctype is missing", HOME, "<!DOCTYPE html>", ""),
    replaced("page-structure", "the language is missing", HOME, ' lang="zh-CN"', ""),
    replaced("page-structure", "the language is another", HOME, 'lang="zh-CN"', 'lang="en"'),
    replaced("page-structure", "the encoding is missing", HOME, '<meta charset="utf-8">', ""),
    replaced("page-structure", "the encoding is another", HOME, 'charset="utf-8"', 'charset="gbk"'),
    replaced("page-structure", "the encoding comes too late", HOME, '<meta charset="utf-8">', f'<!--{"x" * 1024}--><meta charset="utf-8">'),
    replaced("page-structure", "the viewport is missing", HOME, 'name="viewport"', 'name="view"'),
    replaced("page-structure", "the title is empty", HOME, "<title>电子政务信息汇编</title>", "<title> </title>"),
    replaced("page-structure", "there are two titles", HOME, "<title>", "<title>汇编</title><title>"),
    replaced("page-structure", "the title is missing", "404.html", "<title>没有这个网页 - 电子政务信息汇编</title>", ""),
    added("page-structure", "there are two main headings", HOME, "<h1>汇编</h1>"),
    replaced("page-structure", "there is no main heading", TOPIC, "<h1>", "<p>"),
    replaced("page-structure", "there is no main part", HOME, "<main", "<div"),
    added("page-structure", "there are two main parts", HOME, "</main><main><p>又一个</p>"),
    replaced("page-structure", "the first link does not skip the navigation", HOME, 'href="#main"', 'href="#quick"'),
    added("page-structure", "heading levels jump", ARTICLE, "<h2>一</h2><h4>二</h4>"),
    replaced("page-structure", "a heading comes before the main one", "404.html", "<h1>", "<h2>先</h2><h1>"),
    added("page-structure", "a heading is empty", HOME, "<h2></h2>"),
    added("page-structure", "a picture has no alternative text", HOME, '<img src="assets/icon.svg">'),
    added("page-structure", "a field has no label", HOME, '<input type="search" name="r">'),
    replaced("page-structure", "a label names another field", HOME, 'for="quick"', 'for="main"'),
    added("page-structure", "a link has no words", HOME, '<a href="search.html"> </a>'),
    added("page-structure", "a button has no words", HOME, "<button></button>"),
    added("page-structure", "a name is taken from a missing element", HOME, '<section aria-labelledby="nothing"></section>'),
    added("page-structure", "an id is empty", HOME, '<p id="">空</p>'),
    put("page-structure", "a page is not UTF-8", "404.html", "<!DOCTYPE html><title>没有这个网页</title>".encode("gb18030")),
    added("duplicate-id", "an id comes twice", HOME, '<p id="main">又</p>'),
    replaced("duplicate-id", "a page begins twice in an article", ARTICLE, 'id="p7"', 'id="p6"'),
]  # fmt: skip


def swapped(code: str, name: str, at: str, pattern: str) -> Fault:
    """Two groups of a pattern change places."""

    def change(files: MutableMapping[str, bytes]) -> None:
        text = files[at].decode()
        found = re.search(pattern, text, re.DOTALL)
        assert found is not None
        new = (
            found[0]
            .replace(found[1], "\0", 1)
            .replace(found[2], found[1], 1)
            .replace("\0", found[2], 1)
        )
        files[at] = text.replace(found[0], new, 1).encode()

    return Fault(name=name, code=code, at=at, change=change)


def substituted(code: str, name: str, at: str, pattern: str, new: str) -> Fault:
    """What a pattern finds first becomes something else."""

    def change(files: MutableMapping[str, bytes]) -> None:
        text, count = re.subn(pattern, new, files[at].decode(), count=1, flags=re.DOTALL)
        assert count == 1
        files[at] = text.encode()

    return Fault(name=name, code=code, at=at, change=change)


_ENTRY = r"<li>(?:(?!</li>).)*?05\.html.*?</li>"
_FIFTH = r'(<article class="article" data-article="2014-05-1/05".*?</article>)'
_SIXTH = r'(<article class="article" data-article="2014-05-1/06".*?</article>)'
_BREAK = r'<span[^>]*?role="doc-pagebreak" id="p6"[^>]*></span>'

PRINTED = [
    replaced("toc-entry", "a title in the contents is another", ISSUE, ">上海正式开通信用大数据平台<", ">上海开通信用大数据平台<"),
    replaced("toc-entry", "a title leads to another article", ISSUE, 'href="05.html"', 'href="06.html"'),
    replaced("toc-entry", "a number in the contents is another", ISSUE, 'aria-label="第7页">7<', 'aria-label="第8页">8<'),
    substituted("toc-entry", "an entry of the contents is missing", ISSUE, _ENTRY, ""),
    substituted("toc-entry", "an entry of the contents comes twice", ISSUE, f"({_ENTRY})", r"\1\1"),
    substituted("toc-entry", "an entry has no number", ISSUE, r'<a class="page" href="p5.html#a05"[^>]*>5</a>', ""),
    swapped("toc-entry", "two entries have changed places", ISSUE, r"(<li>(?:(?!</li>).)*?05\.html.*?</li>)\n(<li>.*?06\.html.*?</li>)"),
    replaced("toc-entry", "an entry counts wrongly", ISSUE, ">5、<", ">6、<"),
    replaced("toc-entry", "the contents on the home page name another page", HOME, '第3页">3<', '第4页">4<'),
    replaced("toc-page", "a number leads to another page", ISSUE, 'href="p5.html#a05"', 'href="p4.html#a04"'),
    replaced("toc-page", "a number leads to another article on the page", ISSUE, "p5.html#a05", "p5.html#a06"),
    replaced("toc-page", "a number leads to the page but not to the place", ISSUE, "p5.html#a05", "p5.html"),
    replaced("toc-page", "a number on the home page leads to another page", HOME, "/p3.html#a02", "/p4.html#a03"),
    replaced("toc-page", "a number in a list of articles is another page's", TOPIC, ">第5页<", ">第6页<"),
    replaced("toc-page", "a page of an article leads to another page", SHORT, 'href="p5.html"', 'href="p6.html"'),
    replaced("toc-page", "a page is missing in the list of pages", ISSUE, '<li><a href="p7.html" aria-label="第7页">7</a></li>', ""),
    replaced("toc-page", "a page comes twice in the list of pages", PAGE, '<li><a href="p7.html" aria-label="第7页">7</a></li>', '<li><a href="p7.html" aria-label="第7页">7</a></li>' * 2),
    swapped("toc-page", "two pages have changed places in the list of pages", ISSUE, r'(<a href="p3.html"[^>]*>3</a>).*?(<a href="p4.html"[^>]*>4</a>)'),
    replaced("toc-page", "the list of pages leads wrong", ISSUE, '<li><a href="p7.html"', '<li><a href="p8.html"'),
    replaced("toc-page", "the list of pages is missing", ISSUE, 'role="doc-pagelist"', ""),
    replaced("page-break", "a page break has another id", ARTICLE, 'id="p6"', 'id="page6"'),
    replaced("page-break", "a page break is none any more", ARTICLE, 'role="doc-pagebreak" id="p6"', 'id="p6"'),
    substituted("page-break", "a page break is missing", ARTICLE, _BREAK, ""),
    substituted("page-break", "a page begins two characters too early", ARTICLE, f"(组织当地)(重)({_BREAK})", r"\1\3\2"),
    swapped("page-break", "two pages have changed places", ARTICLE, r'(id="p6" title="第6页").*?(id="p7" title="第7页")'),
    replaced("page-break", "a page break names another page", ARTICLE, 'title="第6页"', 'title="第7页"'),
    replaced("page-break", "a page break has no name", ARTICLE, 'id="p6" title="第6页"', 'id="p6"'),
    added("page-break", "a page begins after the end", SHORT, '<span role="doc-pagebreak" id="p6" title="第6页"></span>'),
    replaced("page-break", "a page begins where none does", SHORT, "></a>4月30日上海", '></a>4月30日<span role="doc-pagebreak" id="p6" title="第6页"></span>上海'),
    replaced("printed-text", "a character is lost", SHORT, "以及一系列制度安排，诚信将不只是一种道德评价，而将成为社会治理和经济运行的重要基础，提升城市软实力。</p>", "以及一系列制度安排，诚信将不只是一种道德评价，而将成为社会治理和经济运行的重要基础，提升城市软实。</p>"),
    replaced("printed-text", "something is put into the text", SHORT, '<div class="body prose">', '<div class="body prose"><p>编者按</p>'),
    replaced("printed-text", "a paragraph stands outside of the text", SHORT, '<div class="body prose">', '<div class="body prose"></div><div class="prose">'),
    replaced("printed-text", "a title is another", SHORT, "<h1>上海", "<h1>上海市"),
    replaced("printed-text", "a source is another", SHORT, ">文汇报</a>", ">文汇</a>"),
    replaced("printed-text", "a source is missing", SHORT, 'class="source"', 'class="from"'),
    replaced("printed-text", "a source is invented", "issues/2014-06-2/13.html", "<dl", '<p class="source">秘书处</p><dl'),
    replaced("printed-text", "the article is another", SHORT, 'data-article="2014-05-1/05"', 'data-article="2014-05-1/06"'),
    replaced("toc-entry", "a title in the contents of the whole issue is another", WHOLE, ">上海正式开通信用大数据平台</a><", ">上海开通信用大数据平台</a><"),
    replaced("toc-entry", "a title in the contents of the whole issue leads to another article", WHOLE, 'href="#a05"', 'href="#a06"'),
    replaced("toc-entry", "a title in the contents of the whole issue leads away", WHOLE, 'href="#a05"', 'href="05.html"'),
    substituted("toc-entry", "an entry of the contents of the whole issue is missing", WHOLE, r"<li>(?:(?!</li>).)*?#a05.*?</li>", ""),
    replaced("toc-page", "a number in the contents of the whole issue leads to another page", WHOLE, 'href="p5.html#a05"', 'href="p4.html#a04"'),
    removed("printed-text", "the whole issue is missing", WHOLE),
    substituted("printed-text", "an article is missing in the whole issue", WHOLE, _FIFTH, ""),
    substituted("printed-text", "an article comes twice in the whole issue", WHOLE, _FIFTH, r"\1\1"),
    swapped("printed-text", "two articles have changed places in the whole issue", WHOLE, f"{_FIFTH}\n{_SIXTH}"),
    replaced("printed-text", "the whole issue lost a character", WHOLE, "接受查询250万次", "接受查询250次"),
    substituted("printed-text", "the whole issue lost a paragraph", WHOLE, r'<p id="a05-s2">.*?</p>', ""),
    replaced("printed-text", "something stands before an article's text in the whole issue", WHOLE, '<div class="body prose">', '<div class="body prose"><p>编者按</p>'),
    replaced("printed-text", "an article of the whole issue has another title", WHOLE, ">5、上海正式", ">5、上海"),
    replaced("printed-text", "an article of the whole issue has another number", WHOLE, ">5、上海正式", ">6、上海正式"),
    replaced("printed-text", "an article of the whole issue has another source", WHOLE, ">文汇报</a>", ">文汇</a>"),
    replaced("printed-text", "an article of the whole issue stands at another place", WHOLE, 'data-article="2014-05-1/05" id="a05"', 'data-article="2014-05-1/05" id="b05"'),
    replaced("printed-text", "an article of the whole issue has its text outside", WHOLE, '<div class="body prose">', '<div class="prose">'),
    substituted("page-break", "a page break is missing in the whole issue", WHOLE, _BREAK, ""),
    substituted("page-break", "a page of the whole issue begins two characters too early", WHOLE, f"(组织当地)(重)({_BREAK})", r"\1\3\2"),
    substituted("page-break", "no page begins at the first title of the whole issue", WHOLE, r'<p class="page-break-line">.*?</p>', ""),
    replaced("page-break", "a page that begins at a title of the whole issue is another", WHOLE, 'id="p2" title="第2页"', 'id="p2" title="第3页"'),
    added("page-break", "a page begins after the end of the whole issue", WHOLE, '<span role="doc-pagebreak" id="p99" title="第99页"></span>'),
    replaced("duplicate-id", "two paragraphs of the whole issue have one address", WHOLE, 'id="a05-s2"', 'id="a05-s1"'),
    replaced("paragraph-place", "a paragraph of an article has another address", SHORT, 'id="s2"', 'id="s20"'),
    replaced("paragraph-place", "a paragraph of an article has no address", SHORT, ' id="s2"', ""),
    replaced("paragraph-place", "a paragraph of the whole issue has another's address", WHOLE, 'id="a05-s2"', 'id="a06-s2"'),
    swapped("paragraph-place", "two paragraphs have changed addresses", SHORT, 'id="(s1)".*?id="(s2)"'),
    added("correction", "an article has a correction that nobody made", SHORT, '<section class="corrections"><dl><dt><time datetime="2014-06-01">2014年6月1日</time></dt><dd>误。</dd></dl></section>'),
    added("correction", "the page of corrections has one that nobody made", CORRECTIONS, '<ol class="correction-list"><li><p><time datetime="2014-06-01">2014年6月1日</time></p><p class="correction">误。</p></li></ol>'),
    removed("correction", "the page of corrections is missing", CORRECTIONS),
    removed("printed-text", "a printed page is missing", PAGE),
    replaced("printed-text", "a printed page lost a character", PAGE, "接受查询250万次", "接受查询250次"),
    replaced("printed-text", "a printed page has another title", PAGE, ">5、上海正式", ">5、上海"),
    replaced("printed-text", "a piece is missing on a printed page", PAGE, 'class="piece" id="a05"', 'id="a05"'),
    swapped("printed-text", "two pieces have changed places on a printed page", PAGE, r'(<section class="piece" id="a04".*?</section>)\n(<section class="piece" id="a05".*?</section>)'),
    replaced("printed-text", "a printed page ends too early", PAGE, "组织当地重</p>", "组织当地</p>"),
]  # fmt: skip


def piece_from_the_middle(files: MutableMapping[str, bytes]) -> None:
    files[PAGE] = files[PAGE].replace("<p>4月30日上海".encode(), "<p>上海".encode(), 1)


PRINTED.append(Fault(name="a number leads to the middle of an article", code="toc-page", at=ISSUE, change=piece_from_the_middle))  # fmt: skip

FEED = [
    replaced("feed-entry", "the feed is no XML", "feed.xml", "</feed>", ""),
    replaced("feed-entry", "the feed has a DTD", "feed.xml", "<feed", '<!DOCTYPE feed [<!ENTITY a "b">]><feed'),
    put("feed-entry", "the feed is another kind of file", "feed.xml", b'<?xml version="1.0"?><rss/>'),
    put("feed-entry", "the feed is not UTF-8", "feed.xml", '<feed xmlns="http://www.w3.org/2005/Atom">汇编</feed>'.encode("gb18030")),
    removed("feed-entry", "the feed is missing", "feed.xml"),
    substituted("feed-entry", "an entry is missing", "feed.xml", r"<entry>.*?</entry>\n", ""),
    substituted("feed-entry", "an entry comes twice", "feed.xml", r"(<entry>.*?</entry>\n)", r"\1\1"),
    swapped("feed-entry", "an older entry comes first", "feed.xml", r"(<entry>.*?</entry>).*(<entry>.*?</entry>)"),
    substituted("feed-entry", "two entries have one id", "feed.xml", r"(<entry>\n<id>)([^<]*)(</id>.*?<entry>\n<id>)[^<]*", r"\1\2\3\2"),
    substituted("feed-entry", "an entry has no id", "feed.xml", r"(<entry>\n)<id>[^<]*</id>", r"\1"),
    replaced("feed-entry", "an entry leads nowhere", "feed.xml", "issues/2014-06-2/01.html", "issues/2014-06-2/91.html"),
    replaced("feed-entry", "an entry leads to another article", "feed.xml", "issues/2014-06-2/01.html", "issues/2014-06-2/02.html"),
    replaced("feed-entry", "an entry has another title", "feed.xml", "<title>互联网成", "<title>互联网"),
    substituted("feed-entry", "an entry has another date", "feed.xml", r"(<entry>.*?<updated>)2014-06-13", r"\g<1>2014-06-12"),
    substituted("feed-entry", "an entry was published on another day", "feed.xml", r"(<published>)2014-06-13", r"\g<1>2014-06-14"),
    substituted("feed-entry", "a date is another day in China", "feed.xml", r"(<published>2014-06-13T00:00:00)\+08:00", r"\1+09:00"),
    substituted("feed-entry", "a date is no time", "feed.xml", r"(<published>2014-06-13)T00:00:00\+08:00", r"\1"),
    replaced("feed-entry", "the feed is older than its entries", "feed.xml", "<updated>2014-06-13", "<updated>2014-05-09"),
    replaced("feed-entry", "the feed has another title", "feed.xml", "<title>电子政务信息汇编", "<title>汇编"),
    replaced("feed-entry", "the feed does not name itself", "feed.xml", 'href="feed.xml"', 'href="atom.xml"'),
    replaced("feed-entry", "an entry has another topic", "feed.xml", '<category term="政务信息化"/>', '<category term="政务云"/>'),
    replaced("feed-entry", "an entry has lost its source", "feed.xml", "&lt;p&gt;（新华网）&lt;/p&gt;", ""),
    replaced("feed-entry", "an entry is no HTML", "feed.xml", '<content type="html"', '<content type="text"'),
    replaced("feed-entry", "nobody has written the feed", "feed.xml", "<author><name>秘书处</name></author>", ""),
    replaced("feed-entry", "somebody else has written the feed", "feed.xml", "<name>秘书处</name>", "<name>编辑部</name>"),
    replaced("feed-entry", "an entry lost text", "feed.xml", "国务院新闻办公室 26 日发表", "国务院新闻办公室发表"),
    replaced("feed-entry", "a link in an entry's text leads nowhere", "feed.xml", "国务院新闻办公室", "&lt;a href=&#34;p.html&#34;&gt;国务院新闻办公室&lt;/a&gt;"),
    put("sitemap-entry", "there is a sitemap without an address", "sitemap.xml", b"<urlset/>"),
]  # fmt: skip

METADATA = [
    replaced("metadata", "the name of the site is missing", HOME, 'name="SiteName"', 'name="Site"'),
    replaced("metadata", "the name of the site is another", ARTICLE, 'name="SiteName" content="电子', 'name="SiteName" content="电'),
    replaced("metadata", "a SiteIDCode is invented", HOME, '<meta name="SiteName"', '<meta name="SiteIDCode" content="1"><meta name="SiteName"'),
    replaced("metadata", "a domain is invented", HOME, '<meta name="SiteName"', '<meta name="SiteDomain" content="example.com"><meta name="SiteName"'),
    replaced("metadata", "a full URL is invented", HOME, "<title>", '<link rel="canonical" href="index.html"><title>'),
    replaced("metadata", "the title of an article is another", ARTICLE, 'name="ArticleTitle" content="', 'name="ArticleTitle" content="关于'),
    replaced("metadata", "the title of an article is missing", ARTICLE, 'name="ArticleTitle"', 'name="Title"'),
    replaced("metadata", "an article's day is another", ARTICLE, 'content="2014-05-09 00:00"', 'content="2014-05-10 00:00"'),
    replaced("metadata", "an article's day has no time", ARTICLE, 'content="2014-05-09 00:00"', 'content="2014-05-09"'),
    replaced("metadata", "the source of an article is another", ARTICLE, 'name="ContentSource" content="', 'name="ContentSource" content="某'),
    replaced("metadata", "an article belongs to another issue", ARTICLE, 'name="ColumnName" content="2014年五月第一期"', 'name="ColumnName" content="2014年五月第二期"'),
    replaced("metadata", "the name of a topic is another", TOPIC, 'name="ColumnName" content="大数据"', 'name="ColumnName" content="数据"'),
    replaced("metadata", "the kind of a column is missing", SEARCH, 'name="ColumnType"', 'name="Type"'),
    replaced("metadata", "the description of a column is empty", ISSUE, 'name="ColumnDescription" content="', 'name="ColumnDescription" content="" title="'),
    replaced("metadata", "a label comes twice", HOME, '<meta name="SiteName"', '<meta name="SiteName" content="电子政务信息汇编"><meta name="SiteName"'),
    replaced("metadata", "a page that is no article has a day", TOPIC, "<title>", '<meta name="PubDate" content="2014-05-09 00:00"><title>'),
    replaced("metadata", "a column has no keywords", SEARCH, 'name="ColumnKeywords"', 'name="ColumnWords"'),
    replaced("metadata", "an issue has the keywords of another", ISSUE, 'name="ColumnKeywords" content="政务云,', 'name="ColumnKeywords" content="'),
    replaced("metadata", "search engines are kept away from an article", ARTICLE, "<title>", '<meta name="robots" content="noindex"><title>'),
    replaced("metadata", "an author is invented", ARTICLE, "<title>", '<meta name="Author" content="秘书处"><title>'),
    replaced("metadata", "a picture is invented", ARTICLE, "<title>", '<meta name="Image" content="cover.png"><title>'),
    replaced("metadata", "an article's keywords are others", ARTICLE, 'name="Keywords" content="大数据"', 'name="Keywords" content="数据"'),
    replaced("metadata", "an article's summary is not its text", ARTICLE, 'name="description" content="', 'name="description" content="摘要：'),
    replaced("metadata", "an article's two summaries differ", ARTICLE, 'name="Description" content="', 'name="Description" content="又，'),
    replaced("metadata", "a citation has another title", ARTICLE, 'name="citation_title" content="', 'name="citation_title" content="论'),
    replaced("metadata", "a citation names another journal", ARTICLE, 'name="citation_journal_title" content="', 'name="citation_journal_title" content="某'),
    replaced("metadata", "a citation has another date", ARTICLE, 'content="2014/05/09"', 'content="2014/5/9"'),
    replaced("metadata", "a citation has no issue", ARTICLE, 'name="citation_issue"', 'name="issue"'),
    replaced("metadata", "a citation begins on another page", ARTICLE, 'name="citation_firstpage" content="5"', 'name="citation_firstpage" content="6"'),
    replaced("metadata", "a citation ends on another page", ARTICLE, 'name="citation_lastpage" content="7"', 'name="citation_lastpage" content="5"'),
    replaced("metadata", "a citation is in another language", ARTICLE, 'name="citation_language" content="zh-CN"', 'name="citation_language" content="en"'),
    replaced("metadata", "a citation invents an author", ARTICLE, "<title>", '<meta name="citation_author" content="秘书处"><title>'),
    replaced("metadata", "a citation invents a volume", ARTICLE, "<title>", '<meta name="citation_volume" content="1"><title>'),
    replaced("metadata", "a citation invents a full URL", ARTICLE, "<title>", '<meta name="citation_public_url" content="06.html"><title>'),
    replaced("metadata", "an issue is cited like an article", ISSUE, "<title>", '<meta name="citation_title" content="五月第一期"><title>'),
    replaced("metadata", "a page has no title for sharing", SEARCH, 'property="og:title"', 'property="og:name"'),
    replaced("metadata", "a page's title for sharing is another", TOPIC, 'property="og:title" content="大数据"', 'property="og:title" content="数据"'),
    replaced("metadata", "an article is shared as a site", ARTICLE, 'property="og:type" content="article"', 'property="og:type" content="website"'),
    replaced("metadata", "a page is shared under another site's name", HOME, 'property="og:site_name" content="', 'property="og:site_name" content="某'),
    replaced("metadata", "a page's description for sharing is another", ISSUE, 'property="og:description" content="', 'property="og:description" content="又，'),
    replaced("metadata", "a picture for sharing is invented", HOME, "<title>", '<meta property="og:image" content="assets/icon.svg"><title>'),
    replaced("metadata", "an article was published on another day", ARTICLE, 'property="article:published_time" content="2014-05-09"', 'property="article:published_time" content="2014-05-10"'),
    replaced("metadata", "an article is of another section", ARTICLE, 'property="article:section" content="大', 'property="article:section" content="'),
    replaced("metadata", "an article has a tag too many", ARTICLE, '<meta property="article:tag"', '<meta property="article:tag" content="云"><meta property="article:tag"'),
    replaced("metadata", "an article that was never corrected was changed", ARTICLE, "<title>", '<meta property="article:modified_time" content="2014-05-10"><title>'),
    replaced("metadata", "a page does not name the feed", HOME, 'type="application/atom+xml"', 'type="application/xml"'),
    replaced("metadata", "a page calls another file the feed", HOME, 'href="feed.xml"', 'href="search.html"'),
    replaced("metadata", "a page names a search description that does not exist", HOME, "<title>", '<link rel="search" type="application/opensearchdescription+xml" href="opensearch.xml"><title>'),
]  # fmt: skip

LINKED_DATA = [
    substituted("linked-data", "an article's data are missing", ARTICLE, r'<script type="application/ld\+json">.*?</script>\n', ""),
    replaced("linked-data", "data are not in schema.org's words", ARTICLE, '"@context":"https://schema.org"', '"@context":"https://example.org"'),
    replaced("linked-data", "an article is of another type", ARTICLE, '"@type":"Article"', '"@type":"Book"'),
    replaced("linked-data", "an article has another headline", ARTICLE, '"headline":"', '"headline":"论'),
    replaced("linked-data", "an article begins on another page", ARTICLE, '"pageStart":5', '"pageStart":6'),
    replaced("linked-data", "an article's page is a word", ARTICLE, '"pageEnd":7', '"pageEnd":"7"'),
    replaced("linked-data", "an article has no day", ARTICLE, '"datePublished":"2014-05-09",', ""),
    replaced("linked-data", "an author is invented in data", ARTICLE, '"creditText":', '"author":"秘书处","creditText":'),
    replaced("linked-data", "a source is credited wrongly", ARTICLE, '"creditText":"', '"creditText":"某'),
    replaced("linked-data", "an article has another topic in data", ARTICLE, '"articleSection":["大数据"]', '"articleSection":["政务云"]'),
    replaced("linked-data", "an article has a topic too many in data", ARTICLE, '"articleSection":["大数据"]', '"articleSection":["大数据","政务云"]'),
    replaced("linked-data", "an article is part of another issue in data", ARTICLE, '"issueNumber":"5月第1期"', '"issueNumber":"5月第2期"'),
    replaced("linked-data", "an issue ends on another page", ARTICLE, '"pageEnd":11', '"pageEnd":12'),
    replaced("linked-data", "an issue is part of nothing", ISSUE, '"isPartOf":', '"about":'),
    replaced("linked-data", "an ISSN is invented", ISSUE, '"@type":"Periodical",', '"@type":"Periodical","issn":"1234-5678",'),
    replaced("linked-data", "a publisher is another", HOME, '"@type":"Organization","name":"', '"@type":"Organization","name":"某'),
    replaced("linked-data", "an issue has lost an article in data", ISSUE, '"hasPart":[{', '"hasPart":[],"mentions":[{'),
    replaced("linked-data", "an article of an issue has another place", ISSUE, '"position":2,', '"position":3,'),
    replaced("linked-data", "a full URL is invented in data", HOME, '"@type":"Periodical",', '"@type":"Periodical","url":"index.html",'),
    replaced("linked-data", "the way to a page is another in data", TOPIC, '"position":2,"name":"主题"', '"position":2,"name":"来源"'),
    replaced("linked-data", "a page has no way to it in data", PAGE, '"@type":"BreadcrumbList"', '"@type":"ItemList"'),
    added("linked-data", "a page says of itself that it is a book", SEARCH, '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Book"}</script>'),
]  # fmt: skip

BIB = "issues/2014-05-1/06.bib"
RIS = "issues/2014-05-1/06.ris"
ALL_BIB = "issues/2014-05-1/2014-05-1.bib"
ALL_RIS = "issues/2014-05-1/2014-05-1.ris"
CITED = (
    "大数据时代的江苏策略[J]. 电子政务信息汇编，2014（5月第1期）："
    '<span class="unbroken">5-7.</span>'
)

CITATIONS = [
    replaced("citation", "an article is cited with another title", ARTICLE, CITED, CITED.replace("江苏", "浙江")),
    replaced("citation", "an article is cited with another issue", ARTICLE, CITED, CITED.replace("第1期", "第2期")),
    replaced("citation", "an article is cited with other pages", ARTICLE, CITED, CITED.replace("5-7", "5-6")),
    replaced("citation", "an article is cited as what is read online without an address", ARTICLE, CITED, CITED.replace("[J]", "[J/OL]")),
    replaced("citation", "an article has no citation", ARTICLE, 'class="citation-text"', 'class="text"'),
    replaced("citation", "an article has two citations", ARTICLE, '<p class="citation-files"', '<p class="citation-text"></p><p class="citation-files"'),
    replaced("citation", "an issue is cited with another year", ISSUE, "秘书处，2014.</p>", "秘书处，2015.</p>"),
    replaced("citation", "the file of another article is offered", ARTICLE, 'href="06.bib"', 'href="07.bib"'),
    replaced("citation", "the file of one article is offered for the issue", ISSUE, 'href="2014-05-1.ris"', 'href="01.ris"'),
    replaced("citation", "no file is offered", ARTICLE, 'class="citation-files"', 'class="citation-files" hidden></p></section><p'),
    replaced("citation", "a passage would be cited with another title", ARTICLE, 'data-lead="大数据时代的江苏策略[J"', 'data-lead="大数据时代[J"'),
    replaced("citation", "a passage would be cited with another issue", WHOLE, "（5月第1期）：", "（5月第2期）："),
    replaced("citation", "a passage of the whole issue cannot be cited", WHOLE, "data-lead=", "data-title="),
    replaced("citation", "a passage of a printed page would be cited with another page", PAGE, 'data-pages="5"', 'data-pages="6"'),
    replaced("citation", "what is not printed can be cited", HOME, "<main", '<main data-lead="首页[J" data-rest="]. " data-pages=""'),
    replaced("citation", "BibTeX has another title", BIB, "江苏", "浙江"),
    replaced("citation", "BibTeX has another issue", BIB, "第1期", "第2期"),
    replaced("citation", "BibTeX has other pages", BIB, "5--7", "5--8"),
    replaced("citation", "BibTeX has another day", BIB, "2014-05-09", "2014-05-08"),
    replaced("citation", "BibTeX has another year", BIB, "year = {2014}", "year = {2015}"),
    replaced("citation", "BibTeX has no pages", BIB, "pages =", "page ="),
    replaced("citation", "BibTeX invents an author", BIB, "  title", "  author = {新华网江苏频道},\n  title"),
    replaced("citation", "BibTeX is of a book", BIB, "@article", "@book"),
    replaced("citation", "BibTeX has a brace too many", BIB, "江苏", "江{苏"),
    replaced("citation", "BibTeX has a mark that is not escaped", BIB, "江苏", "江%苏"),
    replaced("citation", "BibTeX has a command that prints something else", BIB, "江苏", "江{\\aa}苏"),
    replaced("citation", "BibTeX says something twice", BIB, "  title = {", "  title = {某},\n  title = {"),
    replaced("citation", "BibTeX has another article's key", BIB, "-06,", "-07,"),
    replaced("citation", "an article has another key than in the file of its issue", BIB, "@article{d", "@article{e"),
    put("citation", "BibTeX is empty", BIB, b""),
    put("citation", "BibTeX is not UTF-8", BIB, "@article{a, title = {汇编}}".encode("gb18030")),
    removed("citation", "BibTeX is missing", BIB),
    replaced("citation", "BibTeX of an issue lacks an article", ALL_BIB, "@article{dzzwxxhb-2014-05-1-01", "@comment{x"),
    removed("citation", "BibTeX of an issue is missing", ALL_BIB),
    replaced("citation", "RIS has another title", RIS, "江苏", "浙江"),
    replaced("citation", "RIS has another issue", RIS, "第1期", "第2期"),
    replaced("citation", "RIS has another first page", RIS, "SP  - 5", "SP  - 6"),
    replaced("citation", "RIS has another last page", RIS, "EP  - 7", "EP  - 8"),
    replaced("citation", "RIS has another day", RIS, "2014/05/09/", "2014/05/08/"),
    replaced("citation", "RIS invents an author", RIS, "TI  - ", "AU  - 新华网江苏频道\r\nTI  - "),
    replaced("citation", "RIS lacks a keyword", RIS, "KW  - 大数据\r\n", ""),
    replaced("citation", "RIS names another source", RIS, "来源：新华网江苏频道", "来源：文汇报"),
    replaced("citation", "RIS ends its lines otherwise", RIS, "\r\n", "\n"),
    replaced("citation", "RIS has a line without a tag", RIS, "TI  - ", "TI - "),
    replaced("citation", "RIS has no end", RIS, "ER  - \r\n", ""),
    replaced("citation", "RIS has no beginning", RIS, "TY  - JOUR\r\n", ""),
    replaced("citation", "RIS is of a book", RIS, "TY  - JOUR", "TY  - BOOK"),
    removed("citation", "RIS of an issue is missing", ALL_RIS),
    replaced("citation", "RIS of an issue has another order", ALL_RIS, "2014-05-1-01", "2014-05-1-02"),
]  # fmt: skip

DISCOVERY = [
    put("search-description", "there is a search description without an address", "opensearch.xml", b"<OpenSearchDescription/>"),
    put("robots", "there is a robots.txt without an address", "robots.txt", b"User-agent: *\nDisallow:\n"),
]  # fmt: skip


def _without_title_word(index: Any) -> None:
    for term, posting in index["invertedIndex"]:
        if term == "江苏":
            del posting["title"]["2014-05-1/06"]


def _swap_first_terms(index: Any) -> None:
    terms = index["invertedIndex"]
    terms[0], terms[1] = terms[1], terms[0]


def _unknown_article(index: Any) -> None:
    index["invertedIndex"][0][1]["body"]["2014-05-1/99"] = {}


def _set(name: str, value: object) -> Callable[[Any], None]:
    def edit(container: Any) -> None:
        container[name] = value

    return edit


def _of_second_page(name: str, value: object) -> Callable[[Any], None]:
    return lambda article: article["pages"][1].__setitem__(name, value)


def _first_entry(edit: Callable[[Any], object]) -> Callable[[Any], None]:
    """Something else in the first slice that knows words."""
    return lambda shard: (edit(next(entry for entry in shard.values() if len(entry) > 1)), None)[1]


def _of_first_word(postings: str) -> Callable[[Any], object]:
    return lambda entry: entry[1].update({next(iter(entry[1])): postings})


def in_slice(name: str, edit: Callable[[Any], object]) -> Fault:
    return in_script(
        "index-slice", name, "search/terms/3.js", "t:3", lambda shard: (edit(shard), None)[1]
    )


ARTICLE_SCRIPT = "search/articles/2014-05-1/06.js"

INDEX = [
    put("index-unreadable", "the index is no JSON", "search/index.json", b"{"),
    put("index-unreadable", "the index is another JSON", "search/index.json", b"[]"),
    put("index-unreadable", "the index is not UTF-8", "search/index.json", "汇编".encode("gb18030")),
    removed("index-unreadable", "the index is missing", "search/index.json"),
    in_index("index-unreadable", "the index is of another version of lunr", _set("version", "2.0.0")),
    in_index("index-unreadable", "the index wants the English stemmer", _set("pipeline", ["stemmer"])),
    in_index("index-unreadable", "the index has no words", lambda index: index.pop("invertedIndex")),
    in_index("index-unreadable", "two words have changed places", _swap_first_terms),
    in_index("index-unreadable", "a word comes twice", lambda index: index["invertedIndex"].insert(0, index["invertedIndex"][0])),
    in_index("index-unreadable", "an article is missing in the index", lambda index: index["fieldVectors"].pop(0)),
    in_index("index-unreadable", "the index knows an article that does not exist", _unknown_article),
    in_index("index-unreadable", "the index's fields are a number", _set("fields", 1)),
    in_index("index-unreadable", "a word's postings are no mapping", lambda index: index["invertedIndex"][0].__setitem__(1, None)),
    in_index("index-unreadable", "a vector belongs to a number", lambda index: index["fieldVectors"][0].__setitem__(0, 7)),
    in_index("index-answer", "a word of a title does not lead to the article", _without_title_word),
    in_index("index-answer", "the titles are not in the index", _set("fields", ["body", "source"])),
    put("index-unreadable", "what the page shows of an article is no JSON", ARTICLE_SCRIPT, b'bulletin.receive("a:2014-05-1/06",{);'),
    put("index-unreadable", "what the page shows of an article is a list", ARTICLE_SCRIPT, b'bulletin.receive("a:2014-05-1/06",[]);'),
    put("index-unreadable", "a script is another article's", ARTICLE_SCRIPT, b'bulletin.receive("a:2014-05-1/07",{});'),
    put("index-unreadable", "a script hands nothing over", ARTICLE_SCRIPT, b"var article = {};"),
    removed("index-unreadable", "what the page shows of an article is missing", ARTICLE_SCRIPT),
    removed("index-unreadable", "a slice is missing", "search/terms/3.js"),
    put("index-unreadable", "a slice is no JSON", "search/terms/3.js", b'bulletin.receive("t:3",{);'),
    in_slice("a slice has lost a key", lambda shard: shard.popitem()),
    in_slice("a slice has a key too many", lambda shard: shard.update({"某某": ["A"]})),
    in_slice("a key names an article too many", _first_entry(lambda entry: entry.__setitem__(0, "B" + entry[0]))),
    in_slice("a key names an article too few", _first_entry(lambda entry: entry.__setitem__(0, entry[0][1:]))),
    in_slice("a word has another score", _first_entry(_of_first_word("A,C"))),
    in_slice("a word stands in an article that there is not", _first_entry(_of_first_word("7f,gC"))),
    in_slice("a word stands nowhere", _first_entry(_of_first_word(""))),
    in_slice("a word is missing", _first_entry(lambda entry: entry[1].popitem())),
    in_script("index-slice", "the catalog has another average length", "search/catalog.js", "catalog", lambda catalog: catalog["fields"][0].__setitem__(2, 300)),
    in_script("index-unreadable", "a list ends in the middle of a number", "search/terms/3.js", "t:3", _first_entry(_of_first_word("A,D"))),
    in_script("index-unreadable", "a list has something else than digits", "search/terms/3.js", "t:3", _first_entry(lambda entry: entry.__setitem__(0, "!"))),
    in_script("index-slice", "the catalog has lost an issue", "search/catalog.js", "catalog", lambda catalog: catalog["issues"].pop()),
    in_script("index-slice", "the catalog counts an article too many", "search/catalog.js", "catalog", lambda catalog: catalog["issues"][0].__setitem__(5, 13)),
    in_script("index-slice", "an article has another topic to be filtered by", "search/facets.js", "facets", lambda facets: facets["topicOf"].__setitem__(0, [1])),
    in_article("the search page shows another title", _set("title", "江苏策略")),
    in_article("the search page shows another source", _set("source", "文汇报")),
    in_article("the search page shows another day", _set("date", "2014-05-10")),
    in_article("the search page shows another issue", _set("issue", "2014年五月第二期")),
    in_article("the search page shows other topics", _set("topics", [])),
    in_article("the search page shows another text", _set("text", "江苏")),
    in_article("the search page has no text", _set("text", None)),
    in_article("a hit leads to another article", _set("href", "issues/2014-05-1/07.html")),
    in_article("a hit leads nowhere", _set("href", "../issues/2014-05-1/06.html")),
    in_article("a hit leads to another issue", _set("issueHref", "issues/2014-06-2/index.html")),
    in_article("a hit has no printed pages", _set("pages", [])),
    in_article("a hit's second page begins elsewhere", _of_second_page("at", 3)),
    in_article("a hit's second page is another", _of_second_page("page", 8)),
    in_article("a hit's second page leads to another place", _of_second_page("href", "issues/2014-05-1/06.html#p7")),
]  # fmt: skip

PLAIN = "issues/2014-05-1/2014-05-1.txt"
MARKDOWN = "issues/2014-05-1/2014-05-1.md"
DOWNLOADS = [
    removed("download", "a file that is offered is missing", PLAIN, at=ISSUE),
    removed("download", "the text of an issue is missing", PLAIN),
    removed("download", "the Markdown of an issue is missing", MARKDOWN),
    replace(put("download", "a file that is there is not offered", "issues/2014-05-1/2014-05-1.pdf", b"%PDF-1.7"), at=ISSUE),
    substituted("download", "an offer has another size", ISSUE, r"纯文本（\d+ KB）", "纯文本（3 KB）"),
    substituted("download", "an offer is heard with another size", WHOLE, r"下载 纯文本，\d+ KB", "下载 纯文本，3 KB"),
    replaced("download", "an offer has no name", ISSUE, "下载 Markdown", "Markdown"),
    replaced("download", "an offer has another type", ISSUE, 'type="text/markdown" download', 'type="text/plain" download'),
    replaced("download", "an offer is no offer", ISSUE, " download ", " "),
    substituted("download", "a file is offered twice", ISSUE, r'(<li><a href="[^"]*\.md")', r'<li><a href="2014-05-1.md" download>Markdown</a></li>\n\1'),
    replaced("download", "the text of another issue is offered", ISSUE, 'href="2014-05-1.txt" type="text/plain" download', 'href="../2014-06-2/2014-06-2.txt" type="text/plain" download'),
    replaced("download", "the page of another issue is offered", WHOLE, 'href="2014-05-1.md" type="text/markdown" download', 'href="01.html" type="text/markdown" download'),
    replaced("download", "programs are not told of a file", ISSUE, '<link rel="alternate" type="text/markdown"', '<link rel="related" type="text/markdown"'),
    replaced("download", "programs are told another type", WHOLE, '<link rel="alternate" type="text/markdown"', '<link rel="alternate" type="text/html"'),
    replaced("download", "a sentence of the text is missing", PLAIN, "点企业或科研机构", ""),
    replaced("download", "a sentence of the Markdown is missing", MARKDOWN, "点企业或科研机构", ""),
    replaced("download", "a title of the text is another", PLAIN, "〔第3页〕\r\n\r\n2、海南", "〔第3页〕\r\n\r\n2、河南"),
    replaced("download", "a source of the text is missing", PLAIN, "（文汇报）", ""),
    replaced("download", "a page begins elsewhere in the text", PLAIN, "重〔第6页〕点企业", "〔第6页〕重点企业"),
    replaced("download", "a page begins elsewhere in the Markdown", MARKDOWN, "重{p6}点企业", "{p6}重点企业"),
    replaced("download", "a page of the text begins twice", PLAIN, "（文汇报）", "〔第9页〕（文汇报）"),
    replaced("download", "a page of the Markdown begins twice", MARKDOWN, "（文汇报）", "{p9}（文汇报）"),
    replaced("download", "an article of the text comes twice", PLAIN, "5、上海正式开通信用大数据平台\r\n\r\n4月", "4、山东\r\n\r\n4月"),
    replaced("download", "old Notepads take the text for GBK", PLAIN, "\ufeff", ""),
    replaced("download", "old Notepads put two lines on one", PLAIN, "\r\n", "\n"),
    put("download", "the text is no UTF-8", PLAIN, b"\xef\xbb\xbf\xb5\xe7"),
    put("download", "the Markdown is no UTF-8", MARKDOWN, b"\xb5\xe7"),
]  # fmt: skip

FAULTS = [
    *(*LINKS, *POLICY, *STRUCTURE, *PRINTED, *FEED, *DOWNLOADS, *EDITIONS),
    *(*METADATA, *LINKED_DATA, *CITATIONS, *DISCOVERY, *BOOKS, *INDEX, *PAGES),
]

ALIAS = "old/13.html"
CORRECTED = "issues/2014-06-2/13.html"
OPEN_SEARCH = "opensearch.xml"

WHEN_PUBLISHED = [
    *PUBLISHED_BOOKS,
    *PUBLISHED_PAGES,
    replaced("absolute-link", "a page links by the site's own full URL", HOME, 'href="search.html"', f'href="{BASE_URL}/search.html"'),
    replaced("absolute-link", "the page for errors starts its links elsewhere", "404.html", f'<base href="{BASE_URL}/">', f'<base href="{BASE_URL}">'),
    replaced("absolute-link", "the page for errors starts its links at another site", "404.html", f'<base href="{BASE_URL}/">', '<base href="https://www.example.com/">'),
    replaced("absolute-link", "another page fixes what its links are relative to", HOME, "<title>", f'<base href="{BASE_URL}/"><title>'),
    replaced("broken-link", "an old address leads on to another article", ALIAS, 'content="0; url=../issues/2014-06-2/13.html"', 'content="0; url=../issues/2014-06-2/12.html"'),
    replaced("broken-link", "an old address does not lead on", ALIAS, 'http-equiv="refresh"', 'name="refresh"'),
    removed("broken-link", "an old address is missing", ALIAS),
    replaced("broken-link", "a page calls itself by an address that does not exist", HOME, f'href="{BASE_URL}/index.html"', f'href="{BASE_URL}/home.html"'),
    replaced("metadata", "a page does not say its full URL", ARTICLE, 'rel="canonical"', 'rel="author"'),
    replaced("metadata", "a page calls itself by another's URL", ARTICLE, f'rel="canonical" href="{BASE_URL}/{ARTICLE}"', f'rel="canonical" href="{BASE_URL}/{SHORT}"'),
    replaced("metadata", "the SiteIDCode is missing", HOME, 'name="SiteIDCode"', 'name="Code"'),
    replaced("metadata", "the SiteIDCode is another", HOME, 'content="1100000001"', 'content="1100000002"'),
    replaced("metadata", "the domain is another", HOME, 'content="www.example.gov.cn"', 'content="example.gov.cn"'),
    replaced("metadata", "an article's label names another URL", ARTICLE, f'name="Url" content="{BASE_URL}/{ARTICLE}"', f'name="Url" content="{BASE_URL}/{SHORT}"'),
    replaced("metadata", "an old address calls itself by its own URL", ALIAS, f'rel="canonical" href="{BASE_URL}/{CORRECTED}"', f'rel="canonical" href="{BASE_URL}/{ALIAS}"'),
    replaced("citation", "an article is cited without its URL", ARTICLE, f" {BASE_URL}/{ARTICLE}</p>", "</p>"),
    replaced("citation", "an article is cited with another's URL", ARTICLE, f" {BASE_URL}/{ARTICLE}</p>", f" {BASE_URL}/{SHORT}</p>"),
    replaced("citation", "BibTeX names another URL", BIB, f"{BASE_URL}/{ARTICLE}", f"{BASE_URL}/{SHORT}"),
    replaced("citation", "RIS names no URL", RIS, f"UR  - {BASE_URL}/{ARTICLE}\r\n", ""),
    replaced("metadata", "a citation names another URL", ARTICLE, f'name="citation_public_url" content="{BASE_URL}/{ARTICLE}"', f'name="citation_public_url" content="{BASE_URL}/{SHORT}"'),
    replaced("metadata", "a page is shared under another URL", ARTICLE, f'property="og:url" content="{BASE_URL}/{ARTICLE}"', f'property="og:url" content="{BASE_URL}/{SHORT}"'),
    replaced("metadata", "a correction does not count as a change of the article", CORRECTED, 'property="article:modified_time" content="2014-07-01"', 'property="article:modified_time" content="2014-06-13"'),
    replaced("metadata", "a page does not name the search description", ARTICLE, 'type="application/opensearchdescription+xml"', 'type="application/xml"'),
    replaced("linked-data", "a correction is another in data", CORRECTED, '"text":"漏排了', '"text":"多排了'),
    replaced("linked-data", "a correction does not count as a change in data", CORRECTED, '"dateModified":"2014-07-01",', ""),
    replaced("linked-data", "an article has another's URL in data", ARTICLE, f'"@id":"{BASE_URL}/{ARTICLE}"', f'"@id":"{BASE_URL}/{SHORT}"'),
    replaced("linked-data", "a step of the way has another URL", PAGE, f'"item":"{BASE_URL}/{ISSUE}"', f'"item":"{BASE_URL}/{PAGE}"'),
    replaced("linked-data", "the search leads elsewhere in data", HOME, "?q={search_term_string}", "?s={search_term_string}"),
    replaced("linked-data", "the search has two names for its words", HOME, "required name=search_term_string", "required name=q"),
    replaced("linked-data", "the home page says nothing of the site", HOME, '"@type":"WebSite"', '"@type":"WebPage"'),
    removed("search-description", "the search description is missing", OPEN_SEARCH),
    removed("broken-link", "the search description is missing and linked", OPEN_SEARCH, at=HOME),
    replaced("search-description", "the search description is no XML", OPEN_SEARCH, "</OpenSearchDescription>", ""),
    replaced("search-description", "the search description is of another version", OPEN_SEARCH, "/opensearch/1.1/", "/opensearch/1.0/"),
    replaced("search-description", "the search has no short name", OPEN_SEARCH, "ShortName>电子政务信息汇编</ShortName", "Tags>电子政务信息汇编</Tags"),
    replaced("search-description", "the short name is too long", OPEN_SEARCH, "<ShortName>", "<ShortName>电子政务信息汇编全文库"),
    replaced("search-description", "the search is another site's by name", OPEN_SEARCH, "<Description>检索电子", "<Description>检索"),
    replaced("search-description", "the search description leads elsewhere", OPEN_SEARCH, "?q={searchTerms}", "?s={searchTerms}"),
    replaced("search-description", "the search description has no icon", OPEN_SEARCH, "assets/icon.svg", "assets/icon.ico"),
    removed("robots", "robots.txt is missing", "robots.txt"),
    replaced("robots", "robots.txt names another sitemap", "robots.txt", f"{BASE_URL}/sitemap.xml", "https://www.example.com/sitemap.xml"),
    replaced("robots", "robots.txt shuts everybody out", "robots.txt", "Disallow:", "Disallow: /"),
    replaced("feed-entry", "a correction is another in the feed", "feed.xml", "漏排了来源", "多排了来源"),
    replaced("content-policy", "the policy forbids the base of the page for errors", "404.html", "base-uri &#39;self&#39;", "base-uri &#39;none&#39;"),
    replaced("correction", "a correction has another day at its article", CORRECTED, 'datetime="2014-07-01"', 'datetime="2014-07-02"'),
    replaced("correction", "a correction says something else at its article", CORRECTED, "<dd>漏排了来源。", "<dd>漏排了出处。"),
    replaced("correction", "a correction does not stand at its article", CORRECTED, 'class="corrections"', 'class="notes"'),
    replaced("download", "the text leaves a correction out", "issues/2014-06-2/2014-06-2.txt", "漏排了来源。", ""),
    replaced("correction", "a correction stands at the end of another article of the whole issue", "issues/2014-06-2/full.html", 'class="corrections"', 'class="notes"'),
    replaced("correction", "a correction is missing on the page of corrections", CORRECTIONS, 'class="correction-list"', 'class="list"'),
    replaced("correction", "a correction says something else on the page of corrections", CORRECTIONS, "漏排了来源。", "漏排了出处。"),
    replaced("correction", "a correction leads to the beginning of its article", CORRECTIONS, "#corrections", ""),
    replaced("correction", "a correction leads to another article", CORRECTIONS, "13.html#corrections", "12.html#main"),
    substituted("correction", "a correction comes twice on the page of corrections", CORRECTIONS, r'(<ol class="correction-list">\n)(<li>.*?</li>)', r"\1\2\2"),
    substituted("feed-entry", "a correction does not count as a change", "feed.xml", r"(<updated>)2014-07-01(.*?<entry>)", r"\g<1>2014-06-13\2"),
    substituted("feed-entry", "an entry's correction does not count as a change", "feed.xml", r"(<entry>.*<updated>)2014-07-01", r"\g<1>2014-06-13"),
    replaced("feed-entry", "an entry's link is relative", "feed.xml", f'href="{BASE_URL}/issues/2014-06-2/01.html"', 'href="issues/2014-06-2/01.html"'),
    removed("sitemap-entry", "the sitemap is missing", "sitemap.xml"),
    replaced("sitemap-entry", "the sitemap is no XML", "sitemap.xml", "</urlset>", ""),
    replaced("sitemap-entry", "the sitemap has a DTD", "sitemap.xml", "<urlset", '<!DOCTYPE urlset SYSTEM "http://www.example.com/x.dtd"><urlset'),
    substituted("sitemap-entry", "the sitemap leaves a page out", "sitemap.xml", r"<url>.*?</url>\n", ""),
    substituted("sitemap-entry", "the sitemap lists a page twice", "sitemap.xml", r"(<url>.*?</url>\n)", r"\1\1"),
    replaced("sitemap-entry", "the sitemap lists a missing page", "sitemap.xml", f"{BASE_URL}/search.html", f"{BASE_URL}/find.html"),
    replaced("sitemap-entry", "the sitemap lists another site", "sitemap.xml", f"{BASE_URL}/search.html", "https://www.example.com/search.html"),
    replaced("sitemap-entry", "the sitemap lists the page for errors", "sitemap.xml", f"{BASE_URL}/search.html", f"{BASE_URL}/404.html"),
    replaced("broken-link", "a page that moved with its issue leads to another", f"{MOVED}/05.html", "url=../2014-05-1/05.html", "url=../2014-05-1/06.html"),
    replaced("broken-link", "a page that moved with its issue leads nowhere", f"{MOVED}/05.html", 'http-equiv="refresh"', 'name="refresh"'),
    replaced("broken-link", "a page that moved otherwise than its issue leads with it", f"{MOVED}/p5.html", "url=../2014-05-1/p6.html", "url=../2014-05-1/p5.html"),
    replaced("broken-link", "a page that moved leads elsewhere where there are scripts", f"{MOVED}/05.html", 'data-to="../2014-05-1/05.html"', 'data-to="../2014-05-1/06.html"'),
    removed("broken-link", "a page that moved with its issue is not there any more", f"{MOVED}/full.html"),
    replaced("metadata", "a page that moved has the old address for its own", f"{MOVED}/05.html", f'rel="canonical" href="{BASE_URL}/{SHORT}"', f'rel="canonical" href="{BASE_URL}/{MOVED}/05.html"'),
    replaced("metadata", "a page that moved may be found in search engines", f"{MOVED}/05.html", 'content="noindex"', 'content="all"'),
    replaced("metadata", "what was withdrawn may be found in search engines", NOTICE, 'name="robots"', 'name="robot"'),
    replaced("metadata", "what was withdrawn is a column", NOTICE, "<title>", '<meta name="ColumnName" content="甲"><title>'),
    replaced("linked-data", "the way to what was withdrawn is another in data", NOTICE, '"name":"已撤回"', '"name":"撤回"'),
    removed("withdrawal", "nothing stands where something was withdrawn", "old/notice.html"),
    removed("broken-link", "an issue names what was withdrawn and it is not there", NOTICE, at="issues/2014-06-2/index.html"),
    replaced("withdrawal", "what was withdrawn has another day", NOTICE, 'datetime="2014-07-02"', 'datetime="2014-07-03"'),
    replaced("withdrawal", "what was withdrawn has another reason", NOTICE, '"reason">应原作者要求', '"reason">应读者要求'),
    replaced("withdrawal", "what was withdrawn says no reason", NOTICE, 'class="reason"', 'class="cause"'),
    added("withdrawal", "what was withdrawn is still there", NOTICE, '<div class="prose">原来的正文。</div>'),
    replaced("withdrawal", "an issue does not say what was withdrawn of it", "issues/2014-06-2/index.html", 'class="withdrawn-articles"', 'class="others"'),
    replaced("withdrawal", "an issue says that another article was withdrawn", "issues/2014-06-2/index.html", 'href="14.html"', 'href="13.html"'),
    replaced("sitemap-entry", "the sitemap lists what was withdrawn", "sitemap.xml", f"{BASE_URL}/search.html", f"{BASE_URL}/{NOTICE}"),
    replaced("sitemap-entry", "the sitemap lists an issue where it was before", "sitemap.xml", f"{BASE_URL}/search.html", f"{BASE_URL}/{MOVED}/index.html"),
    replaced("sitemap-entry", "the sitemap lists an old address", "sitemap.xml", f"{BASE_URL}/search.html", f"{BASE_URL}/{ALIAS}"),
]  # fmt: skip


def by_name(faults: Sequence[Fault]) -> list[Any]:
    return [pytest.param(fault, id=fault.name) for fault in faults]


def assert_found(site: Site, fault: Fault) -> None:
    found = {(problem.code, problem.path) for problem in site.caused(fault)}
    assert (fault.code, f"site/{fault.at}") in found


@pytest.mark.parametrize("fault", by_name(FAULTS))
def test_a_planted_fault_is_found(plain: Site, fault: Fault) -> None:
    assert_found(plain, fault)


@pytest.mark.parametrize("fault", by_name(WHEN_PUBLISHED))
def test_a_fault_in_a_published_site_is_found(published: Site, fault: Fault) -> None:
    assert_found(published, fault)


def test_no_two_faults_have_one_name() -> None:
    names = [fault.name for fault in (*FAULTS, *WHEN_PUBLISHED)]
    assert len(set(names)) == len(names)


def test_every_rule_about_the_built_site_has_a_planted_fault() -> None:
    codes = list(RULES)
    about_the_site = set(codes[codes.index("site-missing") :])
    planted = {fault.code for fault in (*FAULTS, *WHEN_PUBLISHED)}
    assert about_the_site - planted == {"site-missing", "site-stale", "site-extra"}
