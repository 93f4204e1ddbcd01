"""A line that must be seen before going on: what was wrong, or what not to do."""

from __future__ import annotations

from screens.glyph import line
from screens.layout import Panel
from screens.theme import Theme


def warning(theme: Theme, text: str, padding: int = 24) -> Panel:
    return Panel(theme, [line(theme, "triangle-alert", text, role="warn")], 0, padding, "warnsoft")
