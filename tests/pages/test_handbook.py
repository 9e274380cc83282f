"""The texts of the help become pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archives import BASE, archive, only, project_templates
from bulletin_site.batch import Unmade, made
from bulletin_site.pages import handbook, urls
from bulletin_site.pages.render import page_batches
from bulletin_site.pages.site import derive
from bulletin_site.pages.templates import Templates

EDITORS = "help/editors.md"


def templates(text: str) -> Templates:
    """The project's own, with another text of the editors' handbook."""
    own = project_templates()
    return replace(own, texts={**own.texts, EDITORS: text})


def body(text: str) -> str:
    pages = handbook.pages(derive(archive(BASE)), templates(text))
    (view,) = (page.view for page in pages if page.address == urls.HANDBOOK)
    assert isinstance(view, handbook.HelpView)
    return view.body


def test_a_link_to_another_text_leads_to_its_page() -> None:
    html = body(
        "[代码](problems.md#bad-date)、[帮助](index.md)、[别处](https://www.example.gov.cn/)"
    )
    for address in ("problems.html#bad-date", "index.html", "https://www.example.gov.cn/"):
        assert f'<a href="{address}">' in html


def test_a_heading_or_a_line_that_begins_with_a_code_can_be_linked_to() -> None:
    html = body("### `bad-date` 日期\n\n### 日期 `bad-page`\n\n| 代码 |\n|---|\n| `robots` |\n")
    assert only(html, "#bad-date").tag == "h3"
    assert only(html, "#robots").tag == "td"
    assert 'id="bad-page"' not in html


def test_pictures_stand_with_their_captions_and_sizes() -> None:
    html = body('![甲](../assets/help/preview.png "一")\n![乙](../assets/help/contents.png "二")\n')
    assert html.count("<figure>") == 2
    assert '<img src="../assets/help/preview.png" alt="甲" width="680" height="' in html
    assert "<figcaption>二</figcaption>" in html
    assert "<p>" not in html


def test_what_is_typed_is_shown_as_it_is() -> None:
    assert '<pre class="wrong">a &lt;b&gt; &amp;\n</pre>' in body("```wrong\na <b> &\n```\n")


def test_a_text_that_is_missing_is_named() -> None:
    batches = page_batches(derive(archive(BASE)), templates(""))
    with pytest.raises(Unmade) as raised:
        made(batches)
    assert (raised.value.problem.path, raised.value.problem.code) == (
        f"templates/{EDITORS}",
        "template",
    )
