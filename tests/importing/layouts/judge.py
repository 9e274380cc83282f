"""What an import got right, held against the truth of a layout; and of what it got wrong or could
not know, whether it said so.

The judge knows nothing of the importer: it is given an issue as the program's own loader reads it
out of the folder that was written (`content.read_issues`), the doubts as plain tuples, and the
texts that were set aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise

from importing.layouts.content import MARK, ArticleText, Block, IssueText, ink
from importing.layouts.numerals import plain_label
from importing.layouts.sheet import Field, Printed, Unknown

Doubt = tuple[str, str, str]
"""The file it is about (`03.md`, `issue.md`, or `""` for the whole), the place quoted from it or
the key of its front matter, the message."""

_AROUND = 12
"""Characters on each side of a page's end by which its place is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """`issue` is `None` where nothing could be imported; `asides`: what was left out by name."""

    issue: IssueText | None
    doubts: Sequence[Doubt] = ()
    asides: Sequence[str] = ()


@dataclass(slots=True, kw_only=True)
class Tally:
    """`announced`: wrong, or not to be known, and a doubt said so; `hidden`: wrong where nothing in
    the file hinted at it; `silent`: wrong without a word; `unasked`: chosen as the truth is, though
    the file says two things, without a word."""

    right: int = 0
    announced: int = 0
    hidden: int = 0
    silent: int = 0
    unasked: int = 0

    @property
    def total(self) -> int:
        return self.right + self.announced + self.hidden + self.silent


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Of one file. `wrong`: each thing that was wrong, as a line; `spacing`: titles and paragraphs
    that are right but for their spaces; `extra`: blocks that no article has (a page number in the
    text, a running head); `lost`: characters of the articles that are neither in the output nor set
    aside; `needless`: doubts about what was right and could be known."""

    name: str
    tallies: Mapping[Field, Tally]
    wrong: tuple[str, ...]
    spacing: int
    extra: int
    lost: str
    needless: int

    @property
    def silent(self) -> int:
        return sum(tally.silent + tally.unasked for tally in self.tallies.values())


@dataclass
class _Judging:
    """One comparison on its way."""

    unknown: Sequence[Unknown]
    may_stay: frozenset[str]
    doubts: Sequence[Doubt]
    tallies: dict[Field, Tally] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    spacing: int = 0
    extra: int = 0

    def note(
        self, what: Field, number: int, right: bool, file: str, texts: Iterable[str], shown: str
    ) -> None:
        """Count one thing of article `number` (0: of the issue)."""
        tally = self.tallies.setdefault(what, Tally())
        unknown = [u for u in self.unknown if u.field == what and u.article in (None, number)]
        said = self._said(what, file, texts, anywhere=bool(unknown))
        due = any(u.contradicts for u in unknown)
        if right:
            tally.right += 1
            if due and not said:
                tally.unasked += 1
                self.wrong.append(f"{what} {number}: contradicted, no doubt")
            if said and unknown:
                self.used.update(said)
            return
        self.used.update(said)
        hidden = not said and any(u.hidden for u in unknown)
        tally.announced += bool(said)
        tally.hidden += hidden
        tally.silent += not said and not hidden
        mark = "doubt" if said else "hidden" if hidden else "SILENT"
        self.wrong.append(f"{what} {number} [{mark}{', unknowable' if unknown else ''}]: {shown}")

    def _said(self, what: Field, file: str, texts: Iterable[str], *, anywhere: bool) -> set[int]:
        """The doubts that name this thing: in its file, by its key, or by words of it. What no
        reader of the file can know may be said of the issue as a whole (`anywhere`)."""
        wanted = [ink(MARK.sub("", text)) for text in texts if text]
        found = set()
        for position, (where, quote, message) in enumerate(self.doubts):
            where = where.rpartition("/")[2]
            whole = where in ("", "issue.md")
            if where != file and not (whole and (anywhere or not where or what == "article")):
                continue
            words = ink(MARK.sub("", quote)).strip("…")
            by_key = what in (quote, _KEYS.get(quote))
            by_words = words and any(_overlap(words, text) for text in wanted)
            by_name = not words and any(name in message for name in _NAMES[what])
            if what == "article":
                by_name = "目录" in message or any(text in ink(message) for text in wanted)
            elif anywhere and whole:
                by_name = any(name in message for name in _NAMES[what])
            if by_key or by_words or by_name:
                found.add(position)
        return found


_KEYS: Mapping[str, Field] = {"topic": "topics", "pages": "page", "heading": "subheading"}
_NAMES: Mapping[Field, tuple[str, ...]] = {
    "title": ("题名", "标题"),
    "page": ("页码", "页"),
    "source": ("来源",),
    "topics": ("主题", "栏目"),
    "subheading": ("小标题",),
    "paragraph": ("段",),
    "break": ("分页", "页"),
    "date": ("日期",),
    "label": ("期",),
    "organization": ("单位",),
    "article": ("篇",),
}


def _overlap(quote: str, text: str) -> bool:
    return quote in text or (len(text) >= 4 and text in quote)


def judge(name: str, printed: Printed, imported: Imported) -> Verdict:
    judging = _Judging(
        unknown=printed.unknown,
        may_stay=frozenset(map(ink, printed.may_stay)),
        doubts=imported.doubts,
    )
    found = imported.issue
    _issue(judging, printed.truth, found)
    pairs = paired(printed.truth.articles, found.articles if found else ())
    for number, (article, match) in enumerate(pairs, start=1):
        if match is None:
            judging.note("article", number, False, "", [article.title], article.title)
            _article(judging, number, article, "", _NO_ARTICLE)
        else:
            judging.note("article", number, True, f"{match[0]:02}.md", [article.title], "")
            _article(judging, number, article, f"{match[0]:02}.md", match[1])
    matched = {match[0] for _, match in pairs if match}
    for number, other in enumerate(found.articles if found else (), start=1):
        if number not in matched:
            judging.extra += 1 + len(other.blocks)
            judging.wrong.append(f"extra article {number:02}.md: {other.title}")
    return Verdict(
        name=name,
        tallies=judging.tallies,
        wrong=tuple(judging.wrong),
        spacing=judging.spacing,
        extra=judging.extra,
        lost=lost_ink(printed.truth, imported),
        needless=len(imported.doubts) - len(judging.used),
    )


def lost_ink(truth: IssueText, imported: Imported) -> str:
    """The characters of the articles' print that are nowhere in what came out."""
    wanted: Counter[str] = Counter()
    have = Counter(ink("".join(imported.asides)))
    for article in truth.articles:
        wanted.update(ink(article.title + (article.source or "") + article.text))
    for article in imported.issue.articles if imported.issue else ():
        have.update(ink(article.title + (article.source or "") + article.text))
    if imported.issue:
        have.update(ink(imported.issue.note))
    return "".join(sorted((wanted - have).elements()))


def paired(
    truth: Sequence[ArticleText], found: Sequence[ArticleText]
) -> list[tuple[ArticleText, tuple[int, ArticleText] | None]]:
    """Each article of the truth with the imported one (numbered from 1) that is most like it, in
    order."""
    likeness = [[_likeness(one, other) for other in found] for one in truth]
    best = [[0.0] * (len(found) + 1) for _ in range(len(truth) + 1)]
    for row in range(len(truth) - 1, -1, -1):
        for column in range(len(found) - 1, -1, -1):
            both = best[row + 1][column + 1] + likeness[row][column]
            best[row][column] = max(both, best[row + 1][column], best[row][column + 1])
    pairs: list[tuple[ArticleText, tuple[int, ArticleText] | None]] = []
    column = 0
    for row, article in enumerate(truth):
        while column < len(found) and best[row][column] == best[row][column + 1] > 0:
            if best[row][column] == best[row + 1][column]:
                break
            column += 1
        taken = column < len(found) and best[row][column] > best[row + 1][column]
        pairs.append((article, (column + 1, found[column]) if taken else None))
        column += taken
    return pairs


def _likeness(one: ArticleText, other: ArticleText) -> float:
    """How many pairs of characters two articles share, 0 where they share less than a third."""
    first, second = (
        Counter(pairwise(text))
        for text in (ink(one.title + one.text), ink(other.title + other.text))
    )
    shared = (first & second).total() / max(1, min(first.total(), second.total()))
    title = SequenceMatcher(None, ink(one.title), ink(other.title), autojunk=False).ratio()
    return shared + title if shared + title > 0.5 else 0.0


_NO_ARTICLE = ArticleText(title="", page=0, source=None, topics=(), blocks=())


def _issue(judging: _Judging, truth: IssueText, found: IssueText | None) -> None:
    organization = found.organization if found else ""
    if found and not truth.organization and organization == truth.publisher:
        organization = None  # who publishes it may be named as its organization too
    fields: list[tuple[Field, object, object]] = [
        ("date", truth.date, found and found.date),
        ("label", plain_label(truth.label), plain_label(found.label) if found else None),
        ("organization", truth.organization, organization),
    ]
    for what, wanted, have in fields:
        shown = f"{have} for {wanted}"
        judging.note(what, 0, wanted == have, "issue.md", [str(wanted), str(have)], shown)


def _article(
    judging: _Judging, number: int, truth: ArticleText, file: str, found: ArticleText
) -> None:
    def note(what: Field, wanted: object, have: object, right: bool) -> None:
        texts = [str(wanted or ""), str(have or "")]
        judging.note(what, number, right, file, texts, f"{have} for {wanted}")

    note("title", truth.title, found.title, ink(truth.title) == ink(found.title))
    note("page", truth.page, found.page, truth.page == found.page)
    note("source", truth.source, found.source, _name(truth.source) == _name(found.source))
    printed = not any(u.field == "topics" and u.article in (None, number) for u in judging.unknown)
    # Where none are printed, none is as right as those that an editor gave the article later.
    right = truth.topics == found.topics or (not printed and not found.topics)
    note("topics", truth.topics, found.topics, right)
    if ink(truth.title) == ink(found.title):
        judging.spacing += _spaced(truth.title) != _spaced(found.title)
    _blocks(judging, number, truth, file, found)
    _breaks(judging, number, truth, file, found)


def _name(source: str | None) -> str:
    """A source without the words around it, which an import may keep as printed."""
    name = ink(source or "")
    bare = re.sub(r"^(?:来源|稿源|摘自|摘编自|转自|[—:：-])+|供稿$", "", name)
    return bare[1:-1] if re.fullmatch("《[^《》]*》", bare) else bare


def _blocks(
    judging: _Judging, number: int, truth: ArticleText, file: str, found: ArticleText
) -> None:
    """Paragraphs and subheadings in order; what a table or a note says must only be there."""
    everything = ink(found.text)
    wanted = [block for block in truth.blocks if block.kind in ("paragraph", "subheading")]
    loose = [block for block in truth.blocks if block.kind in ("table", "note")]
    have = list(found.blocks)
    matcher = SequenceMatcher(
        None, [_key(block) for block in wanted], [_key(block) for block in have], autojunk=False
    )
    right: set[int] = set()
    known: set[int] = set()
    for first, second, size in matcher.get_matching_blocks():
        for step in range(size):
            right.add(first + step)
            known.add(second + step)
            judging.spacing += _spaced(wanted[first + step].plain) != _spaced(
                have[second + step].plain
            )
    others = [block.plain for position, block in enumerate(have) if position not in known]
    for position, block in enumerate(wanted):
        what: Field = "subheading" if block.kind == "subheading" else "paragraph"
        near = [text for text in others if ink(text)[:4] in ink(block.plain)]
        shown = f"{block.plain[:24]}… is not there so"
        judging.note(what, number, position in right, file, [block.plain, *near], shown)
    for block in loose:
        cells = [ink(cell) for cell in re.split(r"[\t\n]", block.plain.lstrip("①②③④⑤"))]
        there = all(cell in everything for cell in cells)
        judging.note("paragraph", number, there, file, cells, f"{block.kind} {block.plain[:24]}…")
    truth_ink = ink(truth.text)
    for text in others:
        if ink(text) in judging.may_stay:
            continue
        if ink(text) not in truth_ink and not any(ink(text) in ink(b.plain) for b in loose):
            whole = any(ink(block.plain) in ink(text) for block in truth.blocks)
            judging.extra += not whole
            judging.wrong.append(f"extra {number}: {text[:40]}")


def _key(block: Block) -> str:
    return ("#" if block.kind == "subheading" else "") + _NOTE_MARK.sub("", ink(block.plain))


_NOTE_MARK = re.compile(r"[①-⑳]|[\[［〔]\^?注?\d{1,2}[\]］〕]")
"""The mark of a note in a text; Word counts its own, so that an import has to write one."""


def _breaks(
    judging: _Judging, number: int, truth: ArticleText, file: str, found: ArticleText
) -> None:
    wanted, have = list(breaks(truth)), list(breaks(found))
    for page, before, after in wanted:
        right = any(
            page == other and (before == above or after == below)
            for other, above, below in have
        )  # fmt: skip
        shown = f"{{p{page}}} between {before} and {after}"
        judging.note("break", number, right, file, [before + after, f"{{p{page}}}"], shown)
    pages = {page for page, _, _ in wanted}
    for page, before, after in have:
        if page not in pages:
            shown = f"{{p{page}}} too many, between {before} and {after}"
            judging.note("break", number, False, file, [before + after], shown)


def breaks(article: ArticleText) -> Iterator[tuple[int, str, str]]:
    """Each page that begins in an article, with the characters before and after its beginning."""
    whole = "".join(ink(block.text) for block in article.blocks)
    parts = MARK.split(whole)
    for position in range(1, len(parts), 2):
        before = "".join(parts[0:position:2])[-_AROUND:]
        after = "".join(parts[position + 1 :: 2])[:_AROUND]
        yield int(parts[position]), before, after


def _spaced(text: str) -> str:
    return re.sub(r"[\s\u3000]+", " ", text).strip()


COLUMNS: tuple[Field, ...] = (
    "article", "title", "page", "source", "topics", "subheading", "paragraph", "break",
    "date", "label", "organization",
)  # fmt: skip


def table(results: Iterable[Verdict]) -> str:
    """A line a file: of each field right/all, with `!n` for those that were wrong in silence."""
    verdicts = list(results)
    heads = [name[:9] for name in COLUMNS]
    lines = [
        " ".join([f"{'layout':<44}", *(f"{head:>10}" for head in heads), "space extra lost need"])
    ]
    for verdict in [*verdicts, _sum(verdicts)]:
        cells = [_cell(verdict.tallies.get(name)) for name in COLUMNS]
        rest = (
            f"{verdict.spacing:>5} {verdict.extra:>5} {len(verdict.lost):>4} {verdict.needless:>4}"
        )
        lines.append(" ".join([f"{verdict.name:<44}", *(f"{cell:>10}" for cell in cells), rest]))
    return "\n".join(lines)


def _cell(tally: Tally | None) -> str:
    if tally is None or not tally.total:
        return "-"
    silent = tally.silent + tally.unasked
    return f"{tally.right}/{tally.total}" + (f"!{silent}" if silent else "")


def _sum(verdicts: Sequence[Verdict]) -> Verdict:
    tallies: dict[Field, Tally] = {}
    for verdict in verdicts:
        for name, tally in verdict.tallies.items():
            whole = tallies.setdefault(name, Tally())
            whole.right += tally.right
            whole.announced += tally.announced
            whole.hidden += tally.hidden
            whole.silent += tally.silent
            whole.unasked += tally.unasked
    return Verdict(
        name=f"all {len(verdicts)}",
        tallies=tallies,
        wrong=(),
        spacing=sum(verdict.spacing for verdict in verdicts),
        extra=sum(verdict.extra for verdict in verdicts),
        lost="".join(verdict.lost for verdict in verdicts),
        needless=sum(verdict.needless for verdict in verdicts),
    )
