"""What is written in the card's text: 256 bytes of UTF-16LE in fields of fixed width.

The type flag at byte 248 says whose card it is, and so which layout follows;
it is looked at before anything else. Only the citizen's layout is read. The
others are known by their flag and refused by name: whoever adds one adds its
fields and its rules beside ``_citizen`` and takes its flag out of ``_OTHERS``.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from devices.citizen_number import birth_of, checked, sex_of
from devices.holder import Document, Holder, Sex
from devices.reader import Fault

TEXT: Final = 256
PHOTO: Final = 1024
"""Bytes of each part. A card without a photo has one of length 0."""

_FLAG: Final = slice(248, 250)
_CITIZEN: Final = frozenset({b"\x20\x00", b"\x00\x00"})
_OTHERS: Final = {
    b"J\x00": "residence permit for Hong Kong, Macao and Taiwan residents",
    b"I\x00": "foreigner's permanent residence card of 2017",
    b"Y\x00": "foreigner's permanent residence card of 2023",
}

_NAME: Final = slice(0, 30)
_SEX: Final = slice(30, 32)
_BIRTH: Final = slice(36, 52)
_ADDRESS: Final = slice(52, 122)
_NUMBER: Final = slice(122, 158)
_FROM: Final = slice(188, 204)
_UNTIL: Final = slice(204, 220)
"""Bytes in the citizen's layout. Between them: nation and issuer, which no service needs."""

_SEXES: Final = {"1": Sex.MALE, "2": Sex.FEMALE}
"""Source: GB/T 2261.1. An ID card has no other code."""

_FOR_EVER: Final = "长期"
_DAY: Final = re.compile(r"[0-9]{8}")
_NOT_IN_LINES: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, invisible and direction-changing characters, line ends. Private use is allowed: old cards
carry rare characters there."""


class Refused(Exception):
    """``fault`` says what is wrong with the card; the text names the rule and quotes no content."""

    def __init__(self, fault: Fault, rule: str) -> None:
        super().__init__(f"{fault.value}: {rule}")
        self.fault = fault


def text_in(data: bytes) -> bytes:
    """The text in the answer to a read: two lengths, text, photo. Raises ``Refused``."""
    text, photo = int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big")
    if text != TEXT or photo not in (0, PHOTO) or len(data) != 4 + text + photo:
        raise Refused(Fault.CARD_GARBLED, "lengths")
    return data[4 : 4 + text]


def holder_in(text: bytes) -> Holder:
    """Whose card this is, every field checked against the others. Raises ``Refused``."""
    if len(text) != TEXT:
        raise Refused(Fault.CARD_GARBLED, "length")
    flag = text[_FLAG]
    if flag not in _CITIZEN:
        raise Refused(Fault.CARD_UNKNOWN, _OTHERS.get(flag, "a type flag that is not known"))
    return _citizen(text)


def _citizen(text: bytes) -> Holder:
    try:
        number = checked(_field(text, _NUMBER))
    except ValueError:
        raise Refused(Fault.CARD_GARBLED, "number") from None
    birth, sex = birth_of(number), sex_of(number)
    if _day(_field(text, _BIRTH)) != birth:
        raise Refused(Fault.CARD_GARBLED, "birth differs from the number")
    if _SEXES.get(_field(text, _SEX)) is not sex:
        raise Refused(Fault.CARD_GARBLED, "sex differs from the number")
    start, until = _day(_field(text, _FROM)), _field(text, _UNTIL)
    expires = None if until == _FOR_EVER else _day(until)
    if expires is not None and expires < start:
        raise Refused(Fault.CARD_GARBLED, "ends before it begins")
    name, address = _line(_field(text, _NAME)), _line(_field(text, _ADDRESS))
    return Holder(name, number, Document.RESIDENT_ID, sex, birth, expires, address)


def _field(text: bytes, where: slice) -> str:
    """The field without the spaces that fill it up. Spaces within belong to it, so only the right is cut."""
    try:
        return text[where].decode("utf-16-le").rstrip(" ")
    except UnicodeDecodeError:
        raise Refused(Fault.CARD_GARBLED, "not UTF-16") from None


def _day(digits: str) -> date:
    if not _DAY.fullmatch(digits):
        raise Refused(Fault.CARD_GARBLED, "a date that is not 8 digits")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise Refused(Fault.CARD_GARBLED, "a date that is not in the calendar") from None


def _line(text: str) -> str:
    """A name or an address."""
    if not text.strip():
        raise Refused(Fault.CARD_GARBLED, "no name or no address")
    if any(unicodedata.category(character) in _NOT_IN_LINES or _is_noncharacter(character) for character in text):
        raise Refused(Fault.CARD_GARBLED, "a character that no name and no address has")
    return text


def _is_noncharacter(character: str) -> bool:
    """Source: The Unicode Standard, section 23.7."""
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
