"""Lines out of a stream that may be noise, endless, or cut anywhere."""

from __future__ import annotations

import re
from typing import Final

from devices.scanner import LIMIT, Fault

UNFINISHED: Final = 1.0
"""Seconds of silence after which a line without its end is dropped: the next code must not be joined to it."""

AWAY: Final = 1.5
"""Seconds without a code until it has left: many scanners repeat what still lies before them."""

_END: Final = re.compile(rb"[\r\n]")


class Lines:
    """Pieces go in with the time they came (seconds, monotonic); codes come out, each once for each stay."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._too_long = False
        self._heard = 0.0
        self._last: bytes | None = None
        self._seen = 0.0

    def feed(self, piece: bytes, now: float) -> list[bytes | Fault]:
        """The codes that ``piece`` completes. One that is longer than ``LIMIT`` is told once, unread."""
        if now - self._heard > UNFINISHED:
            self._line.clear()
            self._too_long = False
        self._heard = now
        news: list[bytes | Fault] = []
        *ended, rest = _END.split(piece)
        for part in ended:
            self._add(part, news)
            self._finish(now, news)
        self._add(rest, news)
        return news

    def _add(self, part: bytes, news: list[bytes | Fault]) -> None:
        if self._too_long:
            return
        self._line += part
        if len(self._line) > LIMIT:
            self._line.clear()
            self._too_long = True
            news.append(Fault.CODE_TOO_LONG)

    def _finish(self, now: float, news: list[bytes | Fault]) -> None:
        line = bytes(self._line)
        self._line.clear()
        if not self._too_long and line:
            if line != self._last or now - self._seen > AWAY:
                news.append(line)
            self._last, self._seen = line, now
        self._too_long = False
