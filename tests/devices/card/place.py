"""One slot of a daemon with a reader on it, and many of them: pcscd looks for cards every 0.4 s only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Self

from devices.card import PcscReader
from devices.card.sim import Slot
from devices.reader import ReaderReady
from tests.devices.card.told import Told
from tests.stand.pcscd import Pcscd


class Place(Slot):
    """One of a daemon's two slots, with its reader."""

    def __init__(self, daemon: Pcscd, number: int, deadline: float = 5.0, trust: str | None = None) -> None:
        super().__init__(lambda: daemon.connect(number))
        self.daemon = daemon
        self.told = Told()
        self.reader = PcscReader("card", f"PCD 00 0{number}", daemon.path, deadline, trust=trust)

    def __enter__(self) -> Self:
        self.reader.start(self.told.add)
        self.told.next(ReaderReady)
        return self

    def __exit__(self, *_: object) -> None:
        self.reader.stop()
        self.remove()


@contextmanager
def places(daemons: int, trust: str | None = None) -> Iterator[list[Place]]:
    """Two for each daemon, ready and empty."""
    with ExitStack() as stack:
        started = [stack.enter_context(Pcscd()) for _ in range(daemons)]
        yield [stack.enter_context(Place(daemon, number, trust=trust)) for daemon in started for number in (0, 1)]


def turns(commands: int, free: list[Place]) -> Iterator[list[tuple[int, Place]]]:
    """Every command from 0 on once, at a place of its own, as many at a time as there are places."""
    for first in range(0, commands, len(free)):
        yield list(zip(range(first, commands), free, strict=False))
