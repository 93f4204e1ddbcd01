"""What happened at this kiosk, for those who look after it: bounded, hash-chained, and of nobody.

One line for each event: a JSON object, a blank, the SHA-256 of the line
before's hash and this object. A changed, missing or added line in between is
found by ``verify``. Which events and fields there are is declared in
``journal_events.toml``; nothing else can be written.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import threading
import tomllib
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from offline_cache.hold import hold
from offline_cache.store import StoreInUse

Value = int | bool | str

_START: Final = "0" * 64
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_PLACE: Final = re.compile(r"(?!.*[0-9]{6})[A-Za-z_<][A-Za-z0-9_.<>]{0,80}(:[0-9]{1,5})?")
_TYPES: Final[dict[str, Callable[[object], bool]]] = {
    "count": lambda value: type(value) is int and 0 <= value < 1_000_000_000,
    "flag": lambda value: type(value) is bool,
    "code": lambda value: isinstance(value, str) and re.fullmatch(r"[A-Z][0-9]{3}", value) is not None,
    "place": lambda value: isinstance(value, str) and _PLACE.fullmatch(value) is not None,
    "version": lambda value: (
        isinstance(value, str) and re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}", value) is not None
    ),
}


class NotDeclared(ValueError):
    """An event, field or value that ``journal_events.toml`` does not know. A mistake of the caller."""


@dataclass(frozen=True, slots=True)
class Altered:
    """The first line that is not as it was written; lines are counted from 1."""

    file: str
    line: int


class Journal:
    """Files ``journal.0`` (the newest) to ``journal.<kept - 1>`` in a folder; the oldest goes for a new one."""

    def __init__(self, folder: Path, now: Callable[[], int], largest: int = 1_000_000, kept: int = 8) -> None:
        """``now`` gives milliseconds since 1970; ``largest`` is the bytes of one file. Raises ``StoreInUse``."""
        folder.mkdir(parents=True, exist_ok=True)
        held = hold(folder / "journal.lock")
        if held is None:
            raise StoreInUse("journal")
        self._held = held
        self._folder, self._now, self._largest, self._kept = folder, now, largest, kept
        self._lock = threading.Lock()
        self._lost = 0
        torn = _mend(self._path(0))
        self._head = next((head for n in range(kept) if (head := _last_hash(self._path(n)))), _START)
        self._file = self._open()
        if torn:
            self.note("journal.torn", bytes=torn)

    def note(self, event: str, **fields: Value) -> None:
        """Write one line; ``_`` in a field's name stands for ``-``.

        Raises ``NotDeclared``. A full disk never stops a visit: the line is
        lost, and the next that can be written is preceded by how many were.
        """
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        _check(event, named)
        with self._lock:
            try:
                if self._lost:
                    self._write("journal.lost", {"lines": self._lost})
                    self._lost = 0
                self._write(event, named)
            except OSError:
                self._lost += 1

    def verify(self) -> Altered | None:
        """The first altered line of all that is kept, None when all is as written."""
        with self._lock:
            head: str | None = None
            for number in reversed(range(self._kept)):
                path = self._path(number)
                if not path.exists():
                    continue
                for line, text in enumerate(_lines(path), 1):
                    if (found := _follows(text, head)) is None:
                        return Altered(path.name, line)
                    head = found
            return None if head in (None, self._head) else Altered(self._path(0).name, 0)

    def close(self) -> None:
        with self._lock, suppress(OSError):
            os.fsync(self._file)
            os.close(self._file)
        self._held.release()

    def _write(self, event: str, fields: dict[str, Value]) -> None:
        if os.fstat(self._file).st_size >= self._largest:
            self._turn()
        said = json.dumps({"at": self._now(), "event": event, "prev": self._head} | fields, separators=(",", ":"))
        head = hashlib.sha256(said.encode()).hexdigest()
        line = f"{said} {head}\n".encode()
        size = os.fstat(self._file).st_size
        try:
            written = os.write(self._file, line)
            if written != len(line):
                raise OSError("short write")
        except OSError:
            os.ftruncate(self._file, size)
            raise
        self._head = head

    def _turn(self) -> None:
        os.fsync(self._file)
        os.close(self._file)
        for number in reversed(range(self._kept - 1)):
            with suppress(FileNotFoundError):
                os.replace(self._path(number), self._path(number + 1))
        self._file = self._open()

    def _open(self) -> int:
        return os.open(self._path(0), os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _path(self, number: int) -> Path:
        return self._folder / f"journal.{number}"


@cache
def declared() -> dict[str, dict[str, str | list[str]]]:
    """Every event and the types of its fields, by the data file."""
    groups = tomllib.loads((files("offline_cache") / "journal_events.toml").read_text("utf-8"))
    return {f"{group}.{event}": fields for group, events in groups.items() for event, fields in events.items()}


def _check(event: str, fields: dict[str, Value]) -> None:
    known = declared().get(event)
    if known is None:
        raise NotDeclared(f"no event {event!r:.60}")
    for name, value in fields.items():
        kind = known.get(name)
        if kind is None:
            raise NotDeclared(f"{event} has no field {name!r:.60}")
        if not (value in kind if isinstance(kind, list) else _TYPES[kind](value)):
            raise NotDeclared(f"{event}: {name} is not as declared")


def _follows(text: str, head: str | None) -> str | None:
    """The hash of this line where it is whole and follows ``head`` (None: nothing to follow)."""
    said, _, written = text.rpartition(" ")
    try:
        content: Any = json.loads(said)
    except ValueError:
        return None
    right = (
        isinstance(content, dict)
        and (head is None or content.get("prev") == head)
        and hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest() == written
    )
    return written if right else None


def _lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", errors="surrogateescape", newline="\n") as file:
        for line in file:
            yield line.removesuffix("\n")


def _last_hash(path: Path) -> str | None:
    last = deque(_lines(path), 1) if path.exists() else ()
    found = last[0].rpartition(" ")[2] if last else ""
    return found if _HASH.fullmatch(found) else None


def _mend(path: Path) -> int:
    """Cut off a last line that a power cut left unfinished; how many bytes that were."""
    if not path.exists():
        return 0
    data = path.read_bytes()
    torn = len(data) - (data.rfind(b"\n") + 1)
    if torn:
        os.truncate(path, len(data) - torn)
    return torn
