"""What an issue is offered as besides its pages: files to keep, each with its size, and each only
where it has been made."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bulletin_site.content.model import Issue
from bulletin_site.pages import urls


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of files: where that of an issue stands, what readers call it, its media type."""

    address: Callable[[str], str]
    name: str
    media_type: str


FORMATS = (
    Format(address=urls.pdf, name="PDF", media_type="application/pdf"),
    Format(address=urls.epub, name="EPUB", media_type="application/epub+zip"),
    Format(address=urls.plain_text_file, name="纯文本", media_type="text/plain"),
    Format(address=urls.markdown_file, name="Markdown", media_type="text/markdown"),
)
"""In the order in which they are offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that a page offers. `text` is what is seen, EPUB（48 KB）, `label` what is heard:
    下载 EPUB，48 KB."""

    href: str
    media_type: str
    name: str
    text: str
    label: str


Sizes = Mapping[str, int]
"""Bytes of the files of an issue, by their addresses."""


def downloads(issue: Issue, sizes: Sizes, address: str) -> tuple[Download, ...]:
    """What the page at `address` offers of an issue."""
    return tuple(
        download(form, sizes[form.address(issue.id)], urls.link(address, form.address(issue.id)))
        for form in FORMATS
        if form.address(issue.id) in sizes
    )


def download(form: Format, size: int, href: str) -> Download:
    """One file of `size` bytes."""
    said = size_text(size)
    return Download(
        href=href,
        media_type=form.media_type,
        name=form.name,
        text=f"{form.name}（{said}）",
        label=f"下载 {form.name}，{said}",
    )


def offered(issue: Issue) -> Iterator[str]:
    """The addresses of all files that an issue may have."""
    return (form.address(issue.id) for form in FORMATS)


def size_text(size: int) -> str:
    """Bytes as file managers say them: 1 KB are 1,024 bytes, begun ones count; from 1 MB on with
    one decimal."""
    kilobytes = -(-size // 1024)
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{size / 1024 / 1024:.1f} MB"
