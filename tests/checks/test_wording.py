"""What a secretary reads: one wording a rule, with the line and the value in it."""

import pytest

from checks.planting import Fault, Site
from checks.test_planted_faults import FAULTS

BY_NAME = {fault.name: fault for fault in FAULTS}


@pytest.mark.parametrize(
    ("name", "line_has", "message"),
    [
        ("a link names a missing file", 'href="55.html"', "链接“55.html”指向的文件不存在"),
        ("an anchor has other capitals", "p5.html#A05", "链接“p5.html#A05”指向的位置不存在"),
        ("a link has backslashes", "..\\..\\search.html", "站内链接“..\\..\\search.html”不是相对路径，换个地方打开就会失效"),
        ("an icon comes from elsewhere", "icon.svg", "<link> 会让浏览器连到别的主机：http://cdn.example.com/icon.svg"),
        ("a link runs a script", "javascript:", "链接“javascript:alert(1)”的开头不能用"),
        ("pictures may come from anywhere", "Content-Security-Policy", "网页的内容安全策略不对：img-src 只能是 'self' 或 'none'，不能是 *"),
        ("a script waits for a click", "onclick", "网页里有行内代码：<p onclick>"),
        ("a field has no label", 'name="r"', "网页的结构不对：输入框“r”没有标签"),
        ("an id comes twice", 'id="main"', "id“main”在一页里出现了 2 次"),
        ("a number in the contents is another", "大数据的机遇与挑战", "目录与文章不符：“美国白宫 85 页报告详述大数据的机遇与挑战”的页码是“8”，应是 7"),
        ("a number leads to another page", "p4.html#a04", "页码“5”没有通到文章“上海正式开通信用大数据平台”在第 5 页的开头"),
        ("a page begins two characters too early", 'id="p6"', "文章里的页码标记与分页记号不符：第 6 页应从“数据战略规划，组织当地重”之后开始"),
        ("a title is another", "<h1>", "网页与原文不符：题名应是“上海正式开通信用大数据平台”，网页上是“上海市正式开通信用大数据平台”"),
        ("a printed page lost a character", 'id="a05"', "网页与原文不符：应是“…近3亿条，接受查询250万次。…”，网页上是“…近3亿条，接受查询250次。…”"),
        ("an entry has another title", "<title>互联网中国", "订阅源不对：题名“互联网中国公民发表言论重要渠道之一”应是“互联网成中国公民发表言论重要渠道之一”"),
        ("there is a sitemap without an address", "", "网站地图不对：archive.yaml 没有写 base_url，不应有网站地图"),
        ("an article's day has no time", "PubDate", "网页的标签信息不对：PubDate 是“2014-05-09”，应是“2014-05-09 00:00”"),
        ("an author is invented", 'name="Author"', "网页的标签信息不对：不应有 Author，原文没有"),
        ("a SiteIDCode is invented", "SiteIDCode", "网页的标签信息不对：不应有 SiteIDCode，archive.yaml 没有写 site_id_code"),
        ("a citation begins on another page", "citation_firstpage", "网页的标签信息不对：citation_firstpage 是“6”，应是“5”"),
        ("an article begins on another page", '"pageStart":6', "网页的结构化数据（JSON-LD）不对：Article.pageStart 是“6”，应是“5”"),
        ("an article is part of another issue in data", "issueNumber", "网页的结构化数据（JSON-LD）不对：Article.isPartOf.issueNumber 是“5月第2期”，应是“5月第1期”"),
        ("a script stands in the page as some other data", "application/json", "网页里有行内代码：<script>"),
        ("an EPUB lost a character of an article", "", "电子书不对：EPUB/2014-05-1/06.xhtml 的正文与原文不符，应是“…面的探索，抢占大数据发展先机。面对大数据时代的来…”，书里是“…面的探索，抢占大数据发展机。面对大数据时代的来袭…”"),
        ("an EPUB invents an author", "", "电子书不对：creator 不应有，写的是“某人”"),
        ("an EPUB's page begins two characters too early", "", "电子书不对：EPUB/2014-05-1/06.xhtml 里第6页前面应有 144 个字，书里有 142 个"),
        ("the index is missing", "", "检索数据不能用：没有这个文件"),
        ("a word of a title does not lead to the article", "", "用题名检索查不到文章 2014-05-1/06“大数据时代的江苏策略”"),
        ("the search page shows another source", "", "检索页用的文章资料不对：2014-05-1/06 的 source 是“文汇报”，应是“{source}”"),
    ],
)  # fmt: skip
def test_a_fault_is_worded(plain: Site, name: str, line_has: str, message: str) -> None:
    fault = BY_NAME[name]
    source = next(a.source for a in plain.archive.articles if a.id == "2014-05-1/06")
    found = {
        problem.message: problem
        for problem in plain.caused(fault)
        if problem.code == fault.code and problem.path == f"site/{fault.at}"
    }
    problem = found[message.replace("{source}", source or "")]
    assert problem.hint.endswith("。")
    if line_has:
        assert line_has in broken_text(plain, fault).split("\n")[problem.line - 1]


def broken_text(site: Site, fault: Fault) -> str:
    files = dict(site.files)
    fault.change(files)
    return files[fault.at].decode()
