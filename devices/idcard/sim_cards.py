"""Chips for the simulated reader: the four layouts, written field by field as the offices that issue them do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


class Chip(Protocol):
    @property
    def newest_address(self) -> str:
        """Written in after the holder moved; empty where none is."""

    def text(self) -> bytes:
        """The 256 bytes of text, each field filled up with spaces."""


@dataclass(frozen=True, slots=True)
class Card:
    """A citizen's card. ``sex`` and ``birth`` are those of the number where they are empty."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    sex: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)
    nation: str = "01"
    address: str = field(default="无名市无名路1号", repr=False)
    issuer: str = "无名市公安局"
    start: str = "20200101"
    until: str = "20400101"
    flag: str = " "
    newest_address: str = field(default="", repr=False)

    def text(self) -> bytes:
        return _written(*self._printed(), ("", 14), (self.flag, 1), ("", 3))

    def _printed(self) -> tuple[tuple[str, int], ...]:
        return (
            *((self.name, 15), (self.sex or _sex_of(self.number), 1), (self.nation, 2)),
            *((self.birth or self.number[6:14], 8), (self.address, 35), (self.number, 18)),
            *((self.issuer, 15), (self.start, 8), (self.until, 8)),
        )


@dataclass(frozen=True, slots=True)
class ResidencePermit(Card):
    """For residents of Hong Kong, Macao and Taiwan: no nation, but the travel permit."""

    nation: str = ""
    flag: str = "J"
    travel_permit: str = field(default="H12345678", repr=False)
    issues: str = "01"

    def text(self) -> bytes:
        return _written(*self._printed(), (self.travel_permit, 9), (self.issues, 2), ("", 3), (self.flag, 1), ("", 3))


@dataclass(frozen=True, slots=True)
class ForeignCard2017:
    english: str = field(repr=False)
    number: str = field(repr=False)
    birth: str = field(repr=False)
    chinese: str = field(default="", repr=False)
    sex: str = field(default="1", repr=False)
    state: str = field(default="UTO", repr=False)
    start: str = "20200101"
    until: str = "20300101"
    flag: str = "I"
    newest_address: str = ""

    def text(self) -> bytes:
        return _written(
            *((self.english, 60), (self.sex, 1), (self.number, 15), (self.state, 3), (self.chinese, 15)),
            *((self.start, 8), (self.until, 8), (self.birth, 8), ("01", 2), ("9900", 4), (self.flag, 1), ("", 3)),
        )


@dataclass(frozen=True, slots=True)
class ForeignCard2023:
    """An English name of more than 35 characters goes on in a second field."""

    english: str = field(repr=False)
    number: str = field(repr=False)
    chinese: str = field(default="", repr=False)
    sex: str = field(default="", repr=False)
    birth: str = field(default="", repr=False)
    state: str = field(default="UTO", repr=False)
    start: str = "20240101"
    until: str = "20340101"
    flag: str = "Y"
    newest_address: str = ""

    def text(self) -> bytes:
        return _written(
            *((self.chinese, 15), (self.sex or _sex_of(self.number), 1), ("00", 2)),
            *((self.birth or self.number[6:14], 8), (self.english[:35], 35), (self.number, 18), ("", 15)),
            *((self.start, 8), (self.until, 8), (self.english[35:], 11), (self.state, 3), (self.flag, 1), ("", 3)),
        )


def filled(text: str, width: int) -> bytes:
    """``text`` as UTF-16LE in a field of ``width`` units of two bytes."""
    return (text.encode("utf-16-le", "surrogatepass") + b" \0" * width)[: 2 * width]


def _written(*fields: tuple[str, int]) -> bytes:
    return b"".join(filled(text, width) for text, width in fields)


def _sex_of(number: str) -> str:
    return "1" if number[16:17] in tuple("13579") else "2"
