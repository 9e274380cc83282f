"""What the archive speaks of over time: which words rise, and the words of each period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulletin_site.pages import urls
from bulletin_site.pages.charts import Chart, chart, levels
from bulletin_site.pages.frame import Page, frame
from bulletin_site.pages.parts import Link
from bulletin_site.pages.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodLine:
    """A period with the words that set it apart."""

    name: str
    href: str
    articles: int
    words: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLine:
    """A word, in how many articles of each period it stands, and a small picture of its share;
    `before` is what a period had until the last."""

    word: Link
    counts: tuple[int, ...]
    before: str
    chart: Chart


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendsView:
    """`latest` names the last period, `before` what it is compared with."""

    latest: str
    before: str
    unit: str
    periods: tuple[PeriodLine, ...]
    rising: tuple[WordLine, ...]
    falling: tuple[WordLine, ...]


def pages(site: Site) -> Iterator[Page]:
    """The one page of words; none where there is nothing to compare."""
    trends = site.words.trends
    if not trends.periods:
        return
    address = urls.TRENDS
    names = [period.name for period in trends.periods]
    description = f"哪些词说得多了：{names[-1]}与此前相比，以及各期的关键词。"

    def word(text: str) -> Link:
        return Link(text=text, href=urls.query(urls.link(address, urls.SEARCH), text))

    def shares(text: str) -> list[float]:
        sizes = [period.articles for period in trends.periods]
        return [100 * count / size for count, size in zip(trends.counts[text], sizes, strict=True)]

    shown = (*trends.rising, *trends.falling)
    most = max((share for text in shown for share in shares(text)), default=0)

    def lines(words: tuple[str, ...]) -> tuple[WordLine, ...]:
        return tuple(
            WordLine(
                word=word(text),
                counts=trends.counts[text],
                before=f"{sum(trends.counts[text][:-1]) / max(1, len(names) - 1):.1f}".replace(
                    ".0", ""
                ),
                chart=levels(shares(text), most) if len(names) == 2 else chart(shares(text)),
            )
            for text in words
        )

    yield Page(
        address=address,
        template="trends.html",
        frame=frame(
            site,
            address,
            title="热词",
            description=description,
            kind="词语",
            keywords=trends.rising[:5],
            section=address,
            breadcrumbs=[("热词", address)],
        ),
        view=TrendsView(
            latest=names[-1],
            before=names[0] if len(names) == 2 else f"{names[0]}至{names[-2]}",
            unit="年" if trends.by_year else "期",
            periods=tuple(
                PeriodLine(
                    name=period.name,
                    href=urls.link(address, urls.ISSUES, urls.year_anchor(int(period.key)))
                    if trends.by_year
                    else urls.link(address, urls.issue(period.key)),
                    articles=period.articles,
                    words=tuple(word(text) for text in period.words),
                )
                for period in reversed(trends.periods)
            ),
            rising=lines(trends.rising),
            falling=lines(trends.falling),
        ),
    )
