"""How much of a phone account's nickname is shown: at the kiosk, where others may look on, and on the phone."""

from __future__ import annotations

import unicodedata
from typing import Final

_SIGNS: Final = "LNS"
"""Letters, digits, symbols. Blanks, marks over others, control bytes and turns of direction are no signs."""


def masked(nickname: str) -> str:
    """``小**学`` for 小明同学: the first and the last sign, as many stars as are hidden, three at most.

    Of every nickname something stays hidden; one without any sign is ``*``.
    """
    signs = [sign for sign in nickname if unicodedata.category(sign)[0] in _SIGNS]
    if len(signs) < 3:
        return f"{signs[0]}*" if len(signs) == 2 else "*"
    return f"{signs[0]}{'*' * min(3, len(signs) - 2)}{signs[-1]}"
