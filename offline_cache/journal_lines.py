"""The lines of the journal: which there can be, how one is written, and what one that was read says.

A line is a JSON object, a blank, and the SHA-256 of this object, in which the hash of the line before stands. Which
events and fields there are is declared in ``journal_events.toml``.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

Value = int | bool | str

START: Final = "0" * 64
"""What the very first line names as the one before."""

LONGEST: Final = 4_096
"""Bytes of a line at most; a longer one was not written here."""

SEALED: Final = "journal.sealed"
CONTINUED: Final = "journal.continued"
CUT: Final = "journal.cut"
TORN: Final = "journal.torn"
LOST: Final = "journal.lost"

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_LATEST: Final = 4_102_444_800_000
"""Milliseconds since 1970 at the end of the century; a later time is no time."""

_WORDS: Final = {
    "code": re.compile(r"[A-Z][0-9]{3}"),
    "place": re.compile(r"(?!.*[0-9]{6})[A-Za-z_<][A-Za-z0-9_.<>]{0,80}(:[0-9]{1,5})?"),
    "staff": re.compile(r"(?!.*[0-9]{6})[A-Z0-9-]{1,16}"),  # no number of a person has fewer than six digits in a row
    "version": re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}"),
    "day": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "kiosk": re.compile(r"(?!.*[0-9]{11})[A-Za-z0-9-]{0,32}"),
    "signature": re.compile(r"[A-Za-z0-9+/]{8,100}={0,2}"),
}
_TYPES: Final[dict[str, Callable[[object], bool]]] = {
    "count": lambda value: type(value) is int and 0 <= value < 1_000_000_000,
    "flag": lambda value: type(value) is bool,
}


class NotDeclared(ValueError):
    """An event, field or value that ``journal_events.toml`` does not know. A mistake of the caller."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it was read. ``hash`` is what stands at its end, ``real`` what should stand there."""

    said: Mapping[str, Any]
    hash: str
    real: str

    @property
    def whole(self) -> bool:
        """It is as it was written, or made anew by somebody who knows how."""
        return self.hash == self.real and bool(self.said)

    @property
    def prev(self) -> object:
        return self.said.get("prev")

    @property
    def event(self) -> object:
        return self.said.get("event")

    @property
    def at(self) -> int:
        """Milliseconds since 1970; 0 where the line says no time."""
        at = self.said.get("at")
        return at if type(at) is int and 0 <= at < _LATEST else 0

    @property
    def lines(self) -> int:
        """How many there are so far, where the line says so; else 0."""
        lines = self.said.get("lines")
        return lines if type(lines) is int and lines >= 0 else 0


def line_of(at: int, event: str, prev: str, fields: Mapping[str, Value]) -> tuple[bytes, str]:
    """The bytes of a line, and its hash."""
    said = json.dumps({"at": at, "event": event, "prev": prev} | dict(fields), separators=(",", ":")).encode()
    head = hashlib.sha256(said).hexdigest()
    return b"%s %s\n" % (said, head.encode()), head


def read(data: bytes) -> Line:
    """What ``data``, a line without its end, says; of nonsense nothing."""
    said, _, last = data.rpartition(b" ")
    head = last.decode("ascii", "replace")
    try:
        content = json.loads(said) if len(data) <= LONGEST else None
    except (ValueError, RecursionError):
        content = None
    return Line(
        content if isinstance(content, dict) else {},
        head if _HASH.fullmatch(head) else "",
        hashlib.sha256(said).hexdigest(),
    )


@cache
def declared() -> dict[str, dict[str, str | list[str]]]:
    """Every event and the types of its fields, by the data file."""
    groups = tomllib.loads((files("offline_cache") / "journal_events.toml").read_text("utf-8"))
    return {f"{group}.{event}": fields for group, events in groups.items() for event, fields in events.items()}


def check(event: str, fields: Mapping[str, Value]) -> None:
    """Raises ``NotDeclared``."""
    known = declared().get(event)
    if known is None:
        raise NotDeclared(f"no event {event!r:.60}")
    for name, value in fields.items():
        kind = known.get(name)
        if kind is None:
            raise NotDeclared(f"{event} has no field {name!r:.60}")
        if not (value in kind if isinstance(kind, list) else _is(kind, value)):
            raise NotDeclared(f"{event}: {name} is not as declared")


def _is(kind: str, value: Value) -> bool:
    if words := _WORDS.get(kind):
        return isinstance(value, str) and words.fullmatch(value) is not None
    return _TYPES[kind](value)
