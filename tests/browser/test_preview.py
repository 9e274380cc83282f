"""`bulletin serve` in a browser: the page follows the saves, and what is wrong stands above it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from archives import TWO_ISSUES, write
from browser.preview_page import preview_page
from browser.test_accessibility import examined, violations
from preview.program import Program, running, save

pytestmark = pytest.mark.browser

THIRD = "issues/2014-05-1/03.md"
SECOND = "issues/2014-05-1/02.md"
PAGE = "issues/2014-05-1/03.html"
GOOD = TWO_ISSUES[THIRD]
LONG = GOOD + "".join(f"\n第{number}段。\n" for number in range(1, 200))
WRONG = GOOD.replace("page: 4", "page: 四")
WARNED = GOOD.replace("不再", " and 不再")
MARK = "window.untouched = true"
"""Gone when the page is loaded anew."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path, TWO_ISSUES)


@pytest.fixture
def program(root: Path) -> Iterator[Program]:
    with running(root) as program:
        yield program


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with preview_page(browser) as page:
        yield page


def bar(page: Page) -> Locator:
    return page.locator("bulletin-preview section")


def entries(page: Page) -> list[str]:
    return [text.strip() for text in page.locator("bulletin-preview li").all_inner_texts()]


def open_at(page: Page, program: Program, path: str = PAGE) -> None:
    """Open a page, and wait until it listens."""
    with page.expect_response("**/.preview/events?*"):
        page.goto(program.url + path)
    page.evaluate(MARK)


def is_untouched(page: Page) -> bool:
    return bool(page.evaluate("window.untouched === true"))


def test_a_save_is_seen_without_touching_the_browser(
    page: Page, program: Program, root: Path
) -> None:
    open_at(page, program)
    save(root / THIRD, GOOD.replace("会议不再印发文件", "会议一律不发文件"))
    expect(page.locator(".body")).to_contain_text("会议一律不发文件")
    assert not is_untouched(page)
    expect(bar(page)).to_be_hidden()


def test_styles_and_templates_are_followed_too(page: Page, program: Program, root: Path) -> None:
    open_at(page, program)
    style = root / "templates/assets/site.css"
    save(style, style.read_text("utf-8") + "\nh1 { color: rgb(1, 2, 3); }\n")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    template = root / "templates/_furniture.html"
    text = template.read_text("utf-8")
    assert "编印" in text
    save(template, text.replace("编印", "编辑印发"))
    expect(page.locator("footer")).to_contain_text("编辑印发")


def test_a_page_that_stays_the_same_is_left_alone(page: Page, program: Program, root: Path) -> None:
    name = "issues/2014-06-2/02"
    loaded: list[str] = []
    open_at(page, program, f"{name}.html")
    page.on("request", lambda request: loaded.append(request.resource_type))
    # Beside the page's own, so that it is known when news of a save has come.
    page.evaluate(
        "() => { window.news = 0; new EventSource('/.preview/events?path=' + location.pathname)"
        ".addEventListener('message', () => { window.news += 1; }); }"
    )
    page.wait_for_function("() => window.news === 1")
    save(root / THIRD, GOOD.replace("会议不再印发文件", "会议一律不发文件"))
    page.wait_for_function("() => window.news === 2")
    save(root / f"{name}.md", TWO_ISSUES[f"{name}.md"] + "\n另一段。\n")
    expect(page.locator(".body")).to_contain_text("另一段。")
    assert loaded.count("document") == 1


def test_the_place_in_a_long_page_is_kept(page: Page, program: Program, root: Path) -> None:
    save(root / THIRD, LONG)
    program.says("网页已更新")
    for path in (PAGE, f"{PAGE}#s150"):
        page.goto("about:blank")
        open_at(page, program, path)
        page.evaluate("window.scrollTo(0, 2500)")
        page.wait_for_function("() => window.scrollY === 2500")
        save(root / THIRD, LONG.replace("第199段", path))
        expect(page.locator(".body")).to_contain_text(path)
        page.wait_for_function("() => window.scrollY === 2500")


def test_an_error_is_shown_above_the_last_good_page_and_goes_when_it_is_mended(
    page: Page, program: Program, root: Path
) -> None:
    open_at(page, program)
    save(root / THIRD, WRONG)
    expect(bar(page)).to_be_visible()
    expect(page.locator("bulletin-preview [role=alert]")).to_have_text(
        "1 处错误，网页停在改错之前的样子。"
    )
    assert entries(page) == [
        f"{THIRD}:3：页码“四”不是正整数\n\n提示：请写文章开始的那一页，用半角数字，例如：page: 5；"
        "页码由排版决定的新刊写 page: auto。\n\npage: 四"
    ]
    expect(page.locator(".body")).to_contain_text("会议不再印发文件")
    assert is_untouched(page)
    # It is there on every page; each of them is the last good one, and the file leads to its own.
    page.goto(program.url)
    expect(bar(page)).to_be_visible()
    page.get_by_role("link", name=f"{THIRD}:3").click()
    expect(page).to_have_url(program.url + PAGE)
    expect(page.locator(".body")).to_contain_text("会议不再印发文件")
    page.evaluate(MARK)
    save(root / THIRD, GOOD)
    expect(bar(page)).to_be_hidden()
    assert is_untouched(page)


def test_an_error_at_the_start_has_a_page_of_its_own_that_becomes_the_site(
    page: Page, root: Path
) -> None:
    save(root / THIRD, WRONG)
    with running(root) as program:
        page.goto(program.url + PAGE)
        expect(page.locator("h1")).to_have_text("预览")
        expect(page.locator("bulletin-preview [role=alert]")).to_contain_text("1 处错误")
        assert entries(page)[0].startswith(f"{THIRD}:3：页码“四”不是正整数")
        save(root / THIRD, GOOD)
        expect(page.locator("h1")).to_have_text("某市会议无纸化")
        expect(bar(page)).to_be_hidden()


def test_a_page_that_comes_and_goes_is_followed(page: Page, program: Program, root: Path) -> None:
    fourth, address = root / "issues/2014-05-1/04.md", "issues/2014-05-1/04.html"
    page.goto(program.url + address)
    expect(page.locator("h1")).to_have_text("没有这个网页")
    save(fourth, "---\ntitle: 新的一篇\npage: 5\n---\n\n新的一段。\n")
    expect(page.locator("h1")).to_have_text("新的一篇")
    fourth.unlink()
    expect(page.locator("h1")).to_have_text("没有这个网页")


def test_warnings_are_folded_up_and_stay_as_they_were_left(
    page: Page, program: Program, root: Path
) -> None:
    open_at(page, program)
    save(root / THIRD, WARNED)
    expect(page.locator(".body")).to_contain_text("and")
    expect(page.locator("bulletin-preview [role=status]")).to_have_text("1 处提醒，不影响发布。")
    unfold = page.get_by_role("button", name="展开")
    expect(unfold).to_have_attribute("aria-expanded", "false")
    expect(page.locator("bulletin-preview li")).to_be_hidden()
    unfold.click()
    assert entries(page)[0].startswith(f"{THIRD}:6：汉字之间夹着英文")
    save(root / THIRD, WARNED + "\n又一段。\n")
    expect(page.locator(".body")).to_contain_text("又一段")
    expect(page.locator("bulletin-preview li")).to_be_visible()
    # Beside an error they are folded up in its list.
    save(root / SECOND, TWO_ISSUES[SECOND].replace("page: 3", "page: 三"))
    expect(page.locator("bulletin-preview [role=alert]")).to_contain_text("1 处错误、1 处提醒")
    expect(page.locator("bulletin-preview li")).to_have_count(2)
    expect(page.locator("bulletin-preview .warnings li")).to_be_hidden()
    page.locator("bulletin-preview summary").click()
    expect(page.locator("bulletin-preview .warnings li")).to_be_visible()


def test_the_list_is_put_away_by_the_keyboard_until_something_else_is_wrong(
    page: Page, program: Program, root: Path
) -> None:
    open_at(page, program)
    save(root / THIRD, WRONG)
    listed = page.locator("bulletin-preview li")
    expect(listed).to_be_visible()
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(bar(page)).to_be_visible()
    page.goto(program.url)
    expect(bar(page)).to_be_visible()
    expect(listed).to_be_hidden()
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="跳到正文")
    expect(skip).to_be_focused()
    assert skip.evaluate(
        "e => { const r = e.getBoundingClientRect();"
        " return document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2) === e; }"
    )
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="展开")).to_be_focused()
    page.keyboard.press("Enter")
    expect(listed).to_be_visible()
    expect(page.get_by_role("button", name="收起")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="展开")).to_be_focused()
    save(root / THIRD, WRONG.replace("title", "titel"))
    expect(listed.first).to_be_visible()


def test_hostile_names_and_titles_are_shown_as_text(
    page: Page, program: Program, root: Path
) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    open_at(page, program)
    save(root / THIRD, GOOD.replace("page: 4", f"page: {hostile}\n<script>alert(2)</script>: 1"))
    expect(bar(page)).to_contain_text(hostile)
    expect(bar(page)).to_contain_text("<script>alert(2)</script>")
    assert page.locator("bulletin-preview img, bulletin-preview script").count() == 0
    strange = root / "issues/2014-05-1/<b>&amp;\"'.md"
    save(root / THIRD, GOOD)
    strange.write_text("…", encoding="utf-8")
    expect(bar(page)).to_contain_text("<b>&amp;\"'.md")
    assert page.locator("bulletin-preview b").count() == 0


def test_a_preview_that_is_gone_is_missed_and_found_again(page: Page, root: Path) -> None:
    with running(root) as first:
        open_at(page, first)
        port = first.url.rstrip("/").rpartition(":")[2]
        assert first.interrupt() == 0
    expect(page.locator("bulletin-preview [role=status]")).to_contain_text("预览程序没有应答")
    with running(root, "--port", port):
        expect(bar(page)).to_be_hidden()
        assert is_untouched(page)
        save(root / THIRD, GOOD.replace("会议不再印发文件", "会议一律不发文件"))
        expect(page.locator(".body")).to_contain_text("会议一律不发文件")


def test_a_page_that_nobody_sees_takes_up_no_connection_and_catches_up_later(
    page: Page, program: Program, root: Path
) -> None:
    open_at(page, program)
    with page.expect_event("requestfailed", lambda request: "/.preview/events" in request.url):
        seen(page, "hidden")
    save(root / THIRD, GOOD.replace("会议不再印发文件", "会议一律不发文件"))
    program.says("网页已更新")
    assert is_untouched(page)
    seen(page, "visible")
    expect(page.locator(".body")).to_contain_text("会议一律不发文件")


def seen(page: Page, state: str) -> None:
    """Say that the page is seen, or not; headless browsers take all pages to be seen."""
    page.evaluate(
        """state => {
          Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        state,
    )


def test_the_page_one_goes_back_to_has_followed(page: Page, program: Program, root: Path) -> None:
    open_at(page, program)
    page.goto(program.url)
    save(root / THIRD, GOOD.replace("会议不再印发文件", "会议一律不发文件"))
    program.says("网页已更新")
    page.go_back()
    expect(page.locator(".body")).to_contain_text("会议一律不发文件")


def test_a_page_loaded_from_the_preview_searches(page: Page, program: Program) -> None:
    page.goto(f"{program.url}search.html?q=大数据")
    page.wait_for_selector("#results[aria-busy='false'] li")
    expect(page.locator("#results")).to_contain_text("大数据")


def test_the_bar_is_not_printed(page: Page, program: Program, root: Path) -> None:
    open_at(page, program)
    save(root / THIRD, WRONG)
    expect(bar(page)).to_be_visible()
    page.emulate_media(media="print")
    expect(bar(page)).to_be_hidden()


def test_the_bar_is_for_everyone(browser: Browser, program: Program, root: Path) -> None:
    found = []
    wrong = TWO_ISSUES[SECOND].replace("page: 3", "page: 三")
    with examined(browser) as page:
        for name, text, unfold in ((THIRD, WARNED, "展开"), (SECOND, wrong, "")):
            save(root / name, text)
            program.says("秒）")
            page.goto(program.url + PAGE)
            expect(bar(page)).to_be_visible()
            if unfold:
                page.get_by_role("button", name=unfold).click()
            else:
                page.locator("bulletin-preview summary").click()
            for width in (320, 360, 1280):
                page.set_viewport_size({"width": width, "height": 640})
                # Of the order of elements axe knows nothing across the edge of a shadow tree, and
                # takes the skip link not to be the first.
                found += [each for each in violations(page) if 'class="skip"' not in each[3]]
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                height = "document.querySelector('bulletin-preview').getBoundingClientRect().height"
                assert page.evaluate(height) < 640 * 0.7
    assert found == []
