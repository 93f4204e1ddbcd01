"""The panel's light, set by a number; touch and picture are the window system's.

What a failure leaves behind: ``PanelGone``, and the light as it was.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

DARKEST: Final = 0.1
"""The part of full light below which nobody could read what to press."""


class PanelGone(Exception):
    """The light can't be set: there is no such panel, or it may not be touched."""


class Backlight:
    """A folder of Linux's backlight class, such as ``/sys/class/backlight/intel_backlight``.

    Source: Documentation/ABI/stable/sysfs-class-backlight of the kernel.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def set(self, light: float) -> None:
        """From 0 (the darkest that can still be read) to 1. Raises ``PanelGone``."""
        part = DARKEST + (1 - DARKEST) * max(0.0, min(1.0, light))
        try:
            most = _most((self._folder / "max_brightness").read_text("ascii"))
            (self._folder / "brightness").write_text(str(max(1, round(most * part))), "ascii")
        except (OSError, ValueError) as error:
            raise PanelGone(type(error).__name__) from None


def _most(said: str) -> int:
    """The brightest level. Raises ``ValueError`` for what is none."""
    if not re.fullmatch(r"[1-9][0-9]{0,8}\n?", said):
        raise ValueError("no level")
    return int(said)
