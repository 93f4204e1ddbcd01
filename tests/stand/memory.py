"""What of a citizen lies in the memory of a process and of all its workers, looked at from outside.

Every mapping that can be written is read through ``/proc/PID/mem``, a piece at a time, while the process goes on.
That takes the same user and, where the kernel restricts tracing (Yama), whoever started the process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final

import psutil

CHARSETS: Final = ("utf-8", "utf-16-le", "gb18030")
"""GBK is in GB 18030, byte for byte."""

_PIECE: Final = 1 << 20
_NOTHING: Final = bytes(_PIECE)
"""What no process wrote to yet, two thirds of all."""
_AROUND: Final = 48


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a canary lies; ``around`` is what stands on both sides of it."""

    process: str
    mapping: str
    address: int
    canary: int
    around: bytes

    def __str__(self) -> str:
        return f"canary {self.canary} in {self.process}, {self.mapping} at {self.address:x}: {self.around!r}"


def coded(canary: str | bytes) -> list[bytes]:
    """What a canary looks like in every charset that a card, a screen or a file may use."""
    return [canary] if isinstance(canary, bytes) else sorted({canary.encode(charset) for charset in CHARSETS})


def in_memory(pid: int, *canaries: str | bytes) -> list[Trace]:
    """Every place of one of ``canaries`` in a process and in those it started."""
    wanted = [(place, each) for place, canary in enumerate(canaries) for each in coded(canary)]
    itself = psutil.Process(pid)
    found = _in(itself, wanted)
    for child in itself.children(recursive=True):
        with suppress(psutil.NoSuchProcess, FileNotFoundError):  # a sound that has been played meanwhile
            found += _in(child, wanted)
    return found


def _in(process: psutil.Process, wanted: Sequence[tuple[int, bytes]]) -> list[Trace]:
    name = f"{process.pid} {' '.join(process.cmdline())[-60:]}"
    with FileIO(f"/proc/{process.pid}/mem") as memory:
        return [
            Trace(name, mapping, at, canary, around)
            for mapping, begin, end in _writable(process.pid)
            for canary, at, around in _between(memory, begin, end, wanted)
        ]


def _between(
    memory: FileIO, begin: int, end: int, wanted: Sequence[tuple[int, bytes]]
) -> Iterator[tuple[int, int, bytes]]:
    """What lies from one address to another: which canary, where, what stands around it."""
    overlap = max(len(each) for _, each in wanted) - 1
    for start, piece in _pieces(memory, begin, end, overlap):
        for canary, each in wanted:
            for at in _places(piece, each):
                around = piece[max(0, at - _AROUND) : at] + b"<...>" + piece[at + len(each) :][:_AROUND]
                yield canary, start + at, around


def _writable(pid: int) -> Iterator[tuple[str, int, int]]:
    """The mappings that can be read and written: name, first address, end."""
    for line in Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines():
        span, rights, _offset, _device, _inode, *name = line.split(maxsplit=5)
        if rights.startswith("rw"):
            begin, end = (int(at, 16) for at in span.split("-"))
            yield "".join(name) or "no name", begin, end


def _pieces(memory: FileIO, begin: int, end: int, overlap: int) -> Iterator[tuple[int, bytes]]:
    """A mapping in pieces that share ``overlap`` bytes, so that nothing is cut in two."""
    at = begin
    with suppress(OSError):  # a device, or given back meanwhile
        while at < end:
            memory.seek(at)
            piece = memory.read(min(_PIECE, end - at)) or b""
            if not piece:
                return
            if not _NOTHING.startswith(piece):
                yield at, piece
            if at + len(piece) >= end:
                return
            at += max(1, len(piece) - overlap)


def _places(piece: bytes, wanted: bytes) -> Iterator[int]:
    """By an expression: it looks for the first byte and then the rest, where ``find`` stumbles over zeros."""
    return (found.start() for found in re.finditer(re.escape(wanted), piece))
