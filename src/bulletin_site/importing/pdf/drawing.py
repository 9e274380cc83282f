"""Pages as pictures, to lay beside the article that they became."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageChops

from bulletin_site.importing.pdf.apart import Order
from bulletin_site.importing.pdf.opening import opened
from bulletin_site.problems import Problem

_MOST_WIDTH = 4000
_MOST_RATIO = 10.0
"""A page that is higher than so many times its width is drawn as if it were no higher."""
_GREY = 16
"""Differences between red, green and blue, of 255, that nobody sees."""
_GREYS, _COLOURS = 16, 64


def draw(data: bytes, order: Order) -> tuple[bytes, ...] | Problem:
    """PNG files, in this process; see `apart.py`."""
    with opened(data, order.name) as document:
        if isinstance(document, Problem):
            return document
        last = min(order.last or len(document), len(document))
        pages = range(max(order.first, 1), last + 1)
        return tuple(_drawn(document[number - 1], order.width) for number in pages)


def _drawn(page: Any, width: int) -> bytes:
    try:
        across, down = page.get_size()
        wide = max(1, min(width, _MOST_WIDTH))
        scale = min(wide / max(across, 1.0), wide * _MOST_RATIO / max(down, 1.0))
        bitmap = page.render(scale=scale, may_draw_forms=False)
        try:
            picture = bitmap.to_pil()
            if picture.width != wide and down <= across * _MOST_RATIO:
                picture = picture.resize((wide, max(1, round(wide * down / max(across, 1.0)))))
            return _png(picture.convert("RGB"))
        finally:
            bitmap.close()
    finally:
        page.close()


def _png(picture: Image.Image) -> bytes:
    """With few colours, of which type needs no more: grey ones, unless there are others in it."""
    red, green, blue = picture.split()
    apart = [ImageChops.difference(one, other) for one, other in ((red, green), (green, blue))]
    if any(sum(difference.histogram()[_GREY:]) for difference in apart):
        few = picture.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT)
    else:
        few = _in_greys(picture.convert("L"))
    file = io.BytesIO()
    few.save(file, "PNG")
    return file.getvalue()


def _in_greys(picture: Image.Image) -> Image.Image:
    """Evenly spaced ones: a palette that is looked for takes longer than the drawing."""
    last = _GREYS - 1
    nearest = picture.point([round(grey * last / 255) for grey in range(256)])
    few = Image.frombytes("P", nearest.size, nearest.tobytes())
    few.putpalette([round(number * 255 / last) for number in range(_GREYS) for _ in "RGB"])
    return few
