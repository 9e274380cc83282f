"""Copying citations: of an article, of an issue, of a passage with the printed pages on which it stands; and the way back
from what was copied to the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from archives import TWO_ISSUES, write
from browser.server import serving
from browser.test_accessibility import examined, violations
from bulletin_site.build import build
from bulletin_site.inputs import read as read_inputs

pytestmark = pytest.mark.browser

ARTICLE = "issues/2014-05-1/06.html"  # printed pages 5 to 7
CONTENTS = "issues/2014-05-1/index.html"
WHOLE = "issues/2014-05-1/full.html"
PRINTED = "issues/2014-05-1/p5.html"
LEAD = "大数据时代的江苏策略[J"
REST = "]. 电子政务信息汇编，2014（5月第1期）："

DAY = "2031-02-03"
"""The reader's day; nothing that is built knows it."""

ACROSS = ("组织当地重", "点企业或科研机构")
"""The end of printed page 5 and the beginning of page 6, in one paragraph."""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 700})
    context.set_default_timeout(10_000)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    page = context.new_page()
    page.clock.set_fixed_time(f"{DAY}T12:00:00")
    return page


def select(page: Page, first: str, last: str, within: str = ".prose") -> None:
    """Select from the beginning of some printed words to the end of others, as a mouse would."""
    page.evaluate(
        """([first, last, within]) => {
          const texts = [];
          for (const root of document.querySelectorAll(within)) {
            const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) texts.push(walker.currentNode);
          }
          const from = texts.find(text => text.data.includes(first));
          const to = texts.find(text => text.data.includes(last));
          const range = document.createRange();
          range.setStart(from, from.data.indexOf(first));
          range.setEnd(to, to.data.indexOf(last) + last.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }""",
        [first, last, within],
    )


def bar(page: Page) -> Locator:
    return page.get_by_role("group", name="引用选中的文字")


def copy_passage(page: Page, pages: str) -> str:
    """Copy the citation of what is selected, which stands on such pages."""
    bar(page).get_by_role("button", name=f"复制引文（第{pages}页）").click()
    expect(bar(page).get_by_role("status")).to_have_text(f"已复制（第{pages}页）")
    return copied(page)


def copied(page: Page) -> str:
    """What is in the clipboard, put into a field as a reader would."""
    page.evaluate(
        "() => { const field = document.createElement('textarea'); field.id = 'pasted';"
        " document.body.append(field); field.focus(); }"
    )
    page.keyboard.press("Control+V")
    expect(page.locator("#pasted")).not_to_have_value("")
    text = page.locator("#pasted").input_value()
    page.evaluate("document.getElementById('pasted').remove()")
    return text


def url_in(citation: str) -> str:
    found = re.search(r"https?://\S+$", citation)
    assert found, citation
    return found[0]


def in_view(page: Page, selector: str) -> bool:
    return bool(
        page.locator(selector).evaluate(
            "e => { const { top } = e.getBoundingClientRect(); return top >= 0 && top < innerHeight; }"
        )
    )


# An article and an issue


def test_the_citation_of_an_article_is_copied_with_address_and_day(
    page: Page, over_http: str
) -> None:
    page.goto(f"{over_http}/{ARTICLE}?q=大数据#p6")
    page.get_by_role("button", name="复制引文").click()
    expect(page.locator(".citation [role=status]")).to_have_text("已复制")
    assert copied(page) == f"{LEAD}/OL{REST}5-7[{DAY}]. {over_http}/{ARTICLE}"


def test_from_a_folder_it_is_the_printed_article_that_is_cited(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    button = page.get_by_role("button", name="复制引文")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".citation [role=status]")).to_have_text("已复制")
    expect(button).to_be_focused()
    assert copied(page) == f"{LEAD}{REST}5-7."
    assert copied(page) == page.locator(".citation-text").text_content()


def test_an_issue_is_cited_as_a_whole(page: Page, over_http: str) -> None:
    page.goto(f"{over_http}/{CONTENTS}")
    page.get_by_role("button", name="复制引文").click()
    expect(page.locator(".citation [role=status]")).to_have_text("已复制")
    right = f"电子政务信息汇编[J/OL]. 2014（5月第1期）. 秘书处，2014[{DAY}]. {over_http}/{CONTENTS}"
    assert copied(page) == right


# A passage


def test_a_passage_across_the_end_of_a_page_is_cited_with_both_pages(
    page: Page, over_http: str
) -> None:
    page.goto(f"{over_http}/{ARTICLE}")
    select(page, *ACROSS)
    citation = copy_passage(page, "5-6")
    assert citation == f"{LEAD}/OL{REST}5-6[{DAY}]. {over_http}/{ARTICLE}#s1"
    page.goto(url_in(citation))
    assert in_view(page, "#s1:target")
    assert "".join(ACROSS) in str(page.locator("#s1").text_content())


@pytest.mark.parametrize(
    ("first", "last", "pages", "place"),
    [
        ("2010", ACROSS[0], "5", "s1"),
        (ACROSS[1], ACROSS[1], "6", "p6"),
        ("面对大数据时代的来袭", "江苏应把握机遇", "6", "s2"),
        ("面对大数据时代的来袭", "五是以大数据", "6-7", "s2"),
        ("五是以大数据", "前瞻性。", "7", "s7"),
    ],
)
def test_pages_and_place_of_a_passage_are_those_on_which_it_stands(
    page: Page, over_http: str, first: str, last: str, pages: str, place: str
) -> None:
    page.goto(f"{over_http}/{ARTICLE}")
    select(page, first, last)
    citation = copy_passage(page, pages)
    assert citation == f"{LEAD}/OL{REST}{pages}[{DAY}]. {over_http}/{ARTICLE}#{place}"
    page.goto(url_in(citation))
    assert in_view(page, ":target")


def test_the_button_below_the_text_cites_what_is_selected_too(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    select(page, *ACROSS)
    page.locator("button[data-cite]").click()
    expect(page.locator(".citation [role=status]")).to_have_text("已复制（第5-6页）")
    assert copied(page) == f"{LEAD}{REST}5-6."


def test_a_selection_that_goes_on_beyond_the_text_is_cited_as_the_text(
    page: Page, site: Path
) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    page.keyboard.press("Control+A")
    expect(bar(page).get_by_role("button")).to_have_text("复制引文（第5-7页）")


def test_in_the_whole_issue_a_passage_is_cited_with_its_own_article(
    page: Page, over_http: str
) -> None:
    page.goto(f"{over_http}/{WHOLE}")
    select(page, *ACROSS)
    citation = copy_passage(page, "5-6")
    assert citation == f"{LEAD}/OL{REST}5-6[{DAY}]. {over_http}/{WHOLE}#a06-s1"
    page.goto(url_in(citation))
    assert in_view(page, "#a06-s1:target")


def test_over_several_articles_the_first_one_is_cited(page: Page, over_http: str) -> None:
    page.goto(f"{over_http}/{WHOLE}")
    select(page, "五是以大数据", "美国白宫", ".article")
    assert copy_passage(page, "7").startswith(f"{LEAD}/OL{REST}7[")


def test_on_a_printed_page_a_passage_is_cited_with_that_page(page: Page, over_http: str) -> None:
    page.goto(f"{over_http}/{PRINTED}")
    select(page, ACROSS[0], ACROSS[0])
    citation = copy_passage(page, "5")
    assert citation == f"{LEAD}/OL{REST}5[{DAY}]. {over_http}/{PRINTED}#a06"
    page.goto(url_in(citation))
    assert in_view(page, "#a06:target")


def test_the_same_words_on_another_page_are_cited_with_that_page(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    select(page, "大数据", "大数据", "#s1")
    expect(bar(page).get_by_role("button")).to_have_text("复制引文（第5页）")
    select(page, "大数据", "大数据", "#s7")
    expect(bar(page).get_by_role("button")).to_have_text("复制引文（第7页）")


def test_the_bar_goes_when_nothing_is_selected_any_more(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    select(page, *ACROSS)
    expect(bar(page)).to_be_visible()
    page.evaluate("getSelection().collapseToEnd()")
    expect(bar(page)).to_be_hidden()
    select(page, *ACROSS)
    expect(bar(page)).to_be_visible()


def test_the_keyboard_alone_is_enough(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    # A word is selected, the keyboard adds another character to it, and goes on from there.
    page.locator("#s7").dblclick()
    page.keyboard.press("Shift+ArrowRight")
    button = bar(page).get_by_role("button", name="复制引文（第7页）")
    expect(button).to_be_visible()
    # The link of the paragraph comes first.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(bar(page).get_by_role("status")).to_have_text("已复制（第7页）")
    expect(button).to_be_focused()
    assert copied(page) == f"{LEAD}{REST}7."


# Browsers without the clipboard's interface, or that refuse it

WITHOUT = "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
REFUSING = "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
NOT_AT_ALL = f"{WITHOUT} document.execCommand = () => false;"


@pytest.mark.parametrize("script", [WITHOUT, REFUSING])
def test_it_is_copied_in_the_older_way_and_the_selection_stays(
    context: BrowserContext, page: Page, site: Path, script: str
) -> None:
    context.add_init_script(script)
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    select(page, *ACROSS)
    bar(page).get_by_role("button").click()
    expect(bar(page).get_by_role("status")).to_have_text("已复制（第5-6页）")
    assert page.evaluate("getSelection().toString()") == "".join(ACROSS)
    assert page.locator("textarea").count() == 0
    assert copied(page) == f"{LEAD}{REST}5-6."


def test_where_nothing_can_be_copied_the_citation_is_said(
    context: BrowserContext, page: Page, site: Path
) -> None:
    context.add_init_script(NOT_AT_ALL)
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    page.get_by_role("button", name="复制引文").click()
    expect(page.locator(".citation [role=status]")).to_contain_text(f"{LEAD}{REST}5-7.")


# A site that knows its address, and readers without scripts


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a site, and the one of which the site knows."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with serving(folder / "site") as address:
        known = f"{address}/known/bulletin"
        files = build(read_inputs(write(folder / "archive", TWO_ISSUES)), base_url=known).files
        assert files is not None
        for below in ("known/bulletin", "copy"):
            for name, content in files.items():
                file = folder / "site" / below / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        yield f"{address}/copy", known


def test_a_copy_of_a_site_is_cited_with_the_address_of_the_site(
    page: Page, elsewhere: tuple[str, str]
) -> None:
    copy, known = elsewhere
    page.goto(f"{copy}/issues/2014-06-2/01.html")
    select(page, "第二项还没", "有说完")
    citation = copy_passage(page, "3-4")
    lead = "云服务与“大数据”[J/OL]. 电子政务信息汇编，2014（6月第2期）："
    assert citation == f"{lead}3-4[{DAY}]. {known}/issues/2014-06-2/01.html#s4"
    page.goto(url_in(citation))
    assert in_view(page, "#s4:target")


def test_a_subheading_is_cited_with_the_paragraph_before_it(
    page: Page, elsewhere: tuple[str, str]
) -> None:
    page.goto(f"{elsewhere[0]}/issues/2014-06-2/01.html")
    select(page, "市场的变化", "市场的变化")
    assert url_in(copy_passage(page, "2")).endswith("/01.html#s1")


def test_a_page_that_begins_between_two_paragraphs_is_where_the_second_stands(
    page: Page, elsewhere: tuple[str, str]
) -> None:
    page.goto(f"{elsewhere[0]}/issues/2014-06-2/01.html")
    select(page, "另起一页", "另起一页")
    assert url_in(copy_passage(page, "5")).endswith("/01.html#s5")


def test_without_scripts_the_citation_is_there_and_its_files_and_no_button(
    browser: Browser, site: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for name, files in ((ARTICLE, "06"), (CONTENTS, "2014-05-1")):
        page.goto(f"{site.as_uri()}/{name}")
        expect(page.locator(".citation-text")).to_contain_text("2014（5月第1期）")
        for kind, ending in (("BibTeX", "bib"), ("RIS", "ris")):
            link = page.locator(".citation").get_by_role("link", name=kind)
            expect(link).to_have_attribute("href", f"{files}.{ending}")
        expect(page.get_by_role("button", name="复制引文")).to_have_count(0)
    context.close()


def test_what_the_bar_will_say_has_a_place_before_it_is_said(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    select(page, *ACROSS)
    expect(bar(page).get_by_role("status")).to_have_text("")
    expect(bar(page).get_by_role("status")).to_have_css("display", "block")


def test_the_pages_of_a_citation_are_never_parted(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    pages = page.locator(".citation-text .unbroken")
    expect(pages).to_have_text("5-7.")
    for width in range(320, 400, 4):
        page.set_viewport_size({"width": width, "height": 700})
        assert pages.evaluate("e => e.getClientRects().length") == 1


def test_paper_shows_the_citation_and_no_button(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/{ARTICLE}")
    select(page, *ACROSS)
    expect(bar(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".citation-text")).to_be_visible()
    expect(page.get_by_role("button", name="复制引文")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_no_violation_where_text_is_selected(
    browser: Browser, site: Path, width: int
) -> None:
    with examined(browser, viewport={"width": width, "height": 700}) as page:
        page.goto(f"{site.as_uri()}/{ARTICLE}")
        select(page, *ACROSS)
        bar(page).get_by_role("button").click()
        expect(bar(page).get_by_role("status")).to_have_text("已复制（第5-6页）")
        assert violations(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide
