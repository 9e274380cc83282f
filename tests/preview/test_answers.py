"""What is answered, and how it is marked as what."""

from __future__ import annotations

import json
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from archives import ROOT, TWO_ISSUES, only, write
from bulletin_site.build import build
from bulletin_site.excerpts import excerpt_of
from bulletin_site.inputs import read
from bulletin_site.preview.answers import Answer, answer, news
from bulletin_site.preview.edition import Edition
from bulletin_site.preview.session import Outcome, State
from bulletin_site.problems import Problem
from preview.small_site import BROKEN, MINOR, OUTSIDE, PAGE, SITE, WRONG, Maker


def state(**pages: str) -> State:
    """A good state of `SITE`, some of whose files are others."""
    edition = Maker().edition({**SITE, **pages})
    return State(number=1, outcome=Outcome.GOOD, edition=edition)


def script(answered: Answer) -> dict[str, str | None]:
    """The attributes of the one script that the preview has put in."""
    return only(answered.content.decode(), "script[src^='/.preview/']").attributes


def told(held: State, path: str = "/") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(news(held, path))
    return found


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/a.css", "text/css; charset=utf-8"),
        ("assets/a.js", "text/javascript; charset=utf-8"),
        ("search/index.json", "application/json; charset=utf-8"),
        ("assets/icon.svg", "image/svg+xml; charset=utf-8"),
        ("feed.xml", "text/xml; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("SHA256SUMS", "text/plain; charset=utf-8"),
        ("a.png", "image/png"),
        ("a.pdf", "application/pdf"),
        ("a.epub", "application/epub+zip"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.md", "text/markdown; charset=utf-8"),
        ("a.bib", "text/x-bibtex; charset=utf-8"),
        ("a.ris", "application/x-research-info-systems; charset=utf-8"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_a_file_is_answered_with_its_kind_and_its_encoding(address: str, kind: str) -> None:
    answered = answer(state(**{address: PAGE.format("内容")}), f"/{address}")
    assert (answered.status, answered.kind) == (HTTPStatus.OK, kind)


def test_a_page_gets_one_script_and_is_else_what_it_is() -> None:
    answered = answer(state(), "/")
    assert script(answered)["src"] == "/.preview/preview.js"
    line = answered.content.decode().partition("<script")[2].partition("</script>\n")[0]
    assert answered.content.decode().replace(f"<script{line}</script>\n", "") == SITE["index.html"]
    assert answer(state(), "/assets/site.css").content == b"a {}"


@pytest.mark.parametrize("name", ["preview.js", "preview.css", "waiting.css"])
def test_the_preview_has_its_own_files(name: str) -> None:
    answered = answer(State(), f"/.preview/{name}")
    assert answered.status == HTTPStatus.OK
    assert answered.content == (ROOT / "src/bulletin_site/preview/assets" / name).read_bytes()


def test_a_folder_is_sent_on_to_where_relative_links_hold() -> None:
    answered = answer(state(), "/issues")
    assert (answered.status, answered.location) == (HTTPStatus.FOUND, "/issues/")
    assert answer(state(), "/issues/").status == HTTPStatus.OK


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_path_is_answered_with_anything_but_the_page_for_what_is_not_there(path: str) -> None:
    answered = answer(state(), path)
    assert answered.status == HTTPStatus.NOT_FOUND
    assert "nothing here" in answered.content.decode()
    assert answered.location is None


@pytest.mark.parametrize("base_url", [None, "https://example.org/bulletin"])
def test_the_page_for_what_is_not_there_finds_its_styles_at_any_depth(
    tmp_path_factory: pytest.TempPathFactory, base_url: str | None
) -> None:
    result = build(read(write(tmp_path_factory.mktemp("archive"), TWO_ISSUES)), base_url=base_url)
    assert result.batches is not None
    held = State(outcome=Outcome.GOOD, edition=Edition(result.batches))
    page = LexborHTMLParser(answer(held, "/not/there/at/all.html").content)
    assert only(page, "link[rel=stylesheet]").attributes["href"] == "/assets/site.css"
    assert only(page, "form").attributes["action"] == "/search.html"
    assert page.css("base") == []
    links = {
        str(link.attributes["href"])
        for link in page.css("a[href], link[href], script[src]")
        if "href" in link.attributes
    }
    assert all(link.startswith(("/", "#", "https://example.org/")) for link in links), links


def test_as_long_as_there_is_no_site_a_page_stands_in() -> None:
    for path in ("/", "/index.html", "/assets/site.css", "/not/there"):
        answered = answer(State(), path)
        assert answered.status == HTTPStatus.SERVICE_UNAVAILABLE
        assert script(answered)["data-version"] == ""
    assert told(State())["version"] is None


def test_a_page_that_cannot_be_made_is_stood_in_for_and_the_reason_told() -> None:
    held = state(**{"search.html": "broken"})
    answered = answer(held, "/search.html")
    assert answered.status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert script(answered)["data-version"] == ""
    found = told(held, "/search.html")
    assert (found["version"], found["grave"]) == (None, True)
    assert [problem["place"] for problem in found["problems"]] == [f"{BROKEN.path}:{BROKEN.line}"]
    assert told(held, "/")["problems"] == []


def test_a_page_at_which_the_program_fails_is_said_to_be_its_own_mistake() -> None:
    held = state(**{"search.html": "mistaken"})
    found = told(held, "/search.html")
    assert (found["version"], found["grave"]) == (None, True)
    assert found["headline"].startswith("预览程序自己出了错")
    assert told(held, "/")["headline"] == ""


def test_the_news_of_a_page_names_the_version_it_was_answered_with() -> None:
    held = state()
    for path in ("/", "/index.html", "/issues/", "/search.html", "/not/there"):
        assert told(held, path)["version"] == script(answer(held, path))["data-version"]
    assert told(held, "/not/there")["version"] != told(held, "/404.html")["version"]


def test_the_news_lists_what_is_wrong_errors_first() -> None:
    wrong = replace(WRONG, excerpt=excerpt_of("page: 四\u200b，", "四\u200b"))
    found = told(replace(state(), outcome=Outcome.STOPPED, problems=(MINOR, wrong)))
    assert found["headline"] == "1 处错误、1 处提醒，网页停在改错之前的样子。"
    assert found["grave"] is True
    first, second = found["problems"]
    assert first == {
        "place": "issues/2014-05-1/01.md:3",
        "page": "/issues/2014-05-1/01.html",
        "warning": False,
        "message": "错",
        "hint": "改",
        "excerpt": ["page: ", "四\\u200b", "，"],
    }
    assert second["excerpt"] is None
    assert second["warning"] is True


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("issues/2014-05-1/01.md", "/issues/2014-05-1/01.html"),
        ("issues/2014-05-1/02.md", None),
        ("issues/2014-05-1/issue.md", None),
        ("issues/archive.yaml", None),
        ("templates/base.html", None),
        ("", None),
    ],
)
def test_a_problem_leads_to_the_page_of_its_file_where_there_is_one(
    path: str, page: str | None
) -> None:
    problem = replace(WRONG, path=path)
    held = replace(state(), problems=(problem,))
    assert [shown["page"] for shown in told(held)["problems"]] == [page]
    assert [shown["page"] for shown in told(State(problems=(problem,)))["problems"]] == [None]


@pytest.mark.parametrize(
    ("held", "headline", "grave"),
    [
        (State(), "正在生成网站，请稍候。", False),
        (state(), "", False),
        (replace(state(), problems=(MINOR,)), "1 处提醒，不影响发布。", False),
        (
            State(outcome=Outcome.STOPPED, problems=(WRONG,)),
            "1 处错误，改好并保存，网页就会出来。",
            True,
        ),
        (
            replace(state(), outcome=Outcome.CRASHED),
            "预览程序自己出了错，不是稿件的错。请把命令窗口里的文字告诉维护人员。",
            True,
        ),
    ],
    ids=["begun", "good", "warning", "error at the start", "crash"],
)
def test_the_headline_says_how_things_stand(held: State, headline: str, grave: bool) -> None:
    found = told(held)
    assert (found["headline"], found["grave"]) == (headline, grave)


def test_a_page_lists_only_so_many_problems_and_no_error_is_left_out_for_a_warning() -> None:
    warnings = tuple(replace(MINOR, line=line) for line in range(1, 1000))
    problems: tuple[Problem, ...] = (*warnings, WRONG)
    found = told(replace(state(), problems=problems))
    assert found["headline"].startswith("1 处错误、999 处提醒")
    assert len(found["problems"]) == 100
    assert found["problems"][0]["warning"] is False


def test_news_is_one_line_whatever_stands_in_it() -> None:
    hostile = replace(WRONG, path="issues/a\nb", message="</script>\r\ndata: x\u2028", hint="\x00")
    assert news(replace(state(), problems=(hostile,)), "/").isprintable()
