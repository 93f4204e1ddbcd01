"""Whether the journal is as it was written, and how far that is proven.

Each line names the hash of the one before, so a line that was changed, taken out or put in shows at once. Whoever
makes all hashes after it anew can't make the next seal anew, which is signed; whoever cuts off the end does not know
what the store keeps of the newest seal. Lines after that seal are proven by nothing yet: the open end.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import load_der_public_key

from offline_cache import kiosk_key
from offline_cache.clock import day_of
from offline_cache.journal import KEPT
from offline_cache.journal_lines import CONTINUED, CUT, LONGEST, SEALED, START, Line, read
from offline_cache.journal_seal import Sealed, fits, newest_in

_LOOKS: Final = 20
"""How often a journal whose files change places while they are opened is opened anew."""


class Unreadable(Exception):
    """Nothing can be said about the journal; the text says why."""


class Why(StrEnum):
    CHANGED = "changed"  # its own hash does not fit it
    MISSING = "missing"  # before it at least one is gone, or another stood there
    CUT = "cut"  # the end was cut off there: what the store keeps as sealed is gone
    ADDED = "added"  # those around it know nothing of it
    SEAL = "seal"  # it is sealed, or kept by the store as sealed, and does not fit


@dataclass(frozen=True, slots=True)
class Altered:
    """The first line that is not as it was written; lines are counted from 1. One behind the last is cut off."""

    file: str
    line: int
    why: Why


@dataclass(frozen=True, slots=True)
class Proof:
    """``lines`` were looked at, in all files or up to the altered one.

    ``sealed_until`` is the day of the newest good seal; ``open_lines`` come after it, the first of them on the day
    ``open_since``. None where there is no such day.
    """

    lines: int
    sealed_until: str | None
    open_since: str | None
    open_lines: int
    altered: Altered | None


def of_kiosk(data: Path) -> Proof:
    """The proof of the kiosk whose data is in this folder, running or not; it waits for nobody and writes nothing.

    Takes a second for 20 MB: not for the GUI thread. Raises ``Unreadable``.
    """
    try:
        newest = newest_in(data / "keting.db")  # first: what is sealed meanwhile is in the files by then
        return verified(data / "journal", kiosk_key.published(data), newest)
    except sqlite3.Error as error:
        raise Unreadable(f"the store, which keeps the newest seal: {type(error).__name__}") from None
    except (OSError, ValueError) as error:
        raise Unreadable(str(error)) from None


def verified(folder: Path, public_key: bytes, newest: Sealed | None = None, kept: int = KEPT) -> Proof:
    """Look at all lines in ``folder``, by the kiosk's key (DER) and what its store keeps of the newest seal.

    Raises ``OSError`` where it can't be read, ``Unreadable`` where it is not there, ``ValueError`` for another key.
    """
    key = load_der_public_key(public_key)
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise ValueError("not the key of a kiosk")
    with ExitStack() as stack:
        files = _opened(folder, stack)
        if not files and newest is None:
            raise Unreadable("nothing was ever written")
        return _Reading(key, newest, kept).all(files)


@dataclass(frozen=True, slots=True)
class _Place:
    file: str
    line: int

    def altered(self, why: Why) -> Altered:
        return Altered(self.file, self.line, why)


class _Reading:
    """One way through the lines, from the oldest on."""

    def __init__(self, key: ec.EllipticCurvePublicKey, newest: Sealed | None, kept: int) -> None:
        self._key, self._newest, self._kept = key, newest, kept
        self._read = self._number = 0
        """Lines looked at here, and the number of the newest of them since the first of all."""
        self._head, self._before = START, START
        """The newest line's hash, and that of the one before it."""
        self._sealed_until: str | None = None
        self._open_since: str | None = None
        self._open_lines = 0

    def all(self, files: list[tuple[int, BinaryIO]]) -> Proof:
        altered = self._first_altered(files)
        return Proof(self._read, self._sealed_until, self._open_since, self._open_lines, altered)

    def _first_altered(self, files: list[tuple[int, BinaryIO]]) -> Altered | None:
        lines = _lines(files)
        place = _Place("journal.0", 0)
        turned = bool(files) and files[0][0] >= self._kept - 1
        for here, line in lines:
            if self._read == 0 and turned and line.whole and line.event == CONTINUED:
                self._head, self._number = str(line.prev), line.lines
            if not line.whole or line.prev != self._head:
                return self._judged(place, here, line, next(lines, None))
            place = here
            if (why := self._take(line)) is not None:
                return place.altered(why)
        if self._newest is not None and self._number < self._newest.lines:
            return Altered(place.file, place.line + 1, Why.CUT)
        return None

    def _judged(self, last: _Place, here: _Place, line: Line, following: tuple[_Place, Line] | None) -> Altered:
        """Which line is to blame where ``line`` does not follow the ones before: it, or the last one."""
        if following is not None and following[1].prev == self._head:
            return here.altered(Why.ADDED if following[1].whole else Why.CHANGED)
        if not line.whole:
            return here.altered(Why.CHANGED)
        if self._read and line.prev == self._before:
            return last.altered(Why.ADDED)
        return here.altered(Why.MISSING)

    def _take(self, line: Line) -> Why | None:
        """Go on over a line that follows the one before; what is wrong with it all the same."""
        self._before, self._head = self._head, line.hash
        self._read += 1
        self._number += 1
        if line.event == CUT:
            return Why.CUT
        if self._newest is not None and self._number == self._newest.lines and line.hash != self._newest.head:
            return Why.SEAL
        if line.event != SEALED:
            self._open_lines += 1
            self._open_since = self._open_since or day_of(line.at)
            return None
        if not fits(line.said, self._number, self._key):
            return Why.SEAL
        self._sealed_until, self._open_since, self._open_lines = str(line.said["day"]), None, 0
        return None


def _lines(files: list[tuple[int, BinaryIO]]) -> Iterator[tuple[_Place, Line]]:
    for number, file in files:
        at = 0
        while data := file.readline(LONGEST + 1):
            at += 1
            if not data.endswith(b"\n") and len(data) <= LONGEST and (number, file) == files[-1]:
                break  # it is being written at this moment, or a power cut came meanwhile
            yield _Place(f"journal.{number}", at), read(data.removesuffix(b"\n"))


def _opened(folder: Path, stack: ExitStack) -> list[tuple[int, BinaryIO]]:
    """All files, the oldest first, as they stood at one moment."""
    for _ in range(_LOOKS):
        with ExitStack() as attempt:
            try:
                files = {n: attempt.enter_context(path.open("rb")) for n, path in _there(folder).items()}
                there = {n: path.stat() for n, path in _there(folder).items()}
            except FileNotFoundError:
                continue
            if there.keys() == files.keys() and all(
                os.path.samestat(there[n], os.fstat(file.fileno())) for n, file in files.items()
            ):
                stack.enter_context(attempt.pop_all())
                return list(files.items())
    raise Unreadable("its files change places all the time")


def _there(folder: Path) -> dict[int, Path]:
    """The oldest first."""
    return {n: path for n in reversed(range(100)) if (path := folder / f"journal.{n}").exists()}
