"""The pieces of a card's text: fields of fixed width in UTF-16LE, days, lines, and how a bad one is refused."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from devices.reader import Fault

_DAY: Final = re.compile(r"[0-9]{8}")
_STATE: Final = re.compile(r"[A-Z]{3}")
_NOT_IN_LINES: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls, invisible and direction-changing characters, line ends. Private use is allowed: old cards
carry rare characters there."""


class Refused(Exception):
    """``fault`` says what is wrong with the card; the text names the rule and quotes no content."""

    def __init__(self, fault: Fault, rule: str) -> None:
        super().__init__(f"{fault.value}: {rule}")
        self.fault = fault


def garbled(rule: str) -> Refused:
    return Refused(Fault.CARD_GARBLED, rule)


def field(text: bytes, where: slice) -> str:
    """The field without the spaces that fill it up. Spaces within belong to it, so only the right is cut."""
    try:
        return text[where].decode("utf-16-le").rstrip(" ")
    except UnicodeDecodeError:
        raise garbled("not UTF-16") from None


def day(digits: str) -> date:
    if not _DAY.fullmatch(digits):
        raise garbled("a date that is not 8 digits")
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise garbled("a date that is not in the calendar") from None


def in_order(birth: date, issued: date, expires: date | None) -> None:
    """Raises ``Refused`` where a card was issued before its holder was born, or ends before it begins."""
    if issued < birth:
        raise garbled("issued before the birth")
    if expires is not None and expires < issued:
        raise garbled("ends before it begins")


def line(text: str) -> str:
    """A name or an address."""
    if not text.strip():
        raise garbled("no name or no address")
    if any(unicodedata.category(character) in _NOT_IN_LINES or _is_noncharacter(character) for character in text):
        raise garbled("a character that no name and no address has")
    return text


def state(letters: str) -> str:
    """A nationality: three capital letters. Source: GB/T 2659, which takes over ISO 3166-1."""
    if not _STATE.fullmatch(letters):
        raise garbled("a nationality that is not three letters")
    return letters


def _is_noncharacter(character: str) -> bool:
    """Source: The Unicode Standard, section 23.7."""
    code = ord(character)
    return code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
