"""Commands to a smart card and its answers, bounded: a card can be wrong, slow or malicious.

Source: ISO/IEC 7816-4, command-response pairs; 7816-3 for ``61xx`` (more is
waiting), ``6Cxx`` (ask again with this length), and what T=0 can carry.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

Transmit = Callable[[bytes], bytes]
"""One command to the card and its raw answer; raises ``NoAnswer``."""

MOST_BYTES: Final = 1024
"""In one whole answer, where nobody asks for more. The longest record of a citizen's card we read is 257 bytes."""

_LEAST_IN_PART: Final = 64
"""On the average: a card that trickles would take for ever."""

_MOST_IN_PART: Final = 256
_HEADER: Final = 4


class NoAnswer(Exception):
    """The link to the card broke; whether it was pulled, only its presence tells."""


class Garbled(Exception):
    """The card breaks the rules. The text names the rule and quotes no content."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a card said: its data and the status word, 0x0000 to 0xFFFF."""

    data: bytes = field(repr=False)
    status: int

    @property
    def ok(self) -> bool:
        return self.status == 0x9000


class Card:
    """A card in a reader: takes commands and gives whole answers."""

    def __init__(self, transmit: Transmit, *, t0: bool = False) -> None:
        """``t0``: it speaks T=0, where a command carries data one way only and Le goes with none that has some."""
        self._transmit = transmit
        self._t0 = t0

    def send(self, command: bytes, most: int | None = None, whole: int = MOST_BYTES) -> Answer:
        """The whole answer to ``command``, a header with its data if any.

        ``most`` is Le, the data bytes asked for: 1 to 255, 0 for 256, None
        for none. Follows ``61xx`` until ``whole`` bytes are there, in as many
        parts as 64 bytes each would make, and ``6Cxx`` once each time. Raises
        ``Garbled`` beyond that and for what is no answer, ``NoAnswer`` where
        the link breaks.
        """
        part = self._part(command, None if self._t0 and len(command) > _HEADER else most)
        data = part.data
        for _ in range(whole // _LEAST_IN_PART):
            if part.status >> 8 != 0x61:
                return Answer(data, part.status)
            part = self._part(b"\x00\xc0\x00\x00", part.status & 0xFF)
            data += part.data
            if len(data) > whole:
                break
        raise Garbled("an answer without end")

    def _part(self, command: bytes, most: int | None) -> Answer:
        part = self._exchange(command if most is None else command + bytes([most]))
        if part.status >> 8 != 0x6C:
            return part
        if most is None:
            raise Garbled("corrects a length that was not given")
        part = self._exchange(command + bytes([part.status & 0xFF]))
        if part.status >> 8 == 0x6C:
            raise Garbled("corrects the length it asked for itself")
        return part

    def _exchange(self, command: bytes) -> Answer:
        raw = self._transmit(command)
        if not 2 <= len(raw) <= _MOST_IN_PART + 2:
            raise Garbled("an answer of no possible length")
        return Answer(raw[:-2], int.from_bytes(raw[-2:]))
