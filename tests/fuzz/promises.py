"""What holds for any bytes in the files of an issue: promises as functions that a fuzzer calls.

Nothing raises. Every problem names a file of the archive and a line in it. Where nothing is wrong,
every letter that was typed is in what is read; and where nothing is in the way of publishing, every
page is sound HTML.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

from archives import BASE
from bulletin_site.content.archive import load
from bulletin_site.content.folder import Folder
from bulletin_site.content.layout import load_layout
from bulletin_site.content.marks import without_marks
from bulletin_site.content.model import Archive, Body
from bulletin_site.content.source import SourceFile, decode, tree_of
from bulletin_site.content.yaml_nodes import Listing, Node, Text, compose
from bulletin_site.pages import prose
from bulletin_site.problems import Problem, errors

ARTICLE = "issues/2014-05-1/02.md"
_HEAD = b"---\ntitle: \xe9\xa2\x98\npage: 3\n---\n"
_VOID = {"br", "hr"}


def loaded(files: Mapping[str, bytes]) -> tuple[Archive, list[Problem]]:
    """What the loader makes of such files, and what it says; every problem at its place."""
    tree, problems = tree_of(Folder(files=dict(sorted(files.items()))))
    archive, found = load(tree)
    problems += found
    for problem in problems:
        assert _is_within(problem, files), problem
    return archive, problems


def _is_within(problem: Problem, files: Mapping[str, bytes]) -> bool:
    """Does a problem name a file or folder that is there, or one that is missing there, a line that
    an editor can find, and a place in that line?"""
    data = files.get(problem.path)
    if data is None:
        return problem.line == 0 and (
            problem.code in ("missing-file", "empty-archive")
            or any(path.startswith(f"{problem.path}/") for path in files)
        )
    lines = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    if not problem.column:
        return 0 <= problem.line <= len(lines)
    line = lines[problem.line - 1].decode("utf-8-sig" if problem.line == 1 else "utf-8")
    return line[problem.column - 1 :].startswith(problem.text[:1]) and problem.column <= len(line)


def any_article(data: bytes) -> None:
    """Any bytes as an article."""
    _judged({ARTICLE: data})


def any_body(data: bytes) -> None:
    """Any bytes as the text of an article."""
    _judged({ARTICLE: _HEAD + data})


def any_front_matter(data: bytes) -> None:
    """Any bytes between the fences."""
    _judged({ARTICLE: b"---\n" + data + b"\n---\n\xe6\x96\x87\n"})
    text = decode(ARTICLE, data)
    if isinstance(text, str):
        mapping, problems = compose(ARTICLE, text, 1)
        if mapping is not None and not problems and not set("#\\") & set(text):
            read = Counter("".join((*_words(mapping), *mapping.key_lines)))
            assert not letters(text) - read, letters(text) - read


def any_issue(data: bytes) -> None:
    """Any bytes as issue.md."""
    _judged({"issues/2014-05-1/issue.md": data})


def any_archive_file(data: bytes) -> None:
    """Any bytes as archive.yaml."""
    _judged({"issues/archive.yaml": data})


def any_import_record(data: bytes) -> None:
    """Any bytes as import.yaml."""
    _judged({"issues/2014-05-1/import.yaml": data})


def any_layout(data: bytes) -> None:
    """Any bytes as pdf.yaml."""
    _judged({"issues/2014-05-1/pdf.yaml": data})
    text = decode("pdf.yaml", data)
    if isinstance(text, str):
        load_layout(SourceFile(path="pdf.yaml", text=text))


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    promise.__name__: promise
    for promise in (
        any_article,
        any_body,
        any_front_matter,
        any_issue,
        any_archive_file,
        any_import_record,
        any_layout,
    )
}


def _judged(changed: Mapping[str, bytes]) -> None:
    files = {path: text.encode() for path, text in BASE.items()}
    archive, problems = loaded({**files, **changed})
    if errors(problems):
        return
    said = {problem.code for problem in problems}
    for article in archive.articles:
        if article.path in changed:
            _judge_body(article.body, said)
            for tokens in prose.by_page(article).values():
                _judge_html(str(prose.html(tokens, lambda page: f"p{page}.html")))
    for issue in archive.issues:
        _judge_body(issue.note, said)


def _judge_body(body: Body, said: set[str]) -> None:
    text = prose.plain_text(body).text
    _judge_html(str(prose.html(body.tokens, lambda page: f"p{page}.html")))
    # The targets of links and the names of languages are not text.
    if "](" not in body.markdown and "```" not in body.markdown and "~~~" not in body.markdown:
        missing = letters(without_marks(body.markdown)) - Counter(text)
        assert not missing, missing


def letters(text: str) -> Counter[str]:
    """What a text says, without its signs: of that nothing may be lost."""
    return Counter(character for character in text if character.isalnum())


def _words(node: Node) -> Iterator[str]:
    if isinstance(node, Text):
        yield node.text
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _words(item)
    else:
        for key, value in node.entries.items():
            yield key
            yield from _words(value)


class _Sound(HTMLParser):
    """Tags that close in order, no attribute twice, nothing that runs."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), names
        assert not any(name.startswith("on") or name == "style" for name in names), names
        assert tag not in ("script", "style", "img", "iframe")
        href = dict(attrs).get("href")
        assert href is None or re.match(r"(?i)https?://|mailto:|[^:]*\.html|#", href), href
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _judge_html(html: str) -> None:
    sound = _Sound()
    sound.feed(html)
    sound.close()
    assert sound.open == []
