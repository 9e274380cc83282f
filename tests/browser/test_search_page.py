"""The search page as people use it: typing, keys, filters, order, the address, what is said when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, Route, expect

from archives import published_files
from browser.server import serving
from browser.small_archive import HARVESTER, PLATFORMS, TRACTOR, Piece, publish

pytestmark = pytest.mark.browser

AT_A_TIME = 10
FIELD = "input[type=search][name=q]"
HITS = "#results > li"
# Longer than any pause that the page makes while somebody types.
LONG = 2000


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def small(small_site: Path) -> str:
    """The search page of the made-up archive, in a folder."""
    return f"{small_site.as_uri()}/search.html"


@pytest.fixture(scope="module", params=["file", "http"])
def anywhere(request: pytest.FixtureRequest, small: str, small_site: Path) -> Iterator[str]:
    """The same, and on a server: for what browsers do otherwise there."""
    if request.param == "file":
        yield small
    else:
        with serving(small_site) as address:
            yield f"{address}/search.html"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with a history of its own."""
    page = browser.new_page()
    page.set_default_timeout(10_000)
    yield page
    page.close()


def answered(page: Page) -> None:
    page.wait_for_selector("#results[aria-busy='false']", state="attached")


def ask(page: Page, search: str, query: str = "平台", **controls: str) -> None:
    page.goto(f"{search}?{urlencode({'q': query, **controls})}")
    answered(page)


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def links(page: Page) -> list[str]:
    """The articles in the list, in order."""
    found: list[str] = page.eval_on_selector_all(
        HITS, "items => items.map((item) => item.querySelector('a').getAttribute('href'))"
    )
    return [href.removeprefix("issues/").removesuffix(".html") for href in found]


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def options(page: Page, name: str) -> list[str]:
    return [text.strip() for text in page.locator(f"#{name} option").all_inner_texts()]


def open_filters(page: Page) -> None:
    page.click("#filters summary")
    expect(page.locator("#year option").nth(1)).to_be_attached()


def listen(page: Page) -> Callable[[], list[str]]:
    """From now on, all that the status line says: what a screen reader is told to read out."""
    page.evaluate(
        """() => {
            window.said = [];
            const status = document.querySelector("[role=status]");
            new MutationObserver(() => window.said.push(status.textContent))
                .observe(status, {childList: true, characterData: true, subtree: true});
        }"""
    )

    def said() -> list[str]:
        found: list[str] = page.evaluate("window.said")
        return found

    return said


# Typing


def test_results_come_while_typing(page: Page, anywhere: str) -> None:
    page.goto(anywhere)
    page.keyboard.type("拖拉机")
    expect(page.locator(HITS)).to_have_count(1)
    assert links(page) == [TRACTOR.id]
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    expect(page.locator(HITS)).to_have_count(0)


def test_letters_typed_in_one_go_are_one_search(page: Page, small: str) -> None:
    page.clock.install(time=0)
    page.goto(small)
    said = listen(page)
    # From now on time passes only where it is told to, however slow the machine.
    page.clock.pause_at(1000)
    for letter in "平台开通":
        page.keyboard.type(letter)
        page.clock.run_for(50)
    assert said() == []
    page.clock.run_for(LONG)
    page.clock.resume()
    expect(page.locator(HITS)).to_have_count(AT_A_TIME)
    # Beside the count nothing but that it takes a while: the clock has run, the files have not.
    assert {text for text in said() if "检索……" not in text} == {"共找到 23 篇文章"}


def test_a_late_answer_to_an_earlier_query_is_not_shown(page: Page, anywhere: str) -> None:
    held: list[Route] = []
    page.route(f"**/search/articles/{TRACTOR.id}.js", lambda route: held.append(route))
    page.goto(anywhere)
    with page.expect_request(f"**/search/articles/{TRACTOR.id}.js"):
        page.fill(FIELD, "拖拉机")
    page.fill(FIELD, "收割机")
    expect(page.locator(HITS)).to_have_count(1)
    assert links(page) == [HARVESTER.id]
    said = listen(page)
    held[0].continue_()
    # It waits for the very file that was held, behind the page's own search for it.
    assert page.evaluate("bulletin.search('拖拉机').then((found) => found.length)") == 1
    assert links(page) == [HARVESTER.id]
    assert said() == []


# Input methods


@pytest.fixture
def keyboard(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def compose(keyboard: CDPSession, text: str) -> None:
    keyboard.send(
        "Input.imeSetComposition",
        {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
    )


def press_enter(keyboard: CDPSession, key_code: int) -> None:
    key = {
        "key": "Enter",
        "code": "Enter",
        "windowsVirtualKeyCode": key_code,
        "nativeVirtualKeyCode": key_code,
    }
    keyboard.send("Input.dispatchKeyEvent", {**key, "type": "keyDown", "text": "\r"})
    keyboard.send("Input.dispatchKeyEvent", {**key, "type": "keyUp"})


def test_nothing_is_searched_while_an_input_method_composes(
    page: Page, keyboard: CDPSession, small: str
) -> None:
    page.clock.install()
    page.goto(small)
    page.focus(FIELD)
    said = listen(page)
    for letters in ("t", "tuo", "tuo'la", "tuo'la'ji"):
        compose(keyboard, letters)
        page.clock.run_for(LONG)
    press_enter(keyboard, 229)
    page.clock.run_for(LONG)
    assert page.input_value(FIELD) == "tuo'la'ji"
    assert said() == []
    assert asked(page) == {}
    keyboard.send("Input.insertText", {"text": "拖拉机"})
    page.clock.run_for(LONG)
    expect(page.locator(HITS)).to_have_count(1)
    assert asked(page) == {"q": "拖拉机"}


def test_the_enter_that_ends_a_composition_does_not_search(
    page: Page, keyboard: CDPSession, small: str
) -> None:
    """Some browsers say that the composition is over and only then tell of the key, as 229."""
    page.clock.install(time=0)
    page.goto(small)
    page.clock.pause_at(1000)
    page.focus(FIELD)
    said = listen(page)
    keyboard.send("Input.insertText", {"text": "拖拉机"})
    press_enter(keyboard, 229)
    assert asked(page) == {}
    # The clock stands still: what searches now is the key and not the pause after typing.
    press_enter(keyboard, 13)
    assert asked(page) == {"q": "拖拉机"}
    page.clock.resume()
    expect(page.locator(HITS)).to_have_count(1)
    assert said() == ["共找到 1 篇文章"]


# Keys


@pytest.mark.parametrize(
    "name",
    [
        "index.html",
        "issues/2014-05-1/index.html",
        "issues/2014-05-1/06.html",
        "search.html?q=%E4%BA%91",
    ],
)
def test_a_slash_leads_to_the_search_box_of_any_page(page: Page, site: Path, name: str) -> None:
    page.goto(f"{site.as_uri()}/{name}")
    page.keyboard.press("/")
    field = page.locator("[role=search] input[type=search]")
    expect(field).to_be_focused()
    page.keyboard.type("网/络")
    expect(field).to_have_value("网/络")


def test_every_page_has_one_search_box_that_leads_to_the_search_page(
    page: Page, site: Path
) -> None:
    for name in (name for name in published_files() if name.endswith(".html")):
        html = published_files()[name].decode()
        if 'http-equiv="refresh"' not in html:
            assert len(re.findall(r"<form[^>]* role=\"search\"", html)) == 1, name
    page.goto(f"{site.as_uri()}/issues/2014-05-1/p6.html")
    page.keyboard.press("/")
    page.keyboard.type("无纸化")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator(FIELD)).to_have_value("无纸化")
    expect(page.locator(HITS).first).to_be_visible()


def test_arrows_move_between_the_box_and_the_hits_and_enter_opens_one(
    page: Page, small: str
) -> None:
    ask(page, small)
    page.focus(FIELD)
    titles = page.locator(f"{HITS} .hit-title a")
    page.keyboard.press("ArrowDown")
    expect(titles.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    for _ in range(AT_A_TIME + 1):
        page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="显示更多")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(titles.nth(AT_A_TIME - 1)).to_be_focused()
    opened = links(page)[AT_A_TIME - 1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/issues/{opened}.html*")


def test_the_keyboard_goes_through_the_page_in_its_order_and_is_always_seen(
    page: Page, small: str
) -> None:
    ask(page, small, year="2014")
    page.focus(FIELD)
    passed = []
    for _ in range(9):
        passed.append(
            page.evaluate(
                """() => {
                    const focused = document.activeElement;
                    const style = getComputedStyle(focused);
                    const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
                    return (focused.id || focused.textContent.trim()) + (seen ? "" : " (unseen)");
                }"""
            )
        )
        page.keyboard.press("Tab")
    first = page.locator(f"{HITS} .hit-title a").first.inner_text()
    assert passed == ["q", "检索", "sort", "筛选", "topic", "year", "source", "clear", first]


def test_an_empty_search_page_awaits_typing_and_shows_how(page: Page, small: str) -> None:
    page.goto(small)
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.get_by_role("heading", name="怎样检索")).to_be_visible()
    assert page.evaluate("scrollY") == 0


def test_results_do_not_take_the_focus(page: Page, small: str) -> None:
    ask(page, small)
    expect(page.locator("body")).to_be_focused()


def test_on_a_touch_screen_no_keyboard_comes_up_unasked(browser: Browser, small: str) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(small)
    expect(page.locator("body")).to_be_focused()
    context.close()


def test_nothing_to_search_for_is_said_and_the_box_offered(page: Page, small: str) -> None:
    page.goto(small)
    page.click("#search-form button")
    expect(status(page)).to_have_text("请先输入检索词。")
    expect(page.locator(FIELD)).to_be_focused()


# What a hit shows


def test_each_hit_names_issue_date_source_and_page(page: Page, small: str) -> None:
    ask(page, small, "拖拉机")
    hit = page.locator(HITS)
    expect(hit.get_by_role("link", name="2014年六月第二期")).to_have_attribute(
        "href", "issues/2014-06-2/index.html"
    )
    expect(hit.locator("time")).to_have_attribute("datetime", "2014-06-13")
    expect(hit).to_contain_text("2014年6月13日")
    expect(hit).to_contain_text("农民日报")
    expect(hit.get_by_role("link", name="第3页")).to_have_attribute(
        "href", f"issues/{TRACTOR.id}.html#p3"
    )


def test_what_was_asked_for_is_marked_in_title_and_excerpt(page: Page, small: str) -> None:
    ask(page, small)
    hit = page.locator(HITS).first
    assert hit.locator(".hit-title mark").all_inner_texts() == ["平台"]
    assert hit.locator(".excerpt mark").all_inner_texts() == ["平台"]
    expect(hit.locator(".excerpt")).to_have_text("市民办事的平台已经开通。")


def test_a_match_in_the_source_alone_shows_the_end_and_its_page(page: Page, small: str) -> None:
    """In print the source stands behind the last word: excerpt and page tell of the same place."""
    ask(page, small, "农民日报")
    hit = page.locator(HITS)
    assert hit.locator("mark").all_inner_texts() == ["农民日报"]
    expect(hit.locator(".excerpt")).to_contain_text("拖拉机下地了。")
    expect(hit.get_by_role("link", name="第4页")).to_have_attribute(
        "href", f"issues/{TRACTOR.id}.html#p4"
    )


def test_excerpts_of_the_published_texts_end_with_sentences(page: Page, site: Path) -> None:
    page.goto(f"{site.as_uri()}/search.html")
    ends = Counter[bool]()
    for query in ("数据", "政务", "信息", "服务", "建设"):
        ask(page, f"{site.as_uri()}/search.html", query)
        for excerpt in page.locator(".excerpt").all_inner_texts():
            ends[bool(re.search(r"[。！？；][”’」』）》]*$", excerpt.strip()))] += 1
            assert len(excerpt) <= 160
    # Few sentences are too long to be shown whole.
    assert ends[True] > 30
    assert ends[True] >= 9 * ends[False]


# More


def test_more_results_come_on_demand_and_the_keyboard_goes_on_there(page: Page, small: str) -> None:
    ask(page, small)
    more = page.get_by_role("button", name="显示更多")
    expect(page.locator(HITS)).to_have_count(10)
    more.press("Enter")
    expect(page.locator(HITS)).to_have_count(20)
    expect(page.locator(f"{HITS} .hit-title a").nth(10)).to_be_focused()
    more.press("Enter")
    expect(page.locator(HITS)).to_have_count(len(PLATFORMS))
    expect(more).to_be_hidden()
    assert sorted(links(page)) == sorted(piece.id for piece in PLATFORMS)


def test_who_comes_back_from_an_article_finds_the_list_as_it_was(page: Page, anywhere: str) -> None:
    ask(page, anywhere, sort="date")
    page.get_by_role("button", name="显示更多").click()
    expect(page.locator(HITS)).to_have_count(20)
    before = links(page)
    page.locator(f"{HITS} .hit-title a").nth(17).click()
    page.wait_for_url(f"**/issues/{before[17]}.html*")
    page.go_back()
    answered(page)
    assert links(page) == before
    expect(page.locator(HITS).nth(17)).to_be_in_viewport()


# Filters and order


def counted(pieces: list[Piece], name: str) -> set[str]:
    return {
        f"{value}（{count}）"
        for value, count in Counter(getattr(piece, name) for piece in pieces).items()
        if value
    }


def test_filters_say_how_many_articles_each_would_leave(page: Page, small: str) -> None:
    ask(page, small)
    open_filters(page)
    assert (
        options(page, "topic")[0]
        == options(page, "year")[0]
        == options(page, "source")[0]
        == "全部"
    )
    assert set(options(page, "topic")[1:]) == counted(PLATFORMS, "topic")
    assert set(options(page, "source")[1:]) == counted(PLATFORMS, "source")
    assert options(page, "year")[1:] == [
        "2014年（11）",
        "2014年六月第二期（2）",
        "2014年五月第一期（9）",
        "2013年（12）",
        "2013年十二月第一期（12）",
    ]


def test_a_filter_leaves_its_articles_and_the_others_count_what_is_left(
    page: Page, small: str
) -> None:
    ask(page, small)
    open_filters(page)
    page.select_option("#topic", "大数据")
    left = [piece for piece in PLATFORMS if piece.topic == "大数据"]
    expect(status(page)).to_have_text(f"共找到 {len(PLATFORMS)} 篇，筛选出 {len(left)} 篇文章")
    assert set(links(page)) <= {piece.id for piece in left}
    assert set(options(page, "source")[1:]) == counted(left, "source")
    # Its own numbers are those of the alternatives.
    assert set(options(page, "topic")[1:]) == counted(PLATFORMS, "topic")


@pytest.mark.parametrize("chosen", ["2014", "2014-05-1"])
def test_a_year_and_a_single_issue_can_be_chosen(page: Page, small: str, chosen: str) -> None:
    ask(page, small)
    open_filters(page)
    page.select_option("#year", chosen)
    left = {piece.id for piece in PLATFORMS if chosen in (piece.year, piece.issue)}
    expect(status(page)).to_contain_text(f"筛选出 {len(left)} 篇")
    assert set(links(page)) <= left
    assert asked(page) == {"q": "平台", "year": chosen}


def test_filters_are_cleared_together_and_the_focus_stays_near(page: Page, small: str) -> None:
    ask(page, small, year="2014", topic="大数据", source="人民网")
    expect(status(page)).to_contain_text("筛选出")
    page.get_by_role("button", name="取消筛选").press("Enter")
    expect(status(page)).to_have_text(f"共找到 {len(PLATFORMS)} 篇文章")
    assert asked(page) == {"q": "平台"}
    assert page.evaluate("document.activeElement.closest('#filters') !== null")


def test_filters_that_leave_nothing_say_what_to_do(page: Page, small: str) -> None:
    ask(page, small, "拖拉机", source="文汇报")
    expect(status(page)).to_have_text(
        "共找到 1 篇，筛选出 0 篇文章。可以改选别的筛选条件，或取消筛选。"
    )
    expect(page.get_by_role("button", name="取消筛选")).to_be_visible()


def test_the_newest_come_first_where_that_is_asked_for(page: Page, small: str) -> None:
    ask(page, small)
    page.select_option("#sort", "date")
    expect(page.locator(HITS).first).to_contain_text("2014年六月第二期")
    expect(page.locator(HITS).nth(2)).to_contain_text("2014年五月第一期")
    issues = [id.split("/")[0] for id in links(page)]
    assert issues == sorted(issues, reverse=True)
    assert len(set(issues)) == 2


# The address


def test_the_address_brings_back_query_filters_and_order(
    page: Page, browser: Browser, anywhere: str
) -> None:
    ask(page, anywhere)
    open_filters(page)
    page.select_option("#year", "2014")
    page.select_option("#source", "人民网")
    page.select_option("#sort", "date")
    chosen = {"q": "平台", "year": "2014", "source": "人民网", "sort": "date"}
    expect(page).to_have_url(re.compile("sort=date"))
    answered(page)
    assert asked(page) == chosen
    other = browser.new_page()
    other.goto(page.url)
    answered(other)
    assert links(other) == links(page) != []
    assert {name: other.input_value(f"#{name}") for name in chosen} == chosen
    expect(status(other)).to_have_text(status(page).inner_text())
    other.close()


def test_the_back_button_undoes_one_choice_after_the_other(page: Page, anywhere: str) -> None:
    page.goto(anywhere)
    page.fill(FIELD, "平台")
    expect(status(page)).to_have_text("共找到 23 篇文章")
    page.keyboard.press("Enter")
    open_filters(page)
    page.select_option("#topic", "大数据")
    expect(status(page)).to_contain_text("筛选出 12 篇")
    page.fill(FIELD, "收割机")
    expect(status(page)).to_have_text("共找到 1 篇文章")
    page.go_back()
    expect(status(page)).to_contain_text("筛选出 12 篇")
    expect(page.locator(FIELD)).to_have_value("平台")
    page.go_back()
    expect(status(page)).to_have_text("共找到 23 篇文章")
    expect(page.locator("#topic")).to_have_value("")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("")
    expect(page.locator(HITS)).to_have_count(0)
    page.go_forward()
    page.go_forward()
    expect(status(page)).to_contain_text("筛选出 12 篇")


def test_letters_on_the_way_to_a_query_are_no_steps_back(page: Page, small: str) -> None:
    page.goto(small)
    for typed in ("拖", "拖拉", "拖拉机"):
        page.fill(FIELD, typed)
        page.wait_for_url(f"**?q={quote(typed)}")
    page.go_back()
    expect(page.locator(FIELD)).to_have_value("")


def test_an_address_that_nobody_would_write_is_no_harm(page: Page, small: str) -> None:
    ask(page, small, sort="<b>", year="1066", topic="没有")
    expect(status(page)).to_contain_text("筛选出 0 篇")
    expect(page.locator("#sort")).to_have_value("")
    assert options(page, "sort")[0] == "相关度"


# What is said


def test_counts_are_announced_once_and_not_again_while_they_stay(page: Page, small: str) -> None:
    page.goto(small)
    said = listen(page)
    page.fill(FIELD, "平台")
    expect(status(page)).to_have_text("共找到 23 篇文章")
    page.fill(FIELD, "平台 ")
    page.wait_for_url(f"**?q={quote('平台')}+")
    answered(page)
    page.select_option("#sort", "date")
    page.wait_for_url("**sort=date")
    answered(page)
    assert said() == ["共找到 23 篇文章"]


def test_only_a_slow_search_says_that_it_goes_on(page: Page, small: str) -> None:
    held: list[Route] = []
    page.route("**/search/catalog.js", lambda route: held.append(route))
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.goto(f"{small}?q={quote('拖拉机')}", wait_until="domcontentloaded")
    expect(status(page)).to_have_text("")
    page.clock.run_for(LONG)
    expect(status(page)).to_have_text("正在检索……")
    page.clock.resume()
    held[0].continue_()
    expect(status(page)).to_have_text("共找到 1 篇文章")


def test_where_nothing_is_found_the_indexes_are_one_step_away(page: Page, small: str) -> None:
    ask(page, small, "量子纠缠")
    expect(status(page)).to_contain_text("没有找到含“量子纠缠”的文章")
    for name, target in (("主题", "topics/index.html"), ("来源", "sources/index.html")):
        expect(status(page).get_by_role("link", name=name)).to_have_attribute("href", target)
    status(page).get_by_role("link", name="各期目录").click()
    page.wait_for_url("**/index.html")


def test_after_a_failure_another_press_searches_again(page: Page, anywhere: str) -> None:
    page.route("**/search/catalog.js", lambda route: route.abort())
    ask(page, anywhere, "拖拉机")
    expect(status(page)).to_contain_text("请再按一次“检索”")
    expect(status(page).get_by_role("link", name="主题")).to_be_visible()
    page.unroute("**/search/catalog.js")
    page.click("#search-form button")
    expect(page.locator(HITS)).to_have_count(1)
    expect(status(page)).to_have_text("共找到 1 篇文章")


def test_more_results_that_do_not_come_leave_those_that_did(page: Page, anywhere: str) -> None:
    failing: list[bool] = []
    page.route(
        "**/search/articles/**", lambda route: route.abort() if failing else route.continue_()
    )
    ask(page, anywhere)
    failing.append(True)
    more = page.get_by_role("button", name="显示更多")
    more.click()
    expect(status(page)).to_contain_text("请再按一次“显示更多”")
    expect(page.locator(HITS)).to_have_count(10)
    failing.clear()
    more.click()
    expect(page.locator(HITS)).to_have_count(20)
    expect(status(page)).to_have_text(f"共找到 {len(PLATFORMS)} 篇文章")
