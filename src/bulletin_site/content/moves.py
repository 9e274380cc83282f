"""Typing what archive.yaml says of published addresses: `moved` and `withdrawn`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulletin_site.content.address import article_of, is_folder, is_page, reserved_name, rule
from bulletin_site.content.fields import Fields
from bulletin_site.content.model import Move, Withdrawal
from bulletin_site.content.yaml_nodes import Text
from bulletin_site.problems import offered

MOVE_KEYS = ("from", "to")
WITHDRAWAL_KEYS = ("address", "date", "text")

_EITHER = "一个网页以 .html 结尾，整个文件夹以 / 结尾；从网站的最上层写起。"


def load_moves(root: Fields) -> Iterator[Move]:
    """The entries of `moved` that can be typed."""
    for fields in root.children("moved", MOVE_KEYS):
        old, new = (_page_or_folder(fields, key) for key in MOVE_KEYS)
        if not old or not new:
            continue
        if is_folder(old) != is_folder(new):
            fields.note_value(
                "to",
                "bad-address",
                f"“{old}”和“{new}”一个是文件夹，一个是网页",
                "文件夹只能移到文件夹（都以 / 结尾），网页只能移到网页（都以 .html 结尾）。",
            )
            continue
        yield Move(old=old, new=new, old_line=fields.line("from"), new_line=fields.line("to"))


def load_withdrawals(root: Fields) -> Iterator[Withdrawal]:
    """The entries of `withdrawn` that can be typed, one for each address that they name."""
    for fields in root.children("withdrawn", WITHDRAWAL_KEYS):
        addresses = tuple(_withdrawn_pages(fields))
        day = fields.date("date")
        text = fields.phrase("text", required=True, example="text: 应原作者要求撤回。")
        if day and text:
            for address in addresses:
                yield Withdrawal(
                    address=address.text,
                    article_id=article_of(address.text),
                    date=day,
                    text=text,
                    line=address.line,
                )


def withdrawn_articles(
    withdrawals: Iterable[Withdrawal],
) -> dict[str, dict[int, Withdrawal]]:
    """The articles among them, by their issue and their number, in printed order."""
    found: dict[str, dict[int, Withdrawal]] = {}
    for one in withdrawals:
        if one.article_id:
            issue_id, _, number = one.article_id.partition("/")
            found.setdefault(issue_id, {})[int(number)] = one
    return {
        issue_id: {number: numbers[number] for number in sorted(numbers)}
        for issue_id, numbers in found.items()
    }


def _page_or_folder(fields: Fields, key: str) -> str | None:
    value = fields.text(key, required=True)
    if value is None or is_page(value) or is_folder(value):
        return value
    offer = offered(value, f"{value}/") if is_folder(f"{value}/") else ""
    fields.note_value(
        key,
        "bad-address",
        f"网址“{value}”写法不对",
        offer + reserved_name(value) + _EITHER,
    )
    return None


def _withdrawn_pages(fields: Fields) -> Iterator[Text]:
    node = fields.mapping.entries.get("address")
    if node is None or (isinstance(node, Text) and not node.text.strip()):
        fields.text("address", required=True)
    for address in fields.texts("address"):
        if is_page(address.text):
            yield address
        elif is_folder(address.text):
            fields.note_text(
                address,
                "bad-address",
                f"“{address.text}”是文件夹，撤回要写明每一个网页",
                "请先删去这一条，再运行一次 build：提示里会列出这个文件夹的全部网页，可以照抄。",
            )
        else:
            fields.note_text(
                address,
                "bad-address",
                f"网址“{address.text}”写法不对",
                f"{rule(address.text)}例如：issues/2014-05-1/03.html",
            )
