"""Virtual cards: what lies in a ``sim.Slot``. Bytes in, bytes out, and every misbehaviour on request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Final

from devices import citizen_number
from devices.card import social_security as layout
from devices.holder import Sex

ATR: Final = bytes.fromhex("3b690000") + b"KETING-01"
"""T=0 and nine historical bytes; the same for every person, as in one city's cards."""

_OK, _NO_FILE, _NO_RECORD, _NO_INSTRUCTION = b"\x90\x00", b"\x6a\x82", b"\x6a\x83", b"\x6d\x00"


class VirtualCard:
    """A card that knows no application: a bank's, a hotel's, a stranger's."""

    def __init__(self, atr: bytes = ATR) -> None:
        self.atr = atr
        self.heard: list[bytes] = []
        """Every command so far, oldest first."""
        self.resets = 0
        """How often the reader has powered or reset it; the first time when it noticed it."""
        self._since_reset = 0
        self._wrong_from = 0
        self._wrong: Iterator[bytes | None] = iter(())

    def misbehave(self, answers: Iterable[bytes | None], at: int = 0) -> None:
        """Give these answers instead, one a command, from command ``at`` after a reset on; None is silence."""
        self._wrong_from, self._wrong = at, iter(answers)

    def never_answer(self, at: int = 0) -> None:
        """Go silent at command ``at`` and stay so, over resets too."""
        self.misbehave(repeat(None), at)

    def reset(self) -> None:
        self.resets += 1
        self._since_reset = 0

    def answer(self, command: bytes) -> bytes | None:
        """The answer to one command; None for none at all."""
        self.heard.append(command)
        turn, self._since_reset = self._since_reset, self._since_reset + 1
        if turn >= self._wrong_from:
            for wrong in self._wrong:
                return wrong
        return self.obey(command)

    def obey(self, command: bytes) -> bytes:
        """What a faultless card of this kind answers."""
        return _NO_FILE if command[1:2] == b"\xa4" else _NO_INSTRUCTION


class SocialCard(VirtualCard):
    """A social security card with the records that are read without a PIN.

    ``by_tag``: finds records by tag and by number, else by number only.
    ``files`` may be changed at will: raw records, in order, by file.
    """

    def __init__(
        self, name: str, number: str, *, expiry: str = "20991231", by_tag: bool = True, atr: bytes = ATR
    ) -> None:
        super().__init__(atr)
        text = name.encode("gb18030")
        sex = b"1" if citizen_number.sex_of(number) is Sex.MALE else b"2"
        self.by_tag = by_tag
        self.files: dict[int, list[bytes]] = {
            layout.ISSUER_FILE: [
                record(0x01, bytes.fromhex("990000") + bytes(13)),
                record(0x03, b"3.00"),
                record(0x05, bytes.fromhex("20200101")),
                record(layout.EXPIRY, bytes.fromhex(expiry)),
                record(0x07, b"Z99000001"),
            ],
            layout.HOLDER_FILE: [
                record(layout.NUMBER, number.encode()),
                record(layout.NAME, text[: layout.NAME_BYTES].ljust(layout.NAME_BYTES, b"\0")),
                record(layout.NAME_REST, text[layout.NAME_BYTES :].ljust(20, b"\0")),
                record(layout.SEX, sex),
                record(0x0B, b"\x01"),
                record(layout.BIRTH, bytes.fromhex(number[6:14])),
            ],
        }
        self._entered = False
        self._file: list[bytes] | None = None
        self._waiting = b""

    def reset(self) -> None:
        super().reset()
        self._entered, self._file, self._waiting = False, None, b""

    def write(self, file: int, tag: int, value: bytes) -> None:
        """Put another value into the record of this tag."""
        self.files[file] = [record(tag, value) if old[0] == tag else old for old in self.files[file]]

    def obey(self, command: bytes) -> bytes:
        match list(command):
            case [0x00, 0xA4, 0x04, 0x00, _, *name]:
                self._entered, self._file = bytes(name) == layout.APPLICATION, None
                self._waiting = b"\x6f\x11\x84" + command[4:] if self._entered else b""
                return bytes([0x61, len(self._waiting)]) if self._entered else _NO_FILE
            case [0x00, 0xA4, 0x00 | 0x02, 0x00, 0x02, high, low] if self._entered:
                self._file = self.files.get(high << 8 | low)
                return _NO_FILE if self._file is None else _OK
            case [0x00, 0xB2, which, 0x00 | 0x04 as how, *most] if self._file is not None:
                return self._read(self._file, which, by_tag=how == 0x00, most=most[0] if most else 0)
            case [0x00, 0xC0, 0x00, 0x00, most]:
                data, self._waiting = self._waiting[:most], self._waiting[most:]
                return data + _OK
        return _NO_INSTRUCTION

    def _read(self, file: list[bytes], which: int, *, by_tag: bool, most: int) -> bytes:
        if by_tag:
            found = [record for record in file if self.by_tag and record[0] == which]
        else:
            found = file[which - 1 : which] if which else []
        if not found:
            return _NO_RECORD
        data = found[0]
        return data + _OK if most == len(data) else bytes([0x6C, len(data) & 0xFF])


def record(tag: int, value: bytes) -> bytes:
    """A record as the card's files hold it."""
    return bytes([tag, len(value)]) + value
