"""Changes good inputs, the same way for the same seed."""

from __future__ import annotations

from random import Random
from typing import Final

MOST: Final = 8_192
"""Bytes in a case."""

_TELLING: Final = bytes.fromhex("00 01 02 08 0a 0d 1f 20 30 3c 61 6c 7f 80 81 82 83 84 87 90 99 aa bf c0 fe ff")
"""Bytes at which parsers turn: ends, lengths of lengths, tags, status words."""

_CHANGES: Final = (1, 1, 1, 1, 2, 2, 3, 5, 9)
_NOISE: Final = 0.03
"""One case in so many owes nothing to a good input."""


class Mutator:
    def __init__(self, seed: str, samples: tuple[bytes, ...], tokens: tuple[bytes, ...] = ()) -> None:
        self._random = Random(seed)
        self._samples, self._tokens = samples, tokens
        self._ways = [
            *(self._flip, self._tell, self._step, self._set, self._cut_out, self._put_in, self._twice),
            *(self._end_early, self._mate, self._exchange, self._fill),
            *([self._say, self._say] if tokens else []),
        ]

    def case(self) -> bytes:
        """The next input."""
        random = self._random
        if random.random() < _NOISE:
            return random.randbytes(random.randrange(300))
        data = bytearray(random.choice(self._samples))
        for _ in range(random.choice(_CHANGES)):
            random.choice(self._ways)(data)
        return bytes(data[:MOST])

    def _at(self, data: bytearray) -> int:
        return self._random.randrange(len(data)) if data else 0

    def _span(self, data: bytearray) -> slice:
        at = self._at(data)
        return slice(at, at + min(self._random.choice((1, 2, 4, 8, 30, 200)), max(1, len(data) - at)))

    def _flip(self, data: bytearray) -> None:
        if data:
            data[self._at(data)] ^= 1 << self._random.randrange(8)

    def _tell(self, data: bytearray) -> None:
        if data:
            data[self._at(data)] = self._random.choice(_TELLING)

    def _step(self, data: bytearray) -> None:
        """What counts or measures is one too much or too little."""
        if data:
            at = self._at(data)
            data[at] = (data[at] + self._random.choice((-1, 1))) & 0xFF

    def _set(self, data: bytearray) -> None:
        if data:
            data[self._at(data)] = self._random.randrange(256)

    def _cut_out(self, data: bytearray) -> None:
        del data[self._span(data)]

    def _put_in(self, data: bytearray) -> None:
        at = self._at(data)
        data[at:at] = self._random.randbytes(self._random.choice((1, 2, 4, 16)))

    def _twice(self, data: bytearray) -> None:
        at = self._at(data)
        data[at:at] = data[self._span(data)] * self._random.choice((1, 1, 2, 40))
        del data[MOST:]

    def _end_early(self, data: bytearray) -> None:
        del data[self._at(data) :]

    def _mate(self, data: bytearray) -> None:
        """Go on as another input does."""
        other = self._random.choice(self._samples)
        data[self._at(data) :] = other[self._random.randrange(len(other) + 1) :]

    def _exchange(self, data: bytearray) -> None:
        one, other = self._span(data), self._span(data)
        data[one], data[other] = data[other], data[one]

    def _fill(self, data: bytearray) -> None:
        span = self._span(data)
        data[span] = bytes([self._random.choice(_TELLING)]) * len(data[span])

    def _say(self, data: bytearray) -> None:
        token, at = self._random.choice(self._tokens), self._at(data)
        data[at : at + self._random.choice((0, len(token)))] = token
