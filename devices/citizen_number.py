"""The citizen number of GB 11643: 18 characters that tell birth, sex and whether one was misread.

Six digits of region, eight of birth, three of sequence (odd for a man), one
check character. The same rules hold for residence permits of Hong Kong,
Macao and Taiwan residents and for the foreigners' cards of 2023.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from devices.holder import Sex

_FORM: Final = re.compile(r"[1-9][0-9]{16}[0-9Xx]")
_FIRST17: Final = re.compile(r"[0-9]{17}")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


def checked(number: str) -> str:
    """``number`` with a capital X, where form, birth date and check character are right.

    Raises ``ValueError``, which names the broken rule and never the number.
    """
    if not _FORM.fullmatch(number):
        raise ValueError("not 17 digits and a check character")
    number = number.upper()
    try:
        birth_of(number)
    except ValueError:
        raise ValueError("its birth date is not in the calendar") from None
    if check_digit(number[:17]) != number[17]:
        raise ValueError("wrong check character")
    return number


def birth_of(number: str) -> date:
    """The day of birth in a checked number. Source: GB 11643, characters 7 to 14."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_of(number: str) -> Sex:
    """Odd sequence codes are given to men, even ones to women. Source: GB 11643, characters 15 to 17."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def check_digit(first17: str) -> str:
    """The last character, ``0`` to ``9`` or ``X``, of a number that begins with these 17 digits.

    Source: GB 11643 with ISO 7064, MOD 11-2. Raises ``ValueError`` for anything but 17 digits.
    """
    if not _FIRST17.fullmatch(first17):
        raise ValueError("not 17 digits")
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first17, strict=True)) % 11]
