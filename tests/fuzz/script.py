"""Cards that answer by a script: the fuzzed bytes are what they say, one answer after the other.

An answer is a byte of length and as many bytes; a card whose script is over is silent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from devices.card.apdu import Card, NoAnswer
from devices.card.sim_cards import VirtualCard
from devices.passport.channel import Channel
from devices.passport.ciphers import TripleDes
from devices.passport.sim_der import der
from devices.passport.sim_session import Broken, Session

_SECRET: Final = bytes(range(16))
_MOST_SEALED: Final = 0xDF
"""Bytes that still fit a short answer when they are sealed."""


class Script:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def byte(self) -> int:
        """Raises ``NoAnswer`` where the script is over."""
        if self._at >= len(self._data):
            raise NoAnswer
        self._at += 1
        return self._data[self._at - 1]

    def part(self, most: int = 255) -> bytes:
        size = min(self.byte(), most)
        self._at += size
        return self._data[self._at - size : self._at]


def card(data: bytes) -> Card:
    script = Script(data)
    return Card(lambda _command: script.part())


def good(virtual: VirtualCard) -> Card:
    return Card(lambda command: virtual.answer(command) or b"")


def said_to(use: Callable[[Card], object], virtual: VirtualCard) -> bytes:
    """The script of a good card, as it answers whoever uses it."""
    answers: list[bytes] = []

    def transmit(command: bytes) -> bytes:
        answers.append(virtual.answer(command) or b"")
        return answers[-1]

    use(Card(transmit))
    return written(answers)


def written(answers: Iterable[bytes]) -> bytes:
    """A script of these answers."""
    return b"".join(bytes([len(answer[:255])]) + answer[:255] for answer in answers)


class _Liar(Session):
    """A chip that has the session's keys, and says what it likes under a right MAC."""

    def lie(self, body: bytes) -> bytes:
        self._counter += 1
        return body + der(0x8E, self._mac(body)) + b"\x90\x00"


def chip(data: bytes) -> tuple[Channel, Card]:
    """A session, and the chip at its other end: before each answer a byte says how it lies."""
    script, session = Script(data), _Liar(_SECRET)
    waiting = b""

    def transmit(command: bytes) -> bytes:
        nonlocal waiting
        if not command[0] & 0x0C:
            part, waiting = waiting[:256], waiting[256:]
            return part + b"\x90\x00"
        try:
            session.heard(command)
        except (Broken, IndexError):
            return b"\x69\x88"
        how, part = script.byte() % 4, script.part(_MOST_SEALED)
        if how == 3:
            return part
        if how == 2:
            said = session.lie(part)
        else:
            said = session.said(part[2:], part[:2]) if how else session.said(part, b"\x90\x00")
        if len(said) <= 258:
            return said
        waiting = said[:-2]
        return b"\x61\x00"

    return Channel(TripleDes.derived(_SECRET)), Card(transmit)
