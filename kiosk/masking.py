"""How little of a person is shown: what a bystander may read over a shoulder."""

from __future__ import annotations

import unicodedata
from typing import Final

from screens.words import Words

WORD: Final = 24
"""Letters of a Latin family name that are shown at most."""


def greeting_name(name: str) -> str:
    """``王*`` for 王小明, ``WANG *`` for WANG XIAOMING: enough to see that it is the right card.

    Of every name something stays hidden, so a name of one letter is ``*``.
    """
    letters = _letters(name)
    if _latin(letters):
        family = _letters(next(word for word in name.split() if _letters(word)))
        if len(family) < len(letters):
            return f"{family[:WORD]} *"
    return f"{letters[0]}*" if len(letters) > 1 else "*"


def slip_name(name: str) -> str:
    """``王*明`` for 王小明, ``王*`` for 王明: what a slip and a list carry."""
    letters = _letters(name)
    return greeting_name(name) if len(letters) < 3 or _latin(letters) else f"{letters[0]}*{letters[-1]}"


def masked_number(number: str) -> str:
    """``990***********0028``: of a number of 18 the first three and the last four, of a shorter one its end."""
    start, end = (3, 4) if len(number) == 18 else (0, 3)
    return f"{number[:start]}{'*' * max(0, len(number) - start - end)}{number[-end:]}"


def _letters(name: str) -> str:
    """What is a sign of its own: no blanks, dots, marks over others, control bytes or turns of direction.

    Private use is one: rare characters of names stand there in GB 18030.
    """
    kinds = ((sign, unicodedata.category(sign)) for sign in name)
    return "".join(sign for sign, kind in kinds if kind[0] not in "CMPZ" or kind == "Co")


def _latin(letters: str) -> bool:
    return bool(letters) and max(letters) < "\u0250"


def part_of_day(hour: int) -> Words:
    """The greeting for an hour of the day, 0 to 23."""
    if 5 <= hour < 11:
        return Words("早上好" if hour < 8 else "上午好", "Good morning")
    if 11 <= hour < 18:
        return Words("中午好" if hour < 13 else "下午好", "Good afternoon")
    return Words("晚上好", "Good evening")
