"""How big the kiosk is, as the kernel says, and whether that is more than it should ever be.

A kiosk runs for weeks. What leaks is found by tests and by the soak; whatever they miss ends here, between two visits,
before the machine suffers. The hard limit is the unit's ``MemoryMax``. Source: proc(5), smaps_rollup and children.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_PROC: Final = Path("/proc")
_MOST: Final = 1_000
"""Processes that are counted: there are four or five, unless something is very wrong."""


@dataclass(frozen=True, slots=True)
class Size:
    """``memory`` is the proportional share (PSS) of the kiosk and its workers together, in MiB.

    ``descriptors`` and ``threads`` are the kiosk's own, ``children`` its workers and the programs it runs.
    """

    memory: int
    descriptors: int
    threads: int
    children: int

    def beyond(self, limit: Size) -> tuple[str, ...]:
        """What there is more of than ``limit`` allows, by name."""
        return tuple(name for name in self.__slots__ if getattr(self, name) > getattr(limit, name))


def measured(process: str = "self") -> Size:
    """The size of a process now. A child that ends meanwhile counts for nothing; raises ``OSError`` without /proc."""
    folder = _PROC / process
    children = list(_descendants(folder))[:_MOST]
    memory = _share(folder)
    for child in children:
        with suppress(OSError):
            memory += _share(_PROC / child)
    return Size(
        memory=memory >> 10,
        descriptors=_entries(folder / "fd"),
        threads=_entries(folder / "task"),
        children=len(children),
    )


def _descendants(folder: Path) -> Iterator[str]:
    """Children, and theirs; each thread of a process has its own."""
    for thread in (folder / "task").iterdir():
        with suppress(OSError):
            for child in (thread / "children").read_text("ascii").split():
                yield child
                with suppress(OSError):
                    yield from _descendants(_PROC / child)


def _share(folder: Path) -> int:
    """KiB; what several processes use is counted once between them."""
    for line in (folder / "smaps_rollup").read_text("ascii").splitlines():
        name, _, rest = line.partition(":")
        if name == "Pss":
            return int(rest.split()[0])
    return 0


def _entries(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir())
