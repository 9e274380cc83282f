"""Contents that contradict the text, as they do where an issue was changed in the last hour: each
way makes a file from an issue and a style, and names the places where an editor must be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from importing.layouts.content import ArticleText, IssueText
from importing.layouts.sheet import Printed, Unknown
from importing.layouts.text_style import Lines, TextStyle, printed

Contradiction = Callable[[IssueText, TextStyle], Printed]


def _with_contents(
    issue: IssueText, style: TextStyle, entry: Callable[[int, ArticleText], Lines], *due: Unknown
) -> Printed:
    sheet = printed(issue, replace(style, entry=entry))
    return replace(sheet, unknown=(*sheet.unknown, *due))


def other_title(issue: IssueText, style: TextStyle) -> Printed:
    """One character of the second title differs."""
    title = issue.articles[1].title
    changed = title[:3] + ("的" if title[3] != "的" else "之") + title[4:]

    def entry(number: int, article: ArticleText) -> Lines:
        return style.entry(number, replace(article, title=changed) if number == 2 else article)

    return _with_contents(issue, style, entry, Unknown(field="title", article=2, contradicts=True))


def swapped(issue: IssueText, style: TextStyle) -> Printed:
    """The second and third titles have changed places, but not their numbers and pages."""
    titles = [article.title for article in issue.articles]
    titles[1:3] = titles[2], titles[1]

    def entry(number: int, article: ArticleText) -> Lines:
        return style.entry(number, replace(article, title=titles[number - 1]))

    due = [Unknown(field="title", article=number, contradicts=True) for number in (2, 3)]
    due += [Unknown(field="page", article=number) for number in (2, 3)]
    due += [Unknown(field="break", article=number) for number in (2, 3)]
    return _with_contents(issue, style, entry, *due)


def wrong_page(issue: IssueText, style: TextStyle) -> Printed:
    """The page of the third article is one that none can have there."""

    def entry(number: int, article: ArticleText) -> Lines:
        page = article.page + 7 if number == 3 else article.page
        return style.entry(number, replace(article, page=page))

    return _with_contents(issue, style, entry, Unknown(field="page", article=3, contradicts=True))


def entry_without_article(issue: IssueText, style: TextStyle) -> Printed:
    """An article was taken out after the contents were made."""

    def entry(number: int, article: ArticleText) -> Lines:
        ghost = replace(article, title="各地加快推进电子证照应用")
        after = style.entry(number + 1, ghost) if number == len(issue.articles) else []
        return [*style.entry(number, article), *after]

    last = Unknown(field="article", article=len(issue.articles), contradicts=True)
    return _with_contents(issue, style, entry, last)


def article_without_entry(issue: IssueText, style: TextStyle) -> Printed:
    """The fourth article came in after the contents were made: its page is not printed there."""

    def entry(number: int, article: ArticleText) -> Lines:
        return [] if number == 4 else style.entry(number - (number > 4), article)

    due = [
        Unknown(field="article", article=4, contradicts=True),
        Unknown(field="page", article=4),
        Unknown(field="topics", article=4),
        # A page that began there may now be anywhere up to the next entry.
        *(Unknown(field="break", article=number) for number in (3, 4)),
    ]
    return _with_contents(issue, style, entry, *due)


ALL: Mapping[str, Contradiction] = {
    "other-title": other_title,
    "swapped": swapped,
    "wrong-page": wrong_page,
    "entry-without-article": entry_without_article,
    "article-without-entry": article_without_entry,
}
