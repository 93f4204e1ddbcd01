"""Where a screen stands: its theme, the room it has, and what the frame knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize

from screens.theme import Theme
from screens.words import Words


@dataclass(frozen=True)
class Stage:
    """``room``: the size of the body. ``reach_line``: the first y, in the body, that a seated hand reaches.

    ``monotonic``: seconds, for what counts down inside a page. ``maintained``: a technician stands there.
    """

    theme: Theme
    room: QSize
    reach_line: int
    hall: Words
    place: Words
    card_inside: bool
    monotonic: Callable[[], float]
    maintained: bool = False
