"""What happened at this kiosk, for those who look after it: bounded, hash-chained, sealed by day, and of nobody.

``journal_lines`` says what a line is, ``journal_seal`` what a seal. A seal is written when the hall's day turns, at a
clean end, and at a start for what an unclean end left without one. Whether all is as written, ``journal_proof`` says.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from offline_cache.clock import day_of
from offline_cache.hold import hold
from offline_cache.journal_lines import (
    CONTINUED,
    CUT,
    LOST,
    SEALED,
    START,
    TORN,
    NotDeclared,
    Value,
    check,
    line_of,
    read,
)
from offline_cache.journal_seal import Sealed, Sealer
from offline_cache.store import StoreInUse

KEPT: Final = 8
"""Files that a journal is kept in; the oldest makes room."""


class Journal:
    """Files ``journal.0`` (the newest) to ``journal.<kept - 1>`` in a folder; the oldest goes for a new one."""

    def __init__(
        self, folder: Path, now: Callable[[], int], sealer: Sealer, largest: int = 1_000_000, kept: int = KEPT
    ) -> None:
        """``now`` gives milliseconds since 1970; ``largest`` is the bytes of one file.

        Raises ``StoreInUse``, ``StoreError``. What an unclean end left is sealed before the first line.
        """
        folder.mkdir(parents=True, exist_ok=True)
        held = hold(folder / "journal.lock")
        if held is None:
            raise StoreInUse("journal")
        self._held = held
        self._folder, self._now, self._sealer, self._largest, self._kept = folder, now, sealer, largest, kept
        self._lock = threading.Lock()
        self._lost = 0
        self._found: list[tuple[str, dict[str, Value]]] = []
        """What the start found and what is not written yet."""
        if torn := _mend(self._path(0)):
            self._found.append((TORN, {"bytes": torn}))
        end = next((end for n in range(kept) if (end := _end(self._path(n)))), _End(START, 0, None))
        self._head, self._lines, self._unsealed = end.head, end.lines, end.unsealed
        """The newest line's hash, how many lines there are since the first of all, and the day of the newest line
        where no seal covers it."""
        self._left = self._unsealed is not None
        newest = sealer.kept()
        if newest is not None and not any(_has(self._path(n), newest.head) for n in range(kept)):
            self._found.append((CUT, {"lines": newest.lines}))
        self._file = self._open()

    def note(self, event: str, **fields: Value) -> None:
        """Write one line; ``_`` in a field's name stands for ``-``.

        Raises ``NotDeclared``. A full disk never stops a visit: the line is
        lost, and the next that can be written is preceded by how many were.
        """
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        check(event, named)
        if event.startswith("journal."):
            raise NotDeclared(f"{event} is written by the journal itself")
        with self._lock:
            try:
                self._catch_up()
                self._make_room()
                self._write(event, named)
            except OSError:
                self._lost += 1

    def turn_day(self) -> None:
        """Seal the day that is over, where it has lines and is not sealed yet. Cheap when there is nothing to do."""
        with self._lock, suppress(OSError):
            self._catch_up()

    def close(self) -> None:
        """Seal what is not sealed yet, and end."""
        with self._lock, suppress(OSError):
            self._catch_up()
            if self._unsealed is not None:
                self._seal(self._unsealed)
        with self._lock, suppress(OSError):
            os.fsync(self._file)
            os.close(self._file)
        self._held.release()

    def _catch_up(self) -> None:
        """Write what comes before the next line."""
        while self._found:
            self._make_room()
            self._write(*self._found[0])
            self._found.pop(0)
            self._left = True
        if self._unsealed is not None and (self._left or self._unsealed != day_of(self._now())):
            self._seal(self._unsealed)
        self._left = False
        if self._lost:
            self._make_room()
            self._write(LOST, {"lines": self._lost})
            self._lost = 0

    def _seal(self, day: str) -> None:
        self._make_room()
        self._write(SEALED, self._sealer.sign(day, self._lines + 1, self._head))
        os.fsync(self._file)
        self._sealer.keep(Sealed(self._lines, self._head))

    def _write(self, event: str, fields: dict[str, Value]) -> None:
        now = self._now()
        line, head = line_of(now, event, self._head, fields)
        size = os.fstat(self._file).st_size
        try:
            if os.write(self._file, line) != len(line):
                raise OSError("short write")
        except OSError:
            os.ftruncate(self._file, size)
            raise
        self._head = head
        self._lines += 1
        self._unsealed = None if event == SEALED else day_of(now)

    def _make_room(self) -> None:
        """A new file where this one is full; it says how many lines there were before it."""
        if os.fstat(self._file).st_size >= self._largest:
            os.fsync(self._file)
            os.close(self._file)
            for number in reversed(range(self._kept - 1)):
                with suppress(FileNotFoundError):
                    os.replace(self._path(number), self._path(number + 1))
            self._file = self._open()
        if self._lines and os.fstat(self._file).st_size == 0:
            self._write(CONTINUED, {"lines": self._lines})

    def _open(self) -> int:
        file = os.open(self._path(0), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        with suppress(OSError):
            os.fsync(folder)
        os.close(folder)
        return file

    def _path(self, number: int) -> Path:
        return self._folder / f"journal.{number}"


@dataclass(frozen=True, slots=True)
class _End:
    """Where a journal that was left stands: see the fields of ``Journal``."""

    head: str
    lines: int
    unsealed: str | None


def _end(path: Path) -> _End | None:
    """None where the file has no line."""
    data = path.read_bytes() if path.exists() else b""
    if b"\n" not in data:
        return None
    first, last = read(data[: data.index(b"\n")]), read(data[data.rfind(b"\n", 0, -1) + 1 : -1])
    before = first.lines if first.event == CONTINUED else 0
    unsealed = None if last.event == SEALED else day_of(last.at)
    return _End(last.hash or START, before + data.count(b"\n"), unsealed)


def _has(path: Path, head: str) -> bool:
    """Whether a line with this hash is there."""
    return path.exists() and f" {head}\n".encode() in path.read_bytes()


def _mend(path: Path) -> int:
    """Cut off a last line that a power cut left unfinished; how many bytes that were."""
    if not path.exists():
        return 0
    data = path.read_bytes()
    torn = len(data) - (data.rfind(b"\n") + 1)
    if torn:
        os.truncate(path, len(data) - torn)
    return torn
