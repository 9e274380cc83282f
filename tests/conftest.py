"""How property tests run here."""

from __future__ import annotations

from hypothesis import settings

# A busy machine is no bug: how long one example takes says nothing about the program. What failed
# once fails again: to look for inputs that nobody has seen yet is what the fuzzers are for.
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")
