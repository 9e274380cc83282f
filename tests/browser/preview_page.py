"""A page of the preview in a browser, whose console must stay quiet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page


@contextmanager
def preview_page(browser: Browser) -> Iterator[Page]:
    """A page; at its end nothing unexpected may stand in its console."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    # Of a server that is gone, or that has no site yet, browsers complain in their own words; and
    # beside a picture they ask for an icon.
    assert [text for text in said if not text.startswith("Failed to load resource")] == []
