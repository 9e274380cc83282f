"""Archives of any size for measuring: the same seed and size give the same bytes.

Articles are about 650 characters long. Their words come from jieba's dictionary by its frequencies
and are put together by simple patterns of word classes; what was said before is often said again
(so that words keep company, and new ones keep coming, as in real text), and each article has
telling words of its own that its title repeats. Real sentences of the archive stand among them.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from random import Random

PER_ISSUE = 12
FIRST_YEAR, MONTHS = 1994, 31 * 12
SOURCES = 300

# Before the last paragraph, which makes it 650 on average.
_LENGTH, _DEVIATION, _SHORTEST, _LONGEST = 590, 180, 200, 1600
_TITLE_LENGTHS = range(10, 26)
_SAID_IN_ARTICLE, _SAID_BEFORE = 0.3, 0.35
_REAL_SENTENCE = 0.02


def _listed(words: str) -> list[str]:
    return words.split()


# Word classes as jieba's dictionary names them.
_CLASSES = {
    "noun": {"n", "nz", "an", "l"},
    "action": {"vn"},
    "verb": {"v"},
    "quality": {"a", "z", "i"},
    "manner": {"d", "ad"},
    "place": {"ns"},
    "body": {"nt", "j"},
    "person": {"nr", "nrt"},
    "when": {"t"},
    "link": {"c", "p", "r", "f"},
    "count": {"m"},
    "unit": {"q"},
}
_PHRASES = (
    ("noun", "noun"),
    ("noun", "action"),
    ("quality", "的", "noun"),
    ("verb", "noun"),
    ("verb", "了", "noun"),
    ("manner", "verb", "noun"),
    ("manner", "verb"),
    ("link", "noun"),
    ("link", "verb", "noun"),
    ("place", "noun"),
    ("body", "verb"),
    ("noun", "的", "noun"),
    ("count", "unit", "noun"),
    ("when", "verb"),
    ("action", "noun"),
    ("person", "verb"),
)
_LATIN = _listed(
    "Gartner IT GDP IBM ZDNet CIO wifi Hadoop OpenStack Windows Intel Oracle SaaS PaaS IaaS APP CPU "
    "WTO ISO9001 IPv6 4G 5G GB TB Web2.0 O2O B2B LED USB Linux Java XP Office PDF P2P MBA CEO"
)
_SYLLABLES = _listed("ba co da el fi go hu in jo ka lu mi no or pe qua ri so ta un ve wi xa yo za")
_UNITS = _listed("万元 亿元 个 人次 件 项 台 家 页 TB 公里 分钟 小时 名 万人 平方米")
_MEDIA = _listed(
    "日报 晚报 新闻网 商报 政府网站 信息中心 电视台 广播网 在线 时报 人民政府办公室 周刊"
)
_RARE = _listed("𠮷 𫖯 𬭼 😀 ﷼ Ⅷ ㎡ ① ｇｏｖ ２０１４年")
_HEADLINES = (
    "{place}{verb}{one}{two}{action}",
    "{place}{one}{two}{action}启动",
    "{body}：{one}{action}{verb}{two}",
    "{place}发布{one}{two}{noun}报告",
    "关于{verb}{one}{two}的{noun}",
    "{one}{verb}{place}{two}{noun}",
    "{place}市{one}“{two}”{action}{verb}{noun}",
    "{latin} {verb} {year} {one}{two}{noun}",
    "《{place}{one}{action}条例》{when}实施",
)

_HAN = re.compile("[\u4e00-\u9fff]{2,}")
_MARK = re.compile(r"\{p([0-9]+)\}")
_HEADING = re.compile(r"^#+ +|\*\*", re.MULTILINE)
_SPACE = re.compile("[\\s\u200b-\u200d\ufeff]+")
_UNPAIRED = re.compile(r"[“”《》（）「」『』【】]")
_STRAY = re.compile("[\u4e00-\u9fff] ?(?:and|or|of|the|in|to|for|with) ?[\u4e00-\u9fff]")


@dataclass(frozen=True, kw_only=True)
class Printed:
    """An article as it is printed; `breaks` are the offsets in `body` at which pages begin."""

    id: str
    title: str
    source: str
    body: str
    breaks: tuple[int, ...]

    @cached_property
    def literals(self) -> tuple[str, str, str]:
        """Title, body and source in the form in which strings are looked for."""
        return literal(self.title), literal(self.body), literal(self.source)

    @cached_property
    def all(self) -> str:
        """The three, so that no string reaches from one into another."""
        return "\n".join(self.literals)


def literal(text: str) -> str:
    """Width, case and white space are not distinguished. Written anew, not the program's own."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text).lower())


def read(root: Path) -> list[Printed]:
    """The articles of an archive, in printed order; enough of a reader for plain front matter."""
    found = []
    for file in article_files(root):
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        fields = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
        pieces = _MARK.split(_HEADING.sub("", body).strip())[::2]
        found.append(
            Printed(
                id=f"{file.parent.name}/{file.stem}",
                title=fields["title"],
                source=fields.get("source", ""),
                body="".join(pieces),
                breaks=tuple(accumulate(len(piece) for piece in pieces[:-1])),
            )
        )
    return found


def article_files(root: Path) -> list[Path]:
    """Where the articles stand, in printed order."""
    return sorted((root / "issues").glob("*/[0-9]*.md"), key=_printed_order)


def _printed_order(file: Path) -> tuple[int, ...]:
    return (*map(int, file.parent.name.split("-")), int(file.stem))


def copy(repository: Path, root: Path) -> None:
    """The archive of the repository itself."""
    shutil.copytree(repository / "issues", root / "issues")
    shutil.copytree(repository / "templates", root / "templates")


def generate(
    repository: Path, root: Path, articles: int, seed: int, coming: Path | None = None
) -> None:
    """Write an archive of so many articles, its dictionary and topics those of the repository's.
    With `coming` also the articles of the issue that comes after them, into that folder."""
    shutil.copytree(repository / "templates", root / "templates")
    (root / "issues").mkdir()
    settings = (repository / "issues" / "archive.yaml").read_text("utf-8")
    (root / "issues" / "archive.yaml").write_text(settings, "utf-8")
    topics = re.findall(r"^  - name: (.+)$", settings, re.MULTILINE)
    writer = _Writer(Random(f"{seed}/{articles}"), read(repository), topics)
    issues = -(-articles // PER_ISSUE)
    a_month = -(-issues // MONTHS)
    for issue in range(issues):
        month, number = divmod(issue, a_month)
        year, month = FIRST_YEAR + month // 12, month % 12 + 1
        folder = root / "issues" / f"{year}-{month:02}-{number + 1}"
        folder.mkdir()
        day = 1 + number * 28 // a_month
        _write(folder / "issue.md", f"---\ndate: {year}-{month:02}-{day:02}\n---\n")
        _write_articles(writer, folder, min(PER_ISSUE, articles - issue * PER_ISSUE))
    if coming:
        coming.mkdir()
        _write_articles(writer, coming, PER_ISSUE)


def _write_articles(writer: _Writer, folder: Path, count: int) -> None:
    page = 2
    for place in range(count):
        text, page = writer.article(page)
        _write(folder / f"{place + 1:02}.md", text)


def _write(file: Path, text: str) -> None:
    file.write_bytes(text.encode())


class _Words:
    """Draws from a list of words by weight, many at a time because that is much faster."""

    def __init__(self, rng: Random, words: Sequence[str], weights: Sequence[float]) -> None:
        self._rng = rng
        self._words = words
        self._weights = list(accumulate(weights))
        self._drawn: Iterator[str] = iter(())

    def draw(self) -> str:
        for word in self._drawn:
            return word
        self._drawn = iter(self._rng.choices(self._words, cum_weights=self._weights, k=1000))
        return next(self._drawn)


class _Writer:
    def __init__(self, rng: Random, printed: Sequence[Printed], topics: Sequence[str]) -> None:
        self._rng = rng
        self._topics = topics
        self._real: list[str] = [
            sentence
            for article in printed
            for sentence in re.findall("[^。\n]+。", article.body)
            if not _UNPAIRED.search(sentence) and not _STRAY.search(sentence)
        ]
        counts = dict(_dictionary())
        self._words: dict[str, _Words] = {
            name: _Words(
                rng,
                [word for word, (tag, _) in counts.items() if tag in tags],
                [count for tag, count in counts.values() if tag in tags],
            )
            for name, tags in _CLASSES.items()
        }
        telling = [
            (word, count)
            for word, (tag, count) in counts.items()
            if tag in ("n", "nz", "vn", "nt", "l") and 2 <= len(word) <= 5
        ]
        # A flatter distribution: what an article is about is rarer than what it is written with.
        self._telling = _Words(
            rng, [word for word, _ in telling], [count**0.75 for _, count in telling]
        )
        self._sources = self._source_names()
        self._said: list[str] = []
        self._said_here: list[str] = []
        self._own: list[str] = []

    def article(self, page: int) -> tuple[str, int]:
        """The file of an article that begins on a page, and a page for the next one."""
        rng = self._rng
        self._own = [self._telling.draw() for _ in range(6)]
        self._said_here = []
        title = self._title()
        lines = [f"title: {title}", f"page: {page}"]
        topics = [topic for topic in self._topics if rng.random() < 0.3]
        if topics:
            lines.append(f"topics: [{', '.join(topics)}]")
        if rng.random() < 0.93:
            lines.append(f"source: {self._sources.draw()}")
        paragraphs = self._paragraphs()
        if rng.random() < 0.9:
            place = rng.randrange(len(paragraphs))
            inside = [found.start() + 1 for found in _HAN.finditer(paragraphs[place])]
            if inside:
                page += 1
                cut, whole = rng.choice(inside), paragraphs[place]
                paragraphs[place] = f"{whole[:cut]}{{p{page}}}{whole[cut:]}"
        front, body = "\n".join(lines), "\n\n".join(paragraphs)
        return f"---\n{front}\n---\n\n{body}\n", page + (rng.random() < 0.3)

    def _paragraphs(self) -> list[str]:
        rng = self._rng
        wanted = min(max(rng.gauss(_LENGTH, _DEVIATION), _SHORTEST), _LONGEST)
        paragraphs: list[str] = []
        length = 0
        while length < wanted:
            paragraph = "".join(self._sentence() for _ in range(rng.randint(2, 5)))
            paragraphs.append(paragraph)
            length += len(paragraph)
        return paragraphs

    def _sentence(self) -> str:
        rng = self._rng
        if rng.random() < _REAL_SENTENCE:
            return rng.choice(self._real)
        clauses = (self._clause() for _ in range(rng.choice((1, 2, 2, 3, 3, 4))))
        return "，".join(clauses) + rng.choice("。。。。。。。；！？")

    def _clause(self) -> str:
        rng = self._rng
        parts = [self._phrase() for _ in range(rng.choice((1, 2, 2, 3)))]
        chance = rng.random()
        if chance < 0.35:
            parts.insert(rng.randrange(len(parts) + 1), rng.choice(self._own))
        elif chance < 0.43:
            parts.append(self._number())
        elif chance < 0.47:
            parts.insert(0, self._latin())
        elif chance < 0.50:
            parts.insert(0, f"“{self._telling.draw()}{self._words['noun'].draw()}”")
        elif chance < 0.5005:
            # What breaks indexes: beyond the BMP, of another width, several characters in one.
            parts.append(rng.choice(_RARE) + self._words["noun"].draw())
        return "".join(parts)

    def _phrase(self) -> str:
        chance = self._rng.random()
        if self._said_here and chance < _SAID_IN_ARTICLE:
            return self._rng.choice(self._said_here)
        if self._said and chance < _SAID_IN_ARTICLE + _SAID_BEFORE:
            phrase = self._rng.choice(self._said)
        else:
            pattern = self._rng.choice(_PHRASES)
            phrase = "".join(
                self._words[part].draw() if part in self._words else part for part in pattern
            )
        self._said.append(phrase)
        self._said_here.append(phrase)
        return phrase

    def _number(self) -> str:
        rng = self._rng
        space = rng.choice(("", "", "", " "))
        if rng.random() < 0.3:
            return f"{rng.randint(1990, 2024)}年{space}{rng.randint(1, 12)}月"
        if rng.random() < 0.3:
            return f"增长{space}{rng.randint(1, 99)}.{rng.randint(0, 9)}%"
        figure = int(rng.paretovariate(0.6)) % 100_000
        return f"{space}{figure}{space}{rng.choice(_UNITS)}"

    def _latin(self) -> str:
        rng = self._rng
        if rng.random() < 0.7:
            return f"{rng.choice(_LATIN)} "
        return "".join(rng.choices(_SYLLABLES, k=rng.randint(2, 4))).capitalize()

    def _title(self) -> str:
        while True:
            words = {name: words.draw() for name, words in self._words.items()}
            words |= {"one": self._own[0], "two": self._own[1], "latin": self._latin().strip()}
            words["year"] = str(self._rng.randint(1994, 2024))
            title = self._rng.choice(_HEADLINES).format_map(words)
            if len(title) in _TITLE_LENGTHS:
                return title

    def _source_names(self) -> _Words:
        rng = self._rng
        names = [f"{self._words['place'].draw()}{rng.choice(_MEDIA)}" for _ in range(SOURCES - 40)]
        names += [
            f"{rng.choice(_LATIN)} {self._words['noun'].draw()}{rng.choice(('频道', '网', ''))}"
            for _ in range(40)
        ]
        rng.shuffle(names)
        return _Words(rng, names, [1 / (rank + 3) for rank in range(SOURCES)])


def _dictionary() -> Iterator[tuple[str, tuple[str, int]]]:
    """The Chinese words of jieba's dictionary with their class and count."""
    module = find_spec("jieba")
    if module is None or module.origin is None:
        raise SystemExit("jieba is not installed")
    for line in (Path(module.origin).parent / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split(" ")
        if "\u4e00" <= word[0] <= "\u9fff":
            yield word, (tag, int(count))
