"""How property tests run here."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no bug: how long one example takes says nothing about the program.
settings.register_profile("project", deadline=None)
settings.load_profile("project")
