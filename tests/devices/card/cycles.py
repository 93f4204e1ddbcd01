"""Thousands of cards, one after the other: what the reader's processes take of the machine before and after."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass
from typing import Final

import psutil

from devices.card import PcscReader
from devices.card.sim import SocialCard
from devices.reader import CardArrived, CardGone, CardLocked, CardRead, CardRefused, Fault, ReaderEvent
from tests.devices.card import pipe_worker
from tests.devices.card.passports import ERIKA, key_of
from tests.devices.card.people import LI, WANG
from tests.devices.card.place import Place
from tests.devices.card.processes import workers
from tests.stand.pcscd import Pcscd

WARM: Final = 20
"""Cards before the first look: allocators and caches fill."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a process takes: KiB of memory, threads, open descriptors."""

    memory: int
    threads: int
    descriptors: int


@dataclass(frozen=True, slots=True)
class Cycles:
    """By process: what it took before and after ``count`` cards."""

    what: str
    count: int
    seconds: float
    before: dict[str, Taken]
    after: dict[str, Taken]

    @property
    def growth(self) -> int:
        """KiB, of the process that grew most."""
        return max(self.after[name].memory - self.before[name].memory for name in self.before)

    @property
    def flat(self) -> bool:
        """No thread and no descriptor more in any process."""
        return all(
            (self.after[name].threads, self.after[name].descriptors) == (taken.threads, taken.descriptors)
            for name, taken in self.before.items()
        )

    def __str__(self) -> str:
        lines = [f"{self.what}: {self.count} in {self.seconds:.1f} s"]
        lines += [f"  {name:<8}{self.before[name]}  ->  {self.after[name]}" for name in self.before]
        return "\n".join(lines)


def cycles(count: int, warm: int = WARM) -> Cycles:
    """Cards in and out of a reader at a real pcscd, each of them read; the first ``warm`` are not counted."""
    with Pcscd() as daemon, Place(daemon, 0) as place:
        (worker,) = workers()
        processes = {"kiosk": psutil.Process(), "worker": worker, "pcscd": psutil.Process(daemon.pid)}

        def one(person: tuple[str, str]) -> None:
            place.insert(SocialCard(*person))
            place.told.next(CardArrived)
            assert place.told.next(CardRead).holder.number == person[1]
            place.remove()
            place.told.next(CardGone)
            place.told.forget()

        for turn in range(warm):
            one((WANG, LI)[turn % 2])
        before, began = _taken(processes), time.monotonic()
        for turn in range(count):
            one((WANG, LI)[turn % 2])
        return Cycles("cards through pcscd", count, time.monotonic() - began, before, _taken(processes))


def pipe_cycles(count: int) -> Cycles:
    """Cards at the worker's pipe: the kiosk's side is the real one, the worker only speaks its protocol."""
    visitor = _Visitor(WARM * 50, WARM * 50 + count)
    reader = PcscReader("card", wanted=str(WARM * 50 + count), work=pipe_worker.main)
    visitor.reader = reader
    reader.start(visitor.tell)
    try:
        assert visitor.ended.wait(60 + count / 100), f"{visitor.gone} cards of {count} came"
        return Cycles(
            "cards at the worker's pipe (a worker without a reader)",
            count,
            visitor.seconds,
            visitor.before,
            visitor.after,
        )
    finally:
        reader.stop()


class _Visitor:
    """Counts cards, opens passports, and looks at the processes twice."""

    def __init__(self, first: int, last: int) -> None:
        self._first, self._last = first, last
        self.reader: PcscReader | None = None
        self.gone = 0
        self.seconds = 0.0
        self.before: dict[str, Taken] = {}
        self.after: dict[str, Taken] = {}
        self.ended = threading.Event()

    def tell(self, event: ReaderEvent) -> None:
        match event:
            case CardLocked() | CardRefused(fault=Fault.PASSPORT_KEY):
                assert self.reader is not None
                assert self.reader.unlock(key_of(ERIKA))
            case CardGone():
                self.gone += 1
                if self.gone == self._first:
                    self.before, self.seconds = self._look(), time.monotonic()
                elif self.gone == self._last:
                    self.after, self.seconds = self._look(), time.monotonic() - self.seconds
                    self.ended.set()

    def _look(self) -> dict[str, Taken]:
        (worker,) = workers()
        return _taken({"kiosk": psutil.Process(os.getpid()), "worker": worker})


def _taken(processes: dict[str, psutil.Process]) -> dict[str, Taken]:
    return {
        name: Taken(process.memory_info().rss // 1024, process.num_threads(), process.num_fds())
        for name, process in processes.items()
    }
