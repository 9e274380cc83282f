"""What `bulletin pdf` says when it is done."""

from __future__ import annotations

from bulletin_site.pages.downloads import size_text
from bulletin_site.typeset.making import Made, Making


def making_report(making: Making) -> str:
    """A line an issue, then what is to be known of the fonts."""
    lines = [_line(one) for one in making.made]
    if making.fresh:
        lines.append(f"{making.fresh} 期的 PDF 已是现在的文字，没有动（要重排，加上 --again）。")
    lines += (
        f"（提醒）{one.issue_id} 的编者说明没有排进 PDF：第一篇以前没有地方了。网站上照常有它。"
        for one in making.made
        if one.without_note
    )
    missing = dict.fromkeys(name for one in making.made for name in one.missing)
    if missing:
        lines.append(
            f"（提醒）这台电脑没有{'、'.join(missing)}字体，用别的字体代替了。"
            "要用这些字体，装好以后运行 bulletin pdf --again。"
        )
    if making.made:
        lines.append("请再运行 bulletin build，网站就提供新的 PDF。")
    return "".join(f"{line}\n" for line in lines)


def _line(made: Made) -> str:
    numbers = "，页码由排版得来" if made.auto else ""
    return (
        f"{made.issue_id}：{made.pages} 页{numbers}，{size_text(made.size)}，"
        f"每页 {made.grid} 字，字体：{'、'.join(made.fonts)}"
    )
