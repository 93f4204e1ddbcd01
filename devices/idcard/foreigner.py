"""The foreigner's permanent residence card: the layout of 2017 and the one of 2023, which is nearer to a citizen's.

A person is called by the Chinese name where the card has one, else by the
English one. Both numbers begin with the nationality at the first issue (as
letters, or as digits behind the 9) and stay the same for life: who has become
a citizen of another state since has another one in the field, so the two are
not held against each other.
"""

from __future__ import annotations

import re
from typing import Final

from devices.citizen_number import birth_of, checked, sex_of
from devices.holder import Document, Holder, Proof, Sex
from devices.idcard.regions import is_foreigners
from devices.idcard.text import day, field, garbled, in_order, line, state

_SEXES: Final = {"0": Sex.UNKNOWN, "1": Sex.MALE, "2": Sex.FEMALE, "9": Sex.UNKNOWN}
"""Source: GB/T 2261.1; 0 is unknown, 9 is not stated."""

_NUMBER_2017: Final = re.compile(r"[A-Z]{3}[0-9]{12}")
"""What the twelve digits mean is told by one source only, so nothing more is asked of them."""


def foreigner_2017(text: bytes) -> Holder:
    """Raises ``Refused``."""
    number = field(text, slice(122, 152))
    if not _NUMBER_2017.fullmatch(number):
        raise garbled("number")
    birth, expires = day(field(text, slice(220, 236))), day(field(text, slice(204, 220)))
    in_order(birth, day(field(text, slice(188, 204))), expires)
    return Holder(
        name=_called(field(text, slice(158, 188)), field(text, slice(0, 120))),
        number=number,
        document=Document.FOREIGN_RESIDENT,
        sex=_sex(field(text, slice(120, 122))),
        birth=birth,
        expires=expires,
        proof=Proof.GENUINE,
        state=state(field(text, slice(152, 158))),
    )


def foreigner_2023(text: bytes) -> Holder:
    """Raises ``Refused``. The number is a citizen's in all but its first six digits."""
    try:
        number = checked(field(text, slice(122, 158)))
    except ValueError:
        raise garbled("number") from None
    if not is_foreigners(number):
        raise garbled("a region that no foreigner's number has")
    birth, expires = birth_of(number), day(field(text, slice(204, 220)))
    if day(field(text, slice(36, 52))) != birth:
        raise garbled("birth differs from the number")
    sex = _sex(field(text, slice(30, 32)))
    if sex not in (sex_of(number), Sex.UNKNOWN):
        raise garbled("sex differs from the number")
    in_order(birth, day(field(text, slice(188, 204))), expires)
    return Holder(
        # An English name of more than 35 characters goes on in a second field: a space at the seam is its own.
        name=_called(field(text, slice(0, 30)), field(text[52:122] + text[220:242], slice(None))),
        number=number,
        document=Document.FOREIGN_RESIDENT,
        sex=sex,
        birth=birth,
        expires=expires,
        proof=Proof.GENUINE,
        state=state(field(text, slice(242, 248))),
    )


def _called(chinese: str, english: str) -> str:
    return line(chinese or english)


def _sex(code: str) -> Sex:
    if code not in _SEXES:
        raise garbled("a sex that is not in the table")
    return _SEXES[code]
