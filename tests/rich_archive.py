"""An archive with everything that a text may hold, and much that does not belong into one."""

from __future__ import annotations

from archives import BASE, TWO_ISSUES, Sources, read
from bulletin_site.content.model import Archive
from bulletin_site.problems import errors

TITLE = "“云” & <b>大数据</b> ]]> {{ 7 * 7 }} {% raw %} {# 甲 #} 'big data' \"引\" cloud computing"

BODY = """\
第一段有 & 和 <script>alert(1)</script>，&copy; 与 ]]> 都是字，{{ view.title }} 和 {% include "x" %} 也是。

一段里{p3}有两处{p4}分页，*强调里{p5}也有*，**加重的 big data center 字**，`代码 <i>`。
硬换行在这里\\
换到下一行，中间没有看不见的字符。

## 小标题 <一>

### 更小的标题 & 其他

- 第一项
- 第二项还没{p6}有说完
  - 里面的一项

    这一项的第二段

1. 数字编号
2. 接着编号

> 引用的一段{p7}话
>
> 又一段

---

| 年份 | 数量 |
|:-----|-----:|
| 2013 | 3亿 & 更多 |
| 2014 | <5 |

```text
{{ 代码 }} </code></pre>
```

{p8}

[网上](https://www.gov.cn/a?b=1&c=%E4%BA%91#d)、[来信](mailto:mishuchu@example.gov.cn)、[下一篇](02.html)、
[另一期](../2014-06-2/01.html#p3)、[印刷页](p4.html)、[本期](index.html)、[本篇](#p3)、[没有的位置](#s99)、
[主题](../../topics/big-data.html)、[没有的网页](../../x/y%20z.html#甲)、
[上面](../../../../a.html)、[坏端口](http://a:99999/)、<https://www.gov.cn/>。
"""

DEAD_LINKS = (
    "、[没有的位置](#s99)",
    "、[没有的网页](../../x/y%20z.html#甲)",
    "[上面](../../../../a.html)、",
)
"""What no build would publish."""

NOTE = """
---
date: 2014-05-09
organization: 甲 & 乙
publisher: <秘书处>
---

编者说明里有 <b>&amp;</b>，见[第一篇](01.html)。

- 一
- 二
"""

RICH: Sources = {
    **TWO_ISSUES,
    "issues/archive.yaml": TWO_ISSUES["issues/archive.yaml"].replace(
        "    text: 应原作者要求撤回。\n",
        "    text: 应原作者要求撤回 & <b>。\n"
        "  - address: issues/2014-05-1/04.html\n    date: 2026-01-04\n    text: 数据 & 来源有误。\n",
    ),
    "issues/2014-05-1/issue.md": NOTE.lstrip(),
    "issues/2014-05-1/01.md": f"""\
---
title: {"'" + TITLE.replace("'", "''") + "'"}
page: 2
topics: [政务云, 大数据]
source: 文汇报 & <人民网>
corrections:
  - date: 2014-06-20
    text: 第一段“& <b>”应为“和”。
---

{BODY}""",
    "issues/2014-05-1/02.md": BASE["issues/2014-05-1/02.md"].replace("page: 3", "page: 8"),
    "issues/2014-05-1/03.md": BASE["issues/2014-05-1/03.md"].replace("page: 4", "page: 9"),
}
"""Two issues. The first one's first article goes over seven pages, the second begins in the middle
of a page, the third begins one; a fourth was withdrawn."""


def rich(**stated: str) -> Archive:
    """The archive, with what else is stated in archive.yaml."""
    path = "issues/archive.yaml"
    lines = "".join(f"{key}: {value}\n" for key, value in stated.items())
    found, problems = read({**RICH, path: lines + RICH[path]})
    assert not errors(problems), problems
    return found


def publishable() -> Sources:
    """The files without links that lead nowhere."""
    path = "issues/2014-05-1/01.md"
    text = RICH[path]
    for link in DEAD_LINKS:
        assert link in text
        text = text.replace(link, "")
    return {**RICH, path: text}
