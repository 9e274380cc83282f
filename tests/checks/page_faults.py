"""Faults in what pages show around and beside the printed text, and in how their markup is put
together."""

from __future__ import annotations

from collections.abc import MutableMapping

from checks.planting import Fault, added, put, removed, replaced

HOME = "index.html"
ISSUE = "issues/2014-05-1/index.html"
ARTICLE = "issues/2014-05-1/06.html"
WHOLE = "issues/2014-05-1/full.html"
SHORT = "issues/2014-05-1/05.html"
PAGE = "issues/2014-05-1/p5.html"
ISSUES = "issues/index.html"
TOPICS = "topics/index.html"
TOPIC = "topics/big-data.html"
SOURCES = "sources/index.html"
SOURCE = "sources/wenhuibao.html"
TRENDS = "trends.html"
SEARCH = "search.html"
EDITION = "issues/2014-05-1/2014-05-1.pdf"
PLAIN = "issues/2014-06-2/2014-06-2.txt"
MARKDOWN = "issues/2014-06-2/2014-06-2.md"


def unlinked(files: MutableMapping[str, bytes]) -> None:
    """All links to a page lead to another."""
    for address in [address for address in files if address.endswith(".html")]:
        files[address] = files[address].replace(b"wenhuibao.html", b"xinhuawang.html")


def lengthened(files: MutableMapping[str, bytes]) -> None:
    """What is read of a PDF is the same, but not the file."""
    files[EDITION] += b"\n"


FRAMES = [
    replaced("page-frame", "a page has no style sheet", SHORT, '<link rel="stylesheet"', '<link rel="next"'),
    replaced("page-frame", "a page loads another style sheet", SHORT, "assets/site.css", "assets/launcher.css"),
    replaced("page-frame", "a page has lost a script", SHORT, '<script src="../../assets/cite.js" defer></script>\n', ""),
    replaced("page-frame", "a way to a section is missing", SHORT, '<li><a href="../../topics/index.html">主题</a></li>\n', ""),
    replaced("page-frame", "a way to a section is called otherwise", SHORT, ">主题</a></li>", ">专题</a></li>"),
    replaced("page-frame", "a way to a section leads to another", SHORT, 'href="../../topics/index.html">主题', 'href="../../sources/index.html">主题'),
    replaced("page-frame", "a page is headed with another name", SHORT, 'class="brand"><a href="../../index.html">电子', 'class="brand"><a href="../../index.html">电'),
    replaced("page-frame", "a page has no quick search", SHORT, 'class="quick-search"', 'class="search"'),
    replaced("page-frame", "the words of the quick search are sent as something else", SHORT, 'name="q"', 'name="s"'),
    replaced("page-frame", "the foot of a page is another", SHORT, "秘书处编印</p>", "编辑部编印</p>"),
    replaced("page-frame", "a page marks another section as its own", TOPIC, ' aria-current="true">主题', ">主题"),
]  # fmt: skip

FACTS = [
    replaced("page-facts", "an article shows another day", SHORT, ">2014年5月9日</time>", ">2014年5月8日</time>"),
    replaced("page-facts", "an article has another day for machines", SHORT, 'datetime="2014-05-09"', 'datetime="2014-05-08"'),
    replaced("page-facts", "an article is signed otherwise", SHORT, 'class="signature">（文汇报）', 'class="signature">（文汇）'),
    replaced("page-facts", "an article names another issue", SHORT, ">2014年五月第一期</a><span", ">2014年五月第二期</a><span"),
    replaced("page-facts", "an article's topic is called otherwise", SHORT, 'class="topic" href="../../topics/big-data.html">大数据', 'class="topic" href="../../topics/big-data.html">数据'),
    replaced("page-facts", "an article's topic leads to another", SHORT, 'class="topic" href="../../topics/big-data.html"', 'class="topic" href="../../topics/government-cloud.html"'),
    replaced("page-facts", "the next article is another", SHORT, 'rel="next" href="06.html"', 'rel="next" href="07.html"'),
    replaced("page-facts", "the article before is called otherwise", SHORT, '<span class="label">上一篇</span>', '<span class="label">下一篇</span>'),
    replaced("page-facts", "an issue shows another day", ISSUE, ">2014年5月9日</time>", ">2014年5月8日</time>"),
    replaced("page-facts", "an issue has another publisher", ISSUE, "<span>秘书处</span>", "<span>编辑部</span>"),
    replaced("page-facts", "an issue's heading has another topic", ISSUE, '">大数据</a></h3>', '">政务云</a></h3>'),
    replaced("page-facts", "the editor's note is another", "issues/2014-06-2/index.html", "本期付印时", "本期出版时"),
    replaced("page-facts", "a whole issue has another name", WHOLE, 'cover-name">2014年五月第一期', 'cover-name">2014年五月第二期'),
    replaced("page-facts", "a printed page has another number", PAGE, 'class="number">第5页', 'class="number">第6页'),
    replaced("page-facts", "a printed page goes on at another page", PAGE, "（转<a", "（转7<a"),
    replaced("page-facts", "the page after a printed page is another", PAGE, 'rel="next" href="p6.html"', 'rel="next" href="p7.html"'),
    replaced("page-facts", "the home page counts other articles", HOME, "25 篇文章 ·", "26 篇文章 ·"),
    replaced("page-facts", "the home page has another day", HOME, ">2014年6月13日</time>", ">2014年6月12日</time>"),
    replaced("page-facts", "an issue is called otherwise on the home page", HOME, ">五月第一期</a>", ">五月第二期</a>"),
    replaced("page-facts", "an issue counts other articles in a list", ISSUES, "<span>12 篇</span>", "<span>13 篇</span>"),
    replaced("page-facts", "a topic counts other articles", TOPICS, " 篇</span></h2>", "0 篇</span></h2>"),
    replaced("page-facts", "a topic lists an article under another title", TOPIC, ">上海正式开通信用大数据平台<", ">上海开通信用大数据平台<"),
    replaced("page-facts", "a topic lists an article of another source", TOPIC, "<span>文汇报</span>", "<span>文汇</span>"),
    replaced("page-facts", "a title in a list leads to another article", TOPIC, 'href="../issues/2014-05-1/05.html"', 'href="../issues/2014-05-1/04.html"'),
    replaced("page-facts", "a source is called otherwise in the list", SOURCES, ">文汇报</a>", ">文汇</a>"),
    replaced("page-facts", "a source leads to another", SOURCES, 'href="wenhuibao.html"', 'href="xinhuawang.html"'),
    replaced("page-facts", "a source's page lists another topic", SOURCE, "<span>大数据</span>", "<span>数据</span>"),
    replaced("page-facts", "a word leads to a search for another", SEARCH, "search.html?q=", "search.html?q=x"),
    replaced("page-facts", "a title leads to another site", TOPIC, 'href="../issues/2014-05-1/05.html"', 'href="https://www.example.com/05.html"'),
    Fault(name="no link leads to a page", code="page-unreachable", at=SOURCE, change=unlinked),
    put("page-unreachable", "a page is there that nothing names", "issues/2014-05-1/draft.html", b"<!DOCTYPE html><title>x</title>"),
]  # fmt: skip

MARKUP = [
    replaced("page-structure", "an element does not end", SHORT, "</dl>", ""),
    replaced("page-structure", "an element ends twice", SHORT, "</dl>", "</dl></dl>"),
    added("page-structure", "a line of a list stands outside of it", SHORT, "<div><li>一</li></div>"),
    added("page-structure", "a list has something else in it", SHORT, "<ul><p>一</p></ul>"),
    added("page-structure", "a link leads nowhere at all", SHORT, "<a>一</a>"),
    added("page-structure", "a navigation has no name", SHORT, "<nav><p>一</p></nav>"),
    added("page-structure", "a role is none", SHORT, '<p role="doc-pagebraek" title="一">一</p>'),
    replaced("page-structure", "a class is in no style sheet", SHORT, 'class="facts"', 'class="FACTS"'),
    replaced("broken-link", "a link that is shown later leads nowhere", SEARCH, '<template id="indexes"><a href="', '<template id="indexes"><a href="x/'),
    replaced("metadata", "the title is not the heading of the page", TOPIC, "<h1>大数据", "<h1>政务云"),
    replaced("metadata", "a column has the name of another", TOPICS, 'name="ColumnName" content="主题"', 'name="ColumnName" content="来源"'),
    replaced("toc-entry", "a number in the contents is read as another", ISSUE, 'aria-label="第7页"', 'aria-label="第8页"'),
    replaced("toc-page", "a page in the list of pages is read as another", PAGE, '<a href="p7.html" aria-label="第7页"', '<a href="p7.html" aria-label="第8页"'),
    replaced("paragraph-place", "the address beside a paragraph is another's", SHORT, 'href="#s2" aria-label', 'href="#s1" aria-label'),
]  # fmt: skip

FILES = [
    replaced("download", "the day of the text is another", PLAIN, "2014年6月13日", "2014年6月12日"),
    replaced("download", "the contents of the text name another page", PLAIN, "渠道之一……2", "渠道之一……3"),
    replaced("download", "the contents of the Markdown name another page", MARKDOWN, "渠道之一……2", "渠道之一……3"),
    replaced("download", "the note of the text is another", PLAIN, "本期付印时", "本期出版时"),
    replaced("download", "a topic of the Markdown is another", MARKDOWN, "主题：政务信息化", "主题：政务云"),
    replaced("index-slice", "a word of the hints is spelled otherwise", "search/lexicon.js", '"xin xi"', '"xing xi"'),
    replaced("index-slice", "a word of the hints is missing", "search/lexicon.js", '["信息","xin xi",18],', ""),
    replaced("index-slice", "a traditional character is another's", "search/variants.js", "㑯㑔", "㑯㑇"),
    replaced("index-slice", "the search looks for its slices elsewhere", "search/catalog.js", '"terms":"search/terms/"', '"terms":"search/term/"'),
    replaced("feed-entry", "an article is new to those who have read it", "feed.xml", "<id>urn:uuid:8687b992", "<id>urn:uuid:8687b993"),
    replaced("feed-entry", "an entry's links start elsewhere", "feed.xml", 'xml:base="issues/2014-06-2/01.html"', 'xml:base="issues/2014-06-2/02.html"'),
]  # fmt: skip

PLACES = [
    replaced("page-facts", "an article leads to another in the whole issue", SHORT, "full.html#a05", "full.html#a06"),
    replaced("page-facts", "an issue leads to another as a whole", ISSUE, '<p class="whole"><a href="full.html"', '<p class="whole"><a href="../2014-06-2/full.html"'),
    replaced("page-facts", "a title in the whole issue leads to another article", WHOLE, '<h2><a href="06.html"', '<h2><a href="07.html"'),
    replaced("page-facts", "the home page leads to another issue as a whole", HOME, "2014-06-2/full.html", "2014-05-1/full.html"),
    replaced("page-facts", "the first article of the home page is another", HOME, '<h3><a href="issues/2014-06-2/01.html"', '<h3><a href="issues/2014-06-2/02.html"'),
    replaced("page-facts", "the first article of the home page begins otherwise", HOME, '<p class="excerpt">', '<p class="excerpt">据悉，'),
    replaced("page-facts", "a title on a printed page leads to another article", PAGE, '<h2><a href="05.html"', '<h2><a href="06.html"'),
    replaced("page-facts", "a title on a printed page leads to the beginning of what goes on there", PAGE, "04.html#p5", "04.html#p4"),
    replaced("page-facts", "a printed page leads to another in the whole issue", PAGE, "full.html#p5", "full.html#p6"),
    replaced("page-facts", "a topic counts other articles of an issue", TOPIC, "</svg>\n 3 篇", "</svg>\n 4 篇"),
    replaced("page-facts", "a drawing says another number", TOPIC, "2014年五月第一期：3 篇", "2014年五月第一期：4 篇"),
    replaced("page-break", "the number beside a page break is another", ARTICLE, 'data-page="6"', 'data-page="7"'),
    replaced("page-break", "the number beside a page break is read as another", ARTICLE, 'aria-label="印刷版第6页"', 'aria-label="印刷版第7页"'),
    replaced("page-break", "the number beside a page break leads to another page", WHOLE, 'class="page-number" href="p6.html"', 'class="page-number" href="p5.html"'),
    replaced("paragraph-place", "the address beside a paragraph is read as another's", SHORT, 'aria-label="第2段"', 'aria-label="第1段"'),
    replaced("printed-text", "something stands below the text of an article", SHORT, "</article>", "<p>广告</p></article>"),
]  # fmt: skip

LOADED = [
    replaced("page-structure", "the search finds no place for its results", SEARCH, 'id="results"', 'id="result"'),
    replaced("page-structure", "the search is not loaded", SEARCH, '<script src="assets/search-engine.js" defer></script>', ""),
    replaced("page-structure", "the search says nothing without scripts", SEARCH, "<noscript>", "<p>"),
    replaced("external-request", "a style sheet fetches from elsewhere in disguise", "assets/site.css", "{", "{background:u\\72l(https://example.com/a.png);"),
    replaced("external-request", "a style sheet chooses a picture from elsewhere", "assets/site.css", "body{", 'body{background:image-set("//example.com/a.png" 1x);'),
    replaced("external-request", "a script asks another host", "assets/site.js", "document.", 'fetch("https://example.com/");document.'),
    replaced("inline-code", "a picture runs a script", "assets/icon.svg", "</svg>", "<script>alert(1)</script></svg>"),
    replaced("inline-code", "a picture waits for a click", "assets/icon.svg", "<svg ", '<svg onload="alert(1)" '),
    added("content-policy", "a page shows another page within", SHORT, '<iframe src="06.html" title="一"></iframe>'),
    added("content-policy", "a page shows a program", SHORT, '<object data="06.html"></object>'),
    replaced("metadata", "a page leads on by itself", SHORT, "<title>", '<meta http-equiv="refresh" content="5; url=06.html"><title>'),
    replaced("metadata", "a page hides from one search engine", SHORT, "<title>", '<meta name="Baiduspider" content="noindex"><title>'),
    replaced("page-structure", "English is said to be another language", ARTICLE, 'lang="en"', 'lang="fr"'),
    removed("page-structure", "there is no page for errors", "404.html"),
    replaced("feed-entry", "the feed says no language", "feed.xml", ' xml:lang="zh-CN"', ""),
    replaced("feed-entry", "the feed states another encoding", "feed.xml", 'encoding="utf-8"', 'encoding="gbk"'),
    replaced("feed-entry", "an entry runs a script", "feed.xml", "&lt;p&gt;", "&lt;script&gt;a()&lt;/script&gt;&lt;p&gt;"),
    replaced("feed-entry", "an entry emphasizes what the text does not", "feed.xml", "&lt;p&gt;", "&lt;p&gt;&lt;b&gt;&lt;/b&gt;"),
    Fault(name="a PDF is not the one that was laid out", code="pdf-page", at=EDITION, change=lengthened),
]  # fmt: skip

PAGES: list[Fault] = [*FRAMES, *FACTS, *MARKUP, *FILES, *PLACES, *LOADED]

PUBLISHED_PAGES = [
    replaced("correction", "a correction is said of another issue", "corrections.html", 'href="issues/2014-06-2/index.html">', 'href="issues/2014-05-1/index.html">'),
    replaced("metadata", "an old address leads on after a while", "old/13.html", 'content="0; url', 'content="30; url'),
    added("withdrawal", "what was withdrawn stands below the notice", "issues/2014-06-2/14.html", "<p>原来的正文。</p>"),
    replaced("sitemap-entry", "a page was changed on another day", "sitemap.xml", "<lastmod>2014-05-09", "<lastmod>2014-05-10"),
    replaced("search-description", "the search takes other characters", "opensearch.xml", "<InputEncoding>UTF-8", "<InputEncoding>GBK"),
    replaced("robots", "robots.txt is for one crawler only", "robots.txt", "User-agent: *", "User-agent: x"),
]  # fmt: skip
