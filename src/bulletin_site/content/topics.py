"""Typing the topics that archive.yaml lists."""

from __future__ import annotations

import re

from bulletin_site.content.address import RESERVED_NAMES
from bulletin_site.content.fields import Fields
from bulletin_site.content.model import Topic

TOPIC_KEYS = ("name", "slug", "description")

_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_LONGEST = 80


def load_topics(root: Fields) -> dict[str, Topic]:
    """The topics that can be typed, by their names, in the order in which they are written."""
    topics: dict[str, Topic] = {}
    slugs: dict[str, str] = {"index": "主题索引"}
    for fields in root.children("topics", TOPIC_KEYS):
        name = fields.phrase("name", required=True)
        slug = fields.text("slug", required=True)
        description = fields.phrase("description") or ""
        if slug in RESERVED_NAMES:
            fields.note_value(
                "slug",
                "bad-slug",
                f"网址用名“{slug}”是 Windows 不许用的文件名",
                "请换一个网址用名。",
            )
        elif slug and not (_SLUG.match(slug) and len(slug) <= _LONGEST):
            fields.note_value(
                "slug",
                "bad-slug",
                f"网址用名“{slug}”写法不对",
                "只用小写英文字母、数字和连字符，不超过 80 个，例如：big-data",
            )
        elif slug in slugs:
            fields.note_value(
                "slug",
                "duplicate-name",
                f"网址用名“{slug}”已经是“{slugs[slug]}”的",
                "请换一个网址用名。",
            )
        if name in topics:
            fields.note_value(
                "name",
                "duplicate-name",
                f"主题“{name}”写了两次",
                "请改名，或删去一个。",
            )
        elif name:
            # Also with a wrong slug: the topic is known, and its articles are not to blame.
            topics[name] = Topic(name=name, slug=slug or "", description=description)
            slugs.setdefault(slug or "", name)
    return topics
