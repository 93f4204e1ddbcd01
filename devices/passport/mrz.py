"""The machine-readable zone of a passport: two lines of 44 characters (TD3), all check digits right.

Source: ICAO Doc 9303-3 section 4 (characters, check digits), 9303-4 section 4.2.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from devices.holder import Sex

LINE: Final = 44
"""Characters in each of the two lines."""

_MOST_SCANNED: Final = 256
_NUMBER: Final = 9
_WEIGHTS: Final = (7, 3, 1)
_VALUES: Final = {character: value for value, character in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")} | {"<": 0}
_SEXES: Final = {"F": Sex.FEMALE, "M": Sex.MALE}


class BadLines(Exception):
    """What was typed or scanned is no passport's zone. The text names the rule and quotes no content."""


@dataclass(frozen=True, slots=True)
class AccessKey:
    """What opens the chip: number (9 characters with filler), birth and expiry (YYMMDD). ``repr`` hides all."""

    number: str = field(repr=False)
    birth: str = field(repr=False)
    expiry: str = field(repr=False)

    @property
    def information(self) -> bytes:
        """The three with their check digits, as the chip's keys are derived from. Source: Doc 9303-11, 4.3.2."""
        return "".join(part + check_digit(part) for part in (self.number, self.birth, self.expiry)).encode("ascii")


@dataclass(frozen=True, slots=True)
class Lines:
    """What both lines say. ``birth`` is None where they leave it open. ``repr`` hides all."""

    state: str = field(repr=False)
    name: str = field(repr=False)
    key: AccessKey = field(repr=False)
    number: str = field(repr=False)
    birth: date | None = field(repr=False)
    sex: Sex = field(repr=False)
    expires: date = field(repr=False)


def check_digit(text: str) -> str:
    """Weights 7 3 1, modulo 10; ``text`` is of the zone's characters."""
    return str(sum(_VALUES[character] * _WEIGHTS[at % 3] for at, character in enumerate(text)) % 10)


def access_key(number: str, birth: str, expiry: str) -> AccessKey:
    """The key from what was typed: the number as printed, the days as YYMMDD. Raises ``BadLines``."""
    compact = re.sub(r"[ \-]", "", number).upper().rstrip("<")
    if not re.fullmatch(rf"[A-Z0-9<]{{1,{_NUMBER}}}", compact):
        raise BadLines("a number of 1 to 9 letters and digits")
    if not re.fullmatch(r"[0-9<]{6}", birth) or not re.fullmatch(r"[0-9]{6}", expiry):
        raise BadLines("a day as YYMMDD")
    key = AccessKey(compact.ljust(_NUMBER, "<"), birth, expiry)
    _birth(key.birth, date.max)
    _day(key.expiry, 2000)
    return key


def key_in(text: bytes | str) -> AccessKey:
    """The key from what a scanner sends: both lines, or the second alone, with or without separators.

    Every check digit is held to. Raises ``BadLines``.
    """
    if len(text) > _MOST_SCANNED:
        raise BadLines("two lines of 44 characters")
    try:
        whole = text.decode("ascii") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise BadLines("characters of the zone only") from None
    lines = re.sub(r"[\x00-\x20]", "", whole).upper()
    if len(lines) == 2 * LINE and not re.fullmatch(r"P[A-Z<][A-Z<]{42}", lines[:LINE]):
        raise BadLines("a first line that begins with P")
    if len(lines) not in (LINE, 2 * LINE):
        raise BadLines("two lines of 44 characters")
    return _key(lines[-LINE:])


def lines_in(zone: str, today: date) -> Lines:
    """Both lines, 88 characters without a separator. Raises ``BadLines``.

    Years have two digits: a birth is not after ``today``, an expiry within 50 years of it.
    """
    if len(zone) != 2 * LINE or not re.fullmatch(r"P[A-Z<]{43}", zone[:LINE]):
        raise BadLines("two lines of 44 characters, the first of letters")
    first, second = zone[:LINE], zone[LINE:]
    key = _key(second)
    name = " ".join(part for part in first[5:].split("<") if part)
    state, number = first[2:5].rstrip("<"), key.number.rstrip("<")
    if not name or not re.fullmatch(r"[A-Z]{1,3}", state) or not number:
        raise BadLines("a state, a name and a number")
    expires = _day(key.expiry, today.year - 50)
    return Lines(state, name, key, number, _birth(key.birth, today), _SEXES.get(second[20], Sex.UNKNOWN), expires)


def _key(second: str) -> AccessKey:
    """What the second line opens the chip with, once all five check digits are right."""
    if not re.fullmatch(r"[A-Z0-9<]{44}", second):
        raise BadLines("characters of the zone only")
    number, birth, expiry, other = second[:9], second[13:19], second[21:27], second[28:42]
    if not re.fullmatch(r"[0-9<]{6}", birth) or not re.fullmatch(r"[0-9]{6}", expiry):
        raise BadLines("a day as YYMMDD")
    for part, digit in ((number, second[9]), (birth, second[19]), (expiry, second[27])):
        if check_digit(part) != digit:
            raise BadLines("a check digit")
    if second[42] != check_digit(other) and (second[42] != "<" or other.strip("<")):
        raise BadLines("the check digit of the personal number")
    if check_digit(second[:10] + second[13:20] + second[21:43]) != second[43]:
        raise BadLines("the check digit over all")
    return AccessKey(number, birth, expiry)


def _birth(digits: str, today: date) -> date | None:
    """The day, or None where the year, month or day is left open."""
    if "<" in digits or digits[2:4] == "00" or digits[4:] == "00":
        return None
    born = _day(digits, min(today.year, 2099) - 99)
    return _day(digits, born.year - 100) if born > today else born


def _day(digits: str, first_year: int) -> date:
    """The day whose year is one of the hundred from ``first_year`` on. Raises ``BadLines``."""
    year = first_year + (int(digits[:2]) - first_year) % 100
    try:
        return date(year, int(digits[2:4]), int(digits[4:]))
    except ValueError:
        raise BadLines("a day of the calendar") from None
