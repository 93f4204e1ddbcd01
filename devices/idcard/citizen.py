"""The citizen's card, and the residence permit of Hong Kong, Macao and Taiwan residents, which is like it.

Both have the same first 220 bytes. Behind them a permit carries the number
of the travel permit and how often it was issued: no service needs them. A
permit names no nation, and no source tells what stands in its place, so
that field is not looked at there.
"""

from __future__ import annotations

from typing import Final

from devices.citizen_number import birth_of, checked, sex_of
from devices.holder import Document, Holder, Proof, Sex
from devices.idcard.nations import NATIONS
from devices.idcard.regions import RESIDENCE_PERMITS, is_province
from devices.idcard.text import day, field, garbled, in_order, line

_NAME: Final = slice(0, 30)
_SEX: Final = slice(30, 32)
_NATION: Final = slice(32, 36)
_BIRTH: Final = slice(36, 52)
_ADDRESS: Final = slice(52, 122)
_NUMBER: Final = slice(122, 158)
_FROM: Final = slice(188, 204)
_UNTIL: Final = slice(204, 220)
"""Between number and dates stands the issuer, which no service needs."""

_SEXES: Final = {"1": Sex.MALE, "2": Sex.FEMALE}
"""Source: GB/T 2261.1. A citizen's card has no other code."""

_FOR_EVER: Final = "长期"


def citizen(text: bytes) -> Holder:
    """Raises ``Refused``."""
    if field(text, _NATION) not in NATIONS:
        raise garbled("a nation that is not in the table")
    number = _number(text)
    if not is_province(number[:2]):
        raise garbled("a region that is not in the table")
    return _holder(text, number, Document.RESIDENT_ID)


def residence_permit(text: bytes) -> Holder:
    """Raises ``Refused``."""
    number = _number(text)
    if not number.startswith(RESIDENCE_PERMITS):
        raise garbled("a region that no residence permit has")
    return _holder(text, number, Document.RESIDENCE_PERMIT)


def _number(text: bytes) -> str:
    try:
        return checked(field(text, _NUMBER))
    except ValueError:
        raise garbled("number") from None


def _holder(text: bytes, number: str, document: Document) -> Holder:
    birth, sex = birth_of(number), sex_of(number)
    if day(field(text, _BIRTH)) != birth:
        raise garbled("birth differs from the number")
    if _SEXES.get(field(text, _SEX)) is not sex:
        raise garbled("sex differs from the number")
    until = field(text, _UNTIL)
    expires = None if until == _FOR_EVER else day(until)
    in_order(birth, day(field(text, _FROM)), expires)
    name, address = line(field(text, _NAME)), line(field(text, _ADDRESS))
    return Holder(name, number, document, sex, birth, expires, address, Proof.GENUINE)
