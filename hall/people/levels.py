"""How sure a kiosk can be of who stands there. Source: docs/sync.md, "Levels"."""

from __future__ import annotations

from typing import Final, Literal, get_args

Level = Literal["none", "typed", "social-card", "phone", "passport", "id-card", "strong"]

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
"""The least first."""


def reaches(level: Level, needs: Level) -> bool:
    """Whether ``level`` is proof enough for what ``needs`` so much."""
    return LEVELS.index(level) >= LEVELS.index(needs)


def higher(one: str, other: str) -> str:
    """The higher of two levels."""
    return max(one, other, key=LEVELS.index)
