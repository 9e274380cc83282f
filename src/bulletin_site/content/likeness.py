"""Sources that are probably one: a slip of the keyboard would give them two pages, and each only a
part of the articles.

Names of papers and sites differ by one character as a rule (江西日报, 江苏日报; 人民网, 新民网), so
that alone says nothing. Only those pairs are said that a slip makes: the same but for spaces,
punctuation, width and case; two characters changed about; one doubled; one for another that is
typed alike (pinyin without tones, with the confusions of southern speech) or that a scanner takes
for it. A character that is
missing says nothing either (湖北周刊, 湖北省周刊). A name that archive.yaml lists in `dictionary`
is right as it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bulletin_site.content.model import Article
from bulletin_site.problems import Problem, offered

_SHORTEST = 3
_LABEL = re.compile("^(?:来源|摘自|转自|出处|据)(?=.)[:：]?")


def source_problems(articles: Iterable[Article], dictionary: Collection[str]) -> Iterator[Problem]:
    """The sources that are like one that more articles have, or an earlier one, said once each."""
    first: dict[str, Article] = {}
    counts: dict[str, int] = {}
    for article in articles:
        if article.source:
            first.setdefault(article.source, article)
            counts[article.source] = counts.get(article.source, 0) + 1
    order = {name: place for place, name in enumerate(first)}
    for one, other in sorted(_like(list(first))):
        right, wrong = sorted((one, other), key=lambda name: (-counts[name], order[name]))
        if wrong not in dictionary and right not in dictionary:
            yield Problem(
                path=first[wrong].path,
                line=first[wrong].lines.get("source", 0),
                text=wrong,
                code="source-like",
                message=f"来源“{wrong}”与“{right}”（{first[right].path}）很像",
                hint=f"{offered(wrong, right)}"
                f"如果没有写错，在 archive.yaml 的 dictionary 里写上“{wrong}”。",
            )


def _like(names: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs of names that a slip may have made of one. Candidates share a name with one
    character taken out, so that not each has to be held against each."""
    candidates: dict[str, list[str]] = {}
    bare = {name: _bare(name) for name in names}
    for name in names:
        text = bare[name]
        for key in {text, *(text[:n] + text[n + 1 :] for n in range(len(text)))}:
            candidates.setdefault(key, []).append(name)
    pairs = {
        (one, other)
        for group in candidates.values()
        if len(group) > 1
        for place, one in enumerate(group)
        for other in group[place + 1 :]
    }
    return {(a, b) for a, b in pairs if _is_slip(bare[a], bare[b])}


def _bare(name: str) -> str:
    """A name without what is not said: spaces, marks, widths, capitals, a label before it."""
    folded = unicodedata.normalize("NFKC", _LABEL.sub("", name)).casefold()
    return "".join(character for character in folded if character.isalnum())


def _is_slip(one: str, other: str) -> bool:
    if one == other:
        return bool(one)  # of signs alone nothing is left
    if len(one) > len(other):
        one, other = other, one
    if len(one) < _SHORTEST:
        return False
    differing = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    place = differing[0] if differing else len(one)
    if len(one) < len(other):
        added = other[place]
        return one[place:] == other[place + 1 :] and added == other[place - 1 : place]
    if len(differing) == 1:
        pair = one[place], other[place]
        return not any(c.isascii() for c in pair) and _alike(*pair)
    return (
        len(differing) == 2
        and differing[1] == place + 1
        and one[place : place + 2] == other[place : place + 2][::-1]
    )


_SHAPES = tuple(map(frozenset, ("日曰", "未末", "己已巳", "土士", "人入八", "大太犬", "千干于")))
_CONFUSED: Mapping[str, str] = {"zh": "z", "ch": "c", "sh": "s"}


def _alike(one: str, other: str) -> bool:
    """Are two characters typed, or read by a scanner, for one another?"""
    if any({one, other} <= shapes for shapes in _SHAPES):
        return True
    from pypinyin import lazy_pinyin  # reads large tables, which most archives do not need here

    return _folded(lazy_pinyin(one)[0]) == _folded(lazy_pinyin(other)[0])


def _folded(syllable: str) -> str:
    for full, short in _CONFUSED.items():
        if syllable.startswith(full):
            syllable = short + syllable[2:]
    return re.sub("(?<=[aei])ng$", "n", syllable)
