"""A paragraph's pieces gathered into one text, with the pages that begin in it and what hangs on it
(notes, comments, boxes, pictures)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bulletin_site.importing.manuscript import Alignment, Aside, PageEnd, Place
from bulletin_site.importing.word.page_count import Pages
from bulletin_site.importing.word.pieces import CERTAIN, Piece, Sort
from bulletin_site.importing.word.styles import ParagraphLook


@dataclass(frozen=True, slots=True, kw_only=True)
class Hanging:
    """A box or picture, the pages that begin with it, and the page that it stands on."""

    piece: Piece
    begun: tuple[int, ...]
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`before`: hanging things that come before the first visible character, `after`: the others.
    `page`: that of the first visible character."""

    text: str
    page: int
    page_ends: tuple[PageEnd, ...]
    bold: bool
    size: float | None
    before: tuple[Hanging, ...]
    after: tuple[Hanging, ...]
    notes: tuple[str, ...]
    comments: tuple[str, ...]
    asides: tuple[Aside, ...]

    @property
    def begun(self) -> tuple[int, ...]:
        return tuple(end.page for end in self.page_ends)


class NoteMarks(dict[str, str]):
    """The marks of notes by their ids: `[1]`, `[2]`, those of both kinds counted in one row through
    the document. One that brings its own mark is named by it in the text already, and has none."""

    def __init__(self) -> None:
        super().__init__()
        self._counted = 0

    def add(self, key: str, *, numbered: bool) -> None:
        self._counted += numbered
        self[key] = f"[{self._counted}]" if numbered else ""


class _Gathering:
    def __init__(self, pages: Pages, marks: NoteMarks, ordinal: int) -> None:
        self.pages, self.marks, self.ordinal = pages, marks, ordinal
        self.text, self.length, self.page = [""], 0, 0
        self.ends: list[PageEnd] = []
        self.before: list[Hanging] = []
        self.after: list[Hanging] = []
        self.ids: dict[Sort, list[str]] = {Sort.NOTE: [], Sort.COMMENT: []}
        self.asides: list[tuple[str, int, list[str]]] = []
        self.bold: Counter[bool] = Counter()
        self.sizes: Counter[float] = Counter()

    def add(self, piece: Piece) -> None:
        match piece.sort:
            case Sort.TEXT:
                self._write(piece, piece.text)
            case Sort.NOTE:
                self._note(piece)
            case Sort.COMMENT:
                self.ids[Sort.COMMENT].append(piece.text)
            case Sort.PAGE_BREAK:
                self._turn(self.pages.typed())
            case Sort.RENDERED:
                self._turn(self.pages.rendered())
            case Sort.BOX | Sort.PICTURE:
                self._hang(piece)
            case Sort.ASIDE:
                self._set_aside(piece)

    def _write(self, piece: Piece, text: str) -> None:
        self.text.append(text)
        self.length += len(text)
        visible = len(text) - text.count(" ") - text.count("\u3000")
        if visible and not text.isspace():
            self.page = self.page or self.pages.page
            self.pages.visible()
        if piece.look is not None:
            self.bold[piece.look.bold] += visible
            self.sizes[piece.look.size] += visible

    def _note(self, piece: Piece) -> None:
        key = piece.text.lower()
        if key not in self.marks:
            self.marks.add(key, numbered=piece.text == key)
            self.ids[Sort.NOTE].append(key)
        if self.marks[key]:
            self._write(piece, self.marks[key])

    def _turn(self, begun: range) -> None:
        self.ends += [PageEnd(offset=self.length, page=page) for page in begun]

    def _hang(self, piece: Piece) -> None:
        if self.page:
            self.after.append(Hanging(piece=piece, begun=(), page=self.pages.page))
        else:
            begun = tuple(end.page for end in self.ends)
            self.ends.clear()
            self.before.append(Hanging(piece=piece, begun=begun, page=self.pages.page))
        if piece.sort is Sort.PICTURE or piece.element is None:
            self.pages.visible()

    def _set_aside(self, piece: Piece) -> None:
        if self.asides and self.asides[-1][0] == piece.reason:
            self.asides[-1][2].append(piece.text)
        else:
            self.asides.append((piece.reason, self.pages.page, [piece.text]))

    def line(self) -> Line:
        """Breaks at the ends separate nothing. Where the text ends, a page's end stays with it."""
        whole = "".join(self.text)
        left = len(whole) - len(whole.lstrip("\n"))
        text = whole.strip("\n")
        return Line(
            text=text,
            page=self.page or self.pages.page,
            page_ends=tuple(
                PageEnd(offset=min(max(end.offset - left, 0), len(text)), page=end.page)
                for end in self.ends
            ),
            bold=self.bold[True] > self.bold[False],
            size=self.sizes.most_common(1)[0][0] if self.sizes else None,
            before=tuple(self.before),
            after=tuple(self.after),
            notes=tuple(self.ids[Sort.NOTE]),
            comments=tuple(self.ids[Sort.COMMENT]),
            asides=tuple(
                aside("".join(texts), Place(page=page, line=self.ordinal), reason)
                for reason, page, texts in self.asides
                if "".join(texts).strip()
            ),
        )


def gathered(pieces: Iterable[Piece], pages: Pages, marks: NoteMarks, ordinal: int) -> Line:
    """`marks`: of the notes so far, by their ids; those of this line are added. `ordinal`: which
    paragraph of the document it is, from 1."""
    gathering = _Gathering(pages, marks, ordinal)
    for piece in pieces:
        gathering.add(piece)
    return gathering.line()


def aside(text: str, place: Place, reason: str) -> Aside:
    return Aside(text=text, place=place, reason=reason, sure=reason in CERTAIN)


def cut(pieces: Sequence[Piece], look: ParagraphLook) -> list[list[Piece]]:
    """A paragraph with a typed page break in it: one text that runs on, as it is when a page is
    full, unless its looks say that two stand in it. Centred lines and headings do not run on, and
    what begins with a space or a new line was meant as a paragraph."""
    chunks: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.sort is Sort.PAGE_BREAK:
            chunks.append([])
        chunks[-1].append(piece)
    parts, before, seen = chunks[:1], _text(chunks[0]), bool(_text(chunks[0]).strip())
    alone = look.alignment is not Alignment.START or look.level is not None
    for chunk in chunks[1:]:
        text = _text(chunk)
        visible = bool(text.strip())
        if visible and seen and (alone or before.endswith("\n") or text[0].isspace()):
            parts.append(chunk)
        else:
            parts[-1].extend(chunk)
        before, seen = text or before, seen or visible
    return parts


def _text(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces if piece.sort is Sort.TEXT)
