"""A journal in a kiosk's data, that can be ended well and badly, and forged in between."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from offline_cache.cache import Cache
from offline_cache.clock import FakeTicks
from offline_cache.journal import Journal
from offline_cache.journal_lines import line_of, read
from offline_cache.journal_proof import Proof, verified
from tests.offline_cache.far_hall import NOON

SMALL = 2_000
"""Bytes of a file: ten lines or so."""


class Diary:
    """``data`` is where a kiosk's data lie, ``cache`` what is open there already."""

    def __init__(self, data: Path, cache: Cache | None = None, largest: int = SMALL) -> None:
        self.data, self.folder = data, data / "journal"
        self._largest = largest
        self.ticks = FakeTicks(NOON)
        self.cache = cache or Cache(data, self.ticks)
        self._open()

    def _open(self) -> None:
        self.journal = Journal(self.folder, self.cache.clock.now, self.cache.sealer, self._largest, kept=3)

    @property
    def newest(self) -> Path:
        return self.folder / "journal.0"

    def write(self, lines: int) -> None:
        for number in range(lines):
            self.journal.note("visit.ended", how="done", seconds=number)

    def restart(self) -> None:
        self.journal.close()
        self._open()

    def crash(self) -> None:
        """The process is no more; another one starts."""
        self.journal._held.release()
        self._open()

    def close(self) -> None:
        self.journal.close()
        self.cache.close()

    def proof(self) -> Proof:
        return verified(self.folder, self.cache.key.public(), self.cache.sealer.kept(), kept=3)


def events(path: Path) -> list[object]:
    return [read(line).event for line in path.read_bytes().splitlines()]


def forged(line: bytes, prev: object, **changed: Any) -> bytes:
    """``line`` with other words and right-looking hashes, as whoever knows the format writes it."""
    said = dict(read(line.rstrip(b"\n")).said) | changed
    at, event = said.pop("at"), said.pop("event")
    said.pop("prev")
    return line_of(at, event, str(prev), said)[0]


def chained_anew(lines: Sequence[bytes], start: int, /, **changed: Any) -> list[bytes]:
    """All of ``lines``, the one at ``start`` with other words, and every hash from there on made anew."""
    found = list(lines)
    for at in range(start, len(found)):
        prev = read(found[at - 1].rstrip(b"\n")).hash if at else read(found[0].rstrip(b"\n")).prev
        found[at] = forged(found[at], prev, **(changed if at == start else {}))
    return found
