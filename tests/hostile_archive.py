"""An archive into which the hostile texts were put wherever an editor can put text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bulletin_site.content.written import quoted
from bulletin_site.importing.bodies import escaped
from hostile_links import KEPT_TARGETS
from hostile_texts import ALL

ISSUE, RAW = "2014-05-1", "2014-06-1"
"""In one all texts are escaped and come out as themselves; in the other they stand as they are, and
may come out as Markdown."""

HARMLESS = "政务公开"
HEAD = "</title><script>window.hostile=1</script>&lt;{{ 7*7 }}'\""


def hostile(texts: Sequence[str] = ALL) -> Mapping[str, str]:
    """The files: the n-th article of the first issue has the n-th text in each of its places."""
    # Links that are none are refused where they stand as they are.
    raw = [text for text in texts if "](" not in text]
    return {
        "issues/archive.yaml": _archive(texts),
        f"issues/{ISSUE}/issue.md": _issue(
            "2014-05-09", texts[0], escaped(texts[0], at_start=True)
        ),
        **{f"issues/{ISSUE}/{n:02}.md": _article(n, text) for n, text in enumerate(texts, 1)},
        f"issues/{RAW}/issue.md": _issue("2014-06-13", texts[-1], "\n\n".join(raw[:40])),
        f"issues/{RAW}/01.md": _plain(1, "\n\n".join(raw)),
        f"issues/{RAW}/02.md": _plain(2, " ".join(raw)),
        f"issues/{RAW}/03.md": _plain(3, "\n\n".join(links(KEPT_TARGETS))),
    }


def innocent() -> Mapping[str, str]:
    """The same archive with nothing in it that could do harm: what elements its pages have, with
    which attributes, is what pages may have."""
    return hostile([f"{HARMLESS}{n}" for n in range(len(ALL))])


def _archive(texts: Sequence[str]) -> str:
    lines = [f"{key}: {quoted(HEAD)}" for key in ("title", "publisher", "organization")]
    lines += ["site_id_code: " + quoted(texts[0]), "topics:"]
    for number, text in enumerate(texts, 1):
        lines += [f"  - name: {quoted(text)}", f"    slug: t{number}"]
        lines += [f"    description: {quoted(text)}"]
    lines += [f"dictionary: [{', '.join(map(quoted, texts[::7]))}]", "withdrawn:"]
    lines += [f"  - address: issues/{RAW}/04.html", "    date: 2026-01-02"]
    lines += [f"    text: {quoted(texts[1])}"]
    lines += ["moved:", f"  - {{from: old/, to: issues/{ISSUE}/}}"]
    return "\n".join(lines) + "\n"


def _issue(day: str, text: str, note: str) -> str:
    value = quoted(text)
    return f"---\ndate: {day}\nlabel: {value}\norganization: {value}\npublisher: {value}\n---\n\n{note}\n"


def _article(number: int, text: str) -> str:
    value, here, inside = quoted(text), escaped(text, at_start=True), escaped(text, at_start=False)
    cell = inside.replace("|", "\\|")
    return f"""\
---
title: {value}
page: {number}
topics: [{value}]
source: {value}
keywords: [{value}]
corrections:
  - date: 2014-06-01
    text: {value}
aliases: [old/a{number}.html]
---

{here}

## 题 {inside}

- 项 {inside}

> 引 {inside}

| 表 {cell} | 乙 |
|---|---|
| 格 {cell} | 丁 |

[名 {inside}](https://www.gov.cn/)，重**要 {inside} 事**项，*再*说。

````
{text}
````
"""


def _plain(number: int, body: str) -> str:
    return f"---\ntitle: 照写 {number}\npage: {number}\n---\n\n{body}\n"


def links(targets: Sequence[str]) -> Iterator[str]:
    """Each as the target of a link, in every way in which Markdown has one."""
    for target in targets:
        yield from (f"[去]({target})", f'[去]({target} "题")')
        if "<" not in target:
            yield f"[去](<{target}>)"
