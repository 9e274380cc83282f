"""What a preview says: to a request for a page, and to a page that asks for news."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from importlib.resources import files
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from urllib.parse import quote

from bulletin_site.batch import Unmade
from bulletin_site.content import source
from bulletin_site.content.issue import ISSUE_FILE
from bulletin_site.pages import urls
from bulletin_site.preview.beside import beside
from bulletin_site.preview.edition import Edition
from bulletin_site.preview.session import Outcome, State
from bulletin_site.problems import Problem, Severity, errors
from bulletin_site.report import excerpt_parts, place, summary

RESERVED = "/.preview/"
"""Where the preview's own addresses begin; no page of a site has such an address."""
EVENTS = f"{RESERVED}events"

IMPORTS = f"{RESERVED}import/"
"""`/.preview/import/2014-05-1/` is the page of an import, and its pictures are below that."""

_ASSETS = files("bulletin_site.preview") / "assets"
_SCRIPT, _WAITING = "preview.js", "waiting.html"
_LOADED = (_SCRIPT, "preview.css", "waiting.css", "beside.css", "beside.js")
_OWN = {f"{RESERVED}{name}": name for name in _LOADED}

_MOST = 100
"""Problems that a page lists; the console has all of them."""

_TYPES = MimeTypes()
"""Python's own table, since on Windows any program may have changed the system's."""
for kind, ending in (
    ("text/javascript", ".js"),
    ("application/epub+zip", ".epub"),
    ("text/markdown", ".md"),
    ("text/x-bibtex", ".bib"),
    ("application/x-research-info-systems", ".ris"),
):
    _TYPES.add_type(kind, ending)
_HTML = "text/html"
_TEXT = "text/plain"
_WORDED = {
    *("application/json", "application/xml", "image/svg+xml"),
    "application/x-research-info-systems",
}
"""Words too, though they are not called text."""

_RELATIVE = re.compile(rb'\b(href|src|action)="(?![#/]|[a-z]+:)')
_BASE = re.compile(rb"<base [^>]*>\n?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`location` is where a request is sent on to."""

    status: HTTPStatus
    kind: str
    content: bytes
    location: str | None = None


def answer(state: State, path: str) -> Answer:
    """The answer to a request; `path` is percent-encoded and begins with `/`."""
    if path in _OWN:
        name = _OWN[path]
        return Answer(status=HTTPStatus.OK, kind=_kind(name), content=_asset(name))
    edition = state.edition
    try:
        found = _of_import(state, path)
        if found is not None:
            return found
        if edition is None:
            return waiting(HTTPStatus.SERVICE_UNAVAILABLE)
        return _from(edition, path)
    except Unmade:
        return waiting(HTTPStatus.INTERNAL_SERVER_ERROR)


def _of_import(state: State, path: str) -> Answer | None:
    """The page of an import, or one of its pictures; nothing where there is none."""
    if not path.startswith(IMPORTS) or state.imports is None:
        return None
    issue_id, slash, name = path.removeprefix(IMPORTS).partition("/")
    if name:
        picture = state.imports.picture(issue_id, name)
        if picture is None:
            return None
        return Answer(status=HTTPStatus.OK, kind=_kind(name), content=picture)
    page = _beside(state, issue_id)
    if page is None:
        return None
    if not slash:
        return moved(f"{IMPORTS}{issue_id}/")
    content = _with_news(page, _digest(page))
    return Answer(status=HTTPStatus.OK, kind=_kind(_WAITING), content=content)


def _beside(state: State, issue_id: str) -> bytes | None:
    imported = state.imports.read(issue_id) if state.imports else None
    if imported is None:
        return None
    issues = state.archive.issues if state.archive else ()
    issue = next((issue for issue in issues if issue.id == issue_id), None)
    return beside(imported, issue, state.edition, f"{IMPORTS}{issue_id}/")


def _digest(page: bytes) -> str:
    return hashlib.sha256(page).hexdigest()


def _from(edition: Edition, path: str) -> Answer:
    address = edition.address_of(path)
    if address is not None:
        content, kind = edition.content(address), _kind(address)
        if kind.startswith(_HTML):
            content = _with_news(content, edition.version(address))
        return Answer(status=HTTPStatus.OK, kind=kind, content=content)
    folder = edition.address_of(f"{path}/")
    if folder is not None:
        return moved(f"/{quote(str(PurePosixPath(folder).parent))}/")
    page = _BASE.sub(b"", _RELATIVE.sub(rb'\1="/', edition.content(urls.NOT_FOUND)))
    return Answer(
        status=HTTPStatus.NOT_FOUND,
        kind=_kind(urls.NOT_FOUND),
        content=_with_news(page, _version(edition, None)),
    )


def moved(location: str) -> Answer:
    return plain(HTTPStatus.FOUND, f"请看 {location}", location)


def plain(status: HTTPStatus, text: str, location: str | None = None) -> Answer:
    """An answer in words."""
    content = f"{text}\n".encode()
    return Answer(status=status, kind=f"{_TEXT}; charset=utf-8", content=content, location=location)


def waiting(status: HTTPStatus) -> Answer:
    """The page that stands in for one that there is not, until there is."""
    page = _with_news(_asset(_WAITING), "")
    return Answer(status=status, kind=_kind(_WAITING), content=page)


def _version(edition: Edition, address: str | None) -> str:
    """The page for addresses that do not exist is not the same as the page of its address."""
    return edition.version(address) if address else f"404 {edition.version(urls.NOT_FOUND)}"


def _with_news(page: bytes, version: str) -> bytes:
    """A page with the script that asks for news of it."""
    script = f'<script src="{RESERVED}{_SCRIPT}" data-version="{version}" defer></script>\n'
    return page.replace(b"</head>", script.encode() + b"</head>", 1)


def _kind(address: str) -> str:
    kind = _TYPES.guess_type(address)[0] or (
        "application/octet-stream" if PurePosixPath(address).suffix else _TEXT
    )
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _WORDED else kind


def _asset(name: str) -> bytes:
    return (_ASSETS / name).read_bytes()


def news(state: State, path: str) -> str:
    """What the page at a path is told, as JSON: which version of it there is now, if there is one,
    and what is to be said above it."""
    version, problems = None, state.problems
    own = path.removeprefix(IMPORTS) if path.startswith(IMPORTS) else ""
    if state.edition is not None or own:
        try:
            page = _beside(state, own.removesuffix("/")) if own else None
            if page is not None:
                version = _digest(page)
            elif state.edition is not None:
                version = _version(state.edition, state.edition.address_of(path))
        except Unmade as reason:
            problems += (reason.problem,)
        except Exception:  # the request for the page has told it on the console
            state = replace(state, outcome=Outcome.CRASHED)
    return json.dumps(
        {
            "version": version,
            "beside": _link_beside(state, path),
            "headline": _headline(state, problems),
            "grave": state.outcome is Outcome.CRASHED or bool(errors(problems)),
            "problems": [
                {
                    "place": place(problem),
                    "page": _page_of(problem, state.edition),
                    "warning": problem.severity is Severity.WARNING,
                    "message": problem.message,
                    "hint": problem.hint,
                    "excerpt": excerpt_parts(problem.excerpt) if problem.excerpt else None,
                }
                for problem in _gravest(problems)
            ],
        }
    )


def _link_beside(state: State, path: str) -> str | None:
    """From a page of an imported issue the path to its place beside the imported file."""
    address = state.edition.address_of(path) if state.edition else None
    issue_id = urls.issue_of(address) if address else None
    if address is None or issue_id is None or not (state.imports and state.imports.has(issue_id)):
        return None
    articles = state.archive.articles if state.archive else ()
    begins = (a.first_page for a in articles if urls.article(a.id) == address)
    page = urls.printed_page_of(address) or next(begins, None)
    return f"{IMPORTS}{issue_id}/" + (f"#{urls.page_anchor(page)}" if page else "")


def _page_of(problem: Problem, edition: Edition | None) -> str | None:
    """The path of the page that is made from the file of a problem, if it can be shown."""
    folder, *names = PurePosixPath(problem.path).parts or ("",)
    if folder != source.FOLDER or len(names) != 2:
        return None
    issue, file = names
    address = urls.issue(issue) if file == ISSUE_FILE else urls.article(f"{issue}/{file[:-3]}")
    return f"/{address}" if edition and address in edition.keys else None


def _gravest(problems: Sequence[Problem]) -> list[Problem]:
    """As many as a page can show, errors first."""
    return sorted(problems, key=lambda problem: problem.severity is Severity.WARNING)[:_MOST]


def _headline(state: State, problems: Sequence[Problem]) -> str:
    """What has to be said; nothing where all is well."""
    if state.outcome is Outcome.CRASHED:
        return "预览程序自己出了错，不是稿件的错。请把命令窗口里的文字告诉维护人员。"
    if state.outcome is Outcome.BEGUN:
        return "正在生成网站，请稍候。"
    if errors(problems):
        kept = "网页停在改错之前的样子" if state.edition else "改好并保存，网页就会出来"
        return f"{summary(problems)}，{kept}。"
    return f"{summary(problems)}，不影响发布。" if problems else ""
