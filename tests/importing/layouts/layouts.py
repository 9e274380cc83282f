"""All layouts."""

from __future__ import annotations

from importing.layouts import text_layouts, word_layouts

LAYOUTS = (*text_layouts.LAYOUTS, *word_layouts.LAYOUTS)
