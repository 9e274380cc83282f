"""Every way to break a file of a built site that can be listed: each element, attribute, text, value,
line and byte is deleted, changed, doubled, swapped, put in other capitals, and so on.

A mutation is a file's new content; where it is planted, and what it was, make its `kind`.
"""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

from bulletin_site.search.script import handed
from bulletin_site.zipped import stored

MARKUP = (".html", ".xml", ".xhtml", ".opf", ".svg")
_TOKEN = re.compile(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
_NAME = re.compile(r"</?([^\s/>]+)")
_ATTRIBUTE = re.compile(r'\s([^\s=>/"]+)(?:="([^"]*)")?')
_VOID = {"meta", "link", "input", "br", "hr", "img", "base", "source", "track", "wbr", "!doctype"}
_ADDRESSES = ("href", "src", "action", "data-catalog", "data-to", "full-path", "template")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """`kind`: what was done to what; `at`: where, for a person who looks for it."""

    kind: str
    at: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    """Where an element and its start tag stand in a file, and how it is called there."""

    start: int
    opened: int
    closed: int
    end: int
    place: str


def mutations(name: str, content: bytes, chance: random.Random) -> list[Callable[[], Mutation]]:
    """All mutations of a file, each made only when it is asked for."""
    if name.endswith(".epub"):
        return list(_of_book(content, chance))
    if name.endswith(".pdf"):
        return list(_of_bytes(content, chance))
    if name.endswith(MARKUP):
        return [*_of_markup(content.decode(), chance), *_of_lines(content, chance)]
    if name.endswith(".json") or (name.startswith("search/") and name.endswith(".js")):
        return list(_of_data(name, content, chance))
    return [*_of_lines(content, chance), *_of_bytes(content, chance)]


def _one(kind: str, at: str, text: str) -> Callable[[], Mutation]:
    return lambda: Mutation(kind=kind, at=at, content=text.encode("utf-8", "surrogateescape"))


def _of_markup(text: str, chance: random.Random) -> Iterator[Callable[[], Mutation]]:
    elements = list(_elements(text))
    for element in elements:
        yield from _of_element(text, element)
        yield from _of_attributes(text, element, chance)
    for one, other in pairwise(elements):
        if one.place == other.place and one.end <= other.start:
            yield _swapped(text, (one.start, one.end), (other.start, other.end), one.place)
    yield from _of_texts(text, chance)


def _of_element(text: str, one: _Element) -> Iterator[Callable[[], Mutation]]:
    whole = text[one.start : one.end]
    inner = text[one.opened : one.closed]
    before, after = text[: one.start], text[one.end :]
    for what, new in (
        ("element deleted", ""),
        ("element doubled", whole * 2),
        ("element unwrapped", inner),
        ("element renamed", re.sub(r"^<[^\s/>]+", "<b", whole)),
    ):
        yield _one(f"{what} {one.place}", whole[:60], before + new + after)


def _of_attributes(
    text: str, one: _Element, chance: random.Random
) -> Iterator[Callable[[], Mutation]]:
    tag = text[one.start : one.opened]
    for found in _ATTRIBUTE.finditer(tag):
        name, value = found[1], found[2]
        kind = f"{one.place}@{name}"
        at = one.start + found.start(), one.start + found.end()
        left, right = text[: at[0]], text[at[1] :]
        yield _one(f"attribute deleted {kind}", tag[:80], left + right)
        for what, new in _values(name, value, chance):
            changed = f'{left} {name}="{new}"{right}'
            yield _one(f"attribute {what} {kind}", f"{value} → {new}", changed)


def _values(name: str, value: str | None, chance: random.Random) -> Iterator[tuple[str, str]]:
    if value:
        yield "emptied", ""
        yield "changed", _another(value, chance)
        yield "doubled", f"{value} {value}"
        if value.swapcase() != value:
            yield "in other case", value.swapcase()
        if name in _ADDRESSES:
            encoded = chance.choice([one for one in value if one.isalnum()] or ["/"])
            yield "encoded twice", value.replace(encoded, f"%25{ord(encoded):02x}", 1)
            yield "made absolute", f"/{value}"
            yield "one folder up", f"../{value}"
            yield "one folder down", value.removeprefix("../") if "../" in value else f"a/{value}"
            yield "elsewhere", f"https://cdn.example.com/{value}"
            yield "with a query", value.partition("#")[0] + "?x"
            yield "to a place", value.partition("#")[0] + "#nowhere"


def _of_texts(text: str, chance: random.Random) -> Iterator[Callable[[], Mutation]]:
    stack: list[str] = []
    spots: list[tuple[int, int, str]] = []
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token.startswith("<"):
            _step(stack, token)
        elif token.strip():
            spots.append((found.start(), found.end(), " > ".join(stack[-2:])))
    for start, end, place in spots:
        old = text[start:end]
        for what, new in (
            ("deleted", ""),
            ("changed", _another(old, chance)),
            ("doubled", old * 2),
            ("cut short", old[:-2]),
            ("in other case", old.swapcase()),
        ):
            if new != old:
                yield _one(f"text {what} {place}", old[:40], text[:start] + new + text[end:])
    for one, other in pairwise(spots):
        if one[2] == other[2] and text[one[0] : one[1]] != text[other[0] : other[1]]:
            yield _swapped(text, one[:2], other[:2], f"texts {one[2]}")


def _swapped(
    text: str, one: tuple[int, int], other: tuple[int, int], place: str
) -> Callable[[], Mutation]:
    first, second = text[slice(*one)], text[slice(*other)]
    new = text[: one[0]] + second + text[one[1] : other[0]] + first + text[other[1] :]
    return _one(f"swapped {place}", first[:60], new)


def _step(stack: list[str], token: str) -> None:
    """Go in or out of an element."""
    name = _NAME.match(token)
    if not name or token.startswith(("<!", "<?")):
        return
    if token.startswith("</"):
        if stack:
            stack.pop()
    elif name[1].lower() not in _VOID and not token.endswith("/>"):
        stack.append(_called(name[1], token))


def _called(name: str, tag: str) -> str:
    kind = re.search(r'\s(?:class|role|rel|name|property)="([^"]*)"', tag)
    return f"{name}.{kind[1]}" if kind else name


def _elements(text: str) -> Iterator[_Element]:
    open_: list[tuple[int, int, str]] = []
    places: list[str] = []
    for found in _TOKEN.finditer(text):
        token = found[0]
        name = _NAME.match(token)
        if not token.startswith("<") or token.startswith("<!--") or not name:
            continue
        called = " > ".join([*places[-1:], _called(name[1], token)])
        if token.startswith("</"):
            if open_:
                start, opened, place = open_.pop()
                places.pop()
                yield _Element(
                    start=start, opened=opened, closed=found.start(), end=found.end(), place=place
                )
        elif name[1].lower() in _VOID or token.endswith(("/>", "?>")):
            end = found.end()
            yield _Element(start=found.start(), opened=end, closed=end, end=end, place=called)
        else:
            open_.append((found.start(), found.end(), called))
            places.append(_called(name[1], token))


def _another(value: str, chance: random.Random) -> str:
    """One of its characters is another of the same sort."""
    places = [at for at, one in enumerate(value) if one.isalnum()] or list(range(len(value)))
    at = chance.choice(places)
    old = value[at]
    new = str((int(old) + 1) % 10) if old in "0123456789" else "x" if old.isascii() else "某"
    return value[:at] + (new if new != old else "y") + value[at + 1 :]


def _of_lines(content: bytes, chance: random.Random) -> Iterator[Callable[[], Mutation]]:
    lines = content.decode("utf-8", "surrogateescape").splitlines(keepends=True)
    for at in range(len(lines)):
        before, line, after = lines[:at], lines[at], lines[at + 1 :]
        if line.strip():
            yield _one("line deleted", line[:60], "".join([*before, *after]))
            yield _one("line doubled", line[:60], "".join([*before, line, line, *after]))
        if after and after[0] != line:
            swapped = [*before, after[0], line, *after[1:]]
            yield _one("line swapped", line[:60], "".join(swapped))


def _of_bytes(content: bytes, chance: random.Random) -> Iterator[Callable[[], Mutation]]:
    for at in sorted(chance.sample(range(len(content)), min(200, len(content)))):
        before, old, after = content[:at], content[at : at + 1], content[at + 1 :]
        for what, new in (
            ("deleted", b""),
            ("changed", bytes([old[0] ^ 1])),
            ("doubled", old * 2),
        ):
            yield _bytes(f"byte {what}", at, before + new + after)
    yield _bytes("cut in the middle", len(content) // 2, content[: len(content) // 2])
    yield _bytes("emptied", 0, b"")


def _bytes(kind: str, at: int, content: bytes) -> Callable[[], Mutation]:
    return lambda: Mutation(kind=kind, at=f"byte {at}", content=content)


def _of_book(content: bytes, chance: random.Random) -> Iterator[Callable[[], Mutation]]:
    with ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}

    def put(member: str, made: Callable[[], Mutation]) -> Callable[[], Mutation]:
        def mutation() -> Mutation:
            one = made()
            whole = stored({**members, member: one.content}.items())
            return Mutation(kind=f"{_sort(member)}: {one.kind}", at=one.at, content=whole)

        return mutation

    for member, inner in members.items():
        for made in mutations(member, inner, chance):
            yield put(member, made)
        left = {name: data for name, data in members.items() if name != member}
        yield _bytes(f"{_sort(member)}: member deleted", 0, stored(left.items()))


def _sort(member: str) -> str:
    return re.sub(r"[0-9]+(?:-[0-9]+)*", "N", member)


def _of_data(name: str, content: bytes, chance: random.Random) -> Iterator[Callable[[], Mutation]]:
    text = content.decode()
    lead, tail = "", ""
    if name.endswith(".js"):
        found = re.match(r'bulletin\.receive\("([^"]*)",', text)
        assert found, name
        lead, tail = found[0], ");\n"
        value = handed(content, found[1])
    else:
        value = json.loads(text)

    def made(kind: str, edit: Callable[[Any], None]) -> Callable[[], Mutation]:
        def mutation() -> Mutation:
            copy = json.loads(json.dumps(value))
            edit(copy)
            new = json.dumps(copy, ensure_ascii=False, separators=(",", ":"))
            return Mutation(kind=kind, at=kind, content=f"{lead}{new}{tail}".encode())

        return mutation

    for way in _ways(value, ()):
        yield made(f"value deleted {_place(way)}", partial(_deleted, way=way))
        yield made(f"value changed {_place(way)}", partial(_changed, way=way, chance=chance))


Way = tuple[str | int, ...]


def _ways(value: Any, way: Way) -> Iterator[Way]:
    if way:
        yield way
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _ways(inner, (*way, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _ways(inner, (*way, at))


def _place(way: Way) -> str:
    return ".".join("#" if isinstance(one, int) or len(one) < 3 else one for one in way[:4])


def _container(copy: Any, way: Way) -> Any:
    for one in way[:-1]:
        copy = copy[one]
    return copy


def _deleted(copy: Any, way: Way) -> None:
    del _container(copy, way)[way[-1]]


def _changed(copy: Any, way: Way, chance: random.Random) -> None:
    container, last = _container(copy, way), way[-1]
    old = container[last]
    if isinstance(old, str):
        container[last] = _another(old, chance) if old else "x"
    elif isinstance(old, bool) or old is None:
        container[last] = 0
    elif isinstance(old, (int, float)):
        container[last] = old + 1
    elif isinstance(old, list):
        container[last] = old[::-1] if len(old) > 1 and old[::-1] != old else [*old, *old[:1], 7]
    else:
        container[last] = {**old, "added": 1}
