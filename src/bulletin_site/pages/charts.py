"""Small charts as numbers of pixels, for templates to draw as SVG without a script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 32
_BAR, _GAP = 6, 2
_WIDE_BAR, _WIDE_GAP = 14, 4
_FEW = 16
_LEVEL, _LEVEL_GAP, _LEVEL_WIDTH = 6, 3, 160
_LEAST = 1.5
"""What is not nothing can be seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar from the left and from above; `value` is what it stands for."""

    x: int
    y: float
    width: float
    height: float
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    width: int
    height: int
    bars: tuple[Bar, ...]


def chart(values: Sequence[float]) -> Chart:
    """Bars beside one another, the highest as high as the chart."""
    bar, gap = (_WIDE_BAR, _WIDE_GAP) if len(values) <= _FEW else (_BAR, _GAP)
    most = max(values, default=0) or 1
    bars = []
    for number, value in enumerate(values):
        height = round(max(value / most * HEIGHT, _LEAST), 1) if value else 0.0
        bars.append(
            Bar(
                x=number * (bar + gap),
                y=round(HEIGHT - height, 1),
                width=bar,
                height=height,
                value=value,
            )
        )
    return Chart(
        width=max(1, len(bars) * (bar + gap) - gap),
        height=HEIGHT,
        bars=tuple(bars),
    )


def levels(values: Sequence[float], most: float) -> Chart:
    """Bars below one another, one that stands for `most` as long as the chart is wide."""
    bars = tuple(
        Bar(
            x=0,
            y=number * (_LEVEL + _LEVEL_GAP),
            width=round(max(value / (most or 1) * _LEVEL_WIDTH, _LEAST), 1) if value else 0.0,
            height=_LEVEL,
            value=value,
        )
        for number, value in enumerate(values)
    )
    height = max(1, len(bars) * (_LEVEL + _LEVEL_GAP) - _LEVEL_GAP)
    return Chart(width=_LEVEL_WIDTH, height=height, bars=bars)
