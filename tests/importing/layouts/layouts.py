"""All layouts, by name."""

from __future__ import annotations

from importing.layouts import text_layouts

LAYOUTS = text_layouts.LAYOUTS
