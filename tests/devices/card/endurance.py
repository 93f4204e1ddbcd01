"""Every way a reader is maltreated, many times over: what it tells, how soon, and when the next card is read.

Not collected by pytest; ``python -m tests.devices.card.endurance --times 50`` prints the table.
Each function takes how often, plays it on a real pcscd, checks every event on the way and returns its figures.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from devices.card.sim import SocialCard
from devices.passport.sim import Passport
from devices.reader import CardArrived, CardGone, CardLocked, CardRead, CardRefused, Fault, ReaderLost, ReaderReady
from tests.devices.card import cycles
from tests.devices.card.passports import ERIKA, key_of, passport
from tests.devices.card.people import LI, WANG
from tests.devices.card.place import Place
from tests.stand.pcscd import Pcscd

GOAL_MS: Final = 1_000.0
"""From the moment when daemon and reader are back, and the card is put in, to its holder's name."""

DEADLINE: Final = 1.5
"""Seconds of silence after which a worker is replaced; on a kiosk it is 5."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds of each time, in order."""

    fault: str
    told: list[float] = field(default_factory=list)
    """From what was done to the reader until the kiosk knew."""
    read: list[float] = field(default_factory=list)
    """From the next insertion, all being well again, until its holder was named."""

    @property
    def ok(self) -> bool:
        return bool(self.read) and max(self.read) <= GOAL_MS

    def __str__(self) -> str:
        told, read = _spread(self.told), _spread(self.read)
        return f"{self.fault:<34}{len(self.read):>6}{told}{read}   {'ok' if self.ok else 'TOO SLOW'}"


HEAD: Final = f"{'':<34}{'times':>6}{'told: median':>14}{'p95':>8}{'most':>8}{'read: median':>14}{'p95':>8}{'most':>8}"


def killed(times: int) -> Figures:
    """pcscd is killed with a card in it; it comes back, and the next card is put in."""
    return _gone_and_back("pcscd killed", times, Pcscd.kill, Pcscd.start)


def stopped(times: int) -> Figures:
    """pcscd is ended as a service manager would."""
    return _gone_and_back("pcscd ended", times, Pcscd.stop, Pcscd.start)


def unplugged(times: int) -> Figures:
    """The reader is unplugged with a card in it, and plugged in again."""
    return _gone_and_back("reader unplugged", times, Pcscd.unplug, Pcscd.plug)


def paused(times: int) -> Figures:
    """pcscd is stopped (SIGSTOP) with a card in it and goes on after the worker was replaced."""
    return _gone_and_back("pcscd stopped by SIGSTOP", times, Pcscd.pause, Pcscd.resume)


def pulled(times: int, every: int = 1) -> Figures:
    """A card is pulled at one command, each of them in turn, ``times`` times; then another is put in."""
    figures = Figures("card pulled at each command")
    with _place() as place:
        whole = SocialCard(*WANG)
        _lay(place, whole)
        _take(place)
        for command in [*range(0, len(whole.heard), every)] * times:
            place.pull_at(command)
            place.insert(SocialCard(*WANG))
            place.told.next(CardArrived)
            assert place.told.next(CardRefused).fault is Fault.CARD_PULLED
            refused = place.told.came()
            place.told.next(CardGone)
            figures.told.append((place.told.came() - refused) * 1e3)
            figures.read.append(_lay(place, SocialCard(*LI)))
            _take(place)
    return figures


def passport_pulled(times: int, every: int = 1) -> Figures:
    """The same with a passport, while it is being opened."""
    figures = Figures("passport pulled at each command")
    with _place() as place:
        whole = passport(genuine=True)
        found = _locked(place, whole)
        place.reader.unlock(key_of(ERIKA))
        place.told.next(CardRead)
        read = len(whole.heard)
        _take(place)
        for command in [*range(found, read, every)] * times:
            place.pull_at(command)
            _locked(place, passport(genuine=True))
            place.reader.unlock(key_of(ERIKA))
            assert place.told.next(CardRefused).fault is Fault.CARD_PULLED
            refused = place.told.came()
            place.told.next(CardGone)
            figures.told.append((place.told.came() - refused) * 1e3)
            figures.read.append(_lay(place, SocialCard(*LI)))
            _take(place)
    return figures


def swapped(times: int) -> Figures:
    """One card is swapped for another in the same moment, which the daemon may not see at all."""
    figures = Figures("card swapped for another")
    with _place() as place:
        _lay(place, SocialCard(*WANG))
        for turn in range(times):
            person = (LI, WANG)[turn % 2]
            began = time.monotonic()
            place.swap(SocialCard(*person))
            place.told.next(CardGone)
            gone = place.told.came()
            place.told.next(CardArrived)
            assert place.told.next(CardRead).holder.number == person[1]
            figures.told.append((gone - began) * 1e3)
            figures.read.append((place.told.came() - gone) * 1e3)
    return figures


FAULTS: Final[tuple[Callable[[int], Figures], ...]] = (
    unplugged,
    killed,
    stopped,
    paused,
    pulled,
    passport_pulled,
    swapped,
)


def _gone_and_back(fault: str, times: int, go: Callable[[Pcscd], object], come: Callable[[Pcscd], object]) -> Figures:
    figures = Figures(fault)
    with _place() as place:
        for turn in range(times):
            _lay(place, SocialCard(*WANG))
            began = time.monotonic()
            go(place.daemon)
            place.told.next(CardGone)
            figures.told.append((place.told.came() - began) * 1e3)
            assert place.told.next(ReaderLost).fault is Fault.READER_GONE
            place.remove()
            place.told.nothing_for(turn % 5 * 0.2)  # the worker is found at any point of its tries
            come(place.daemon)
            figures.read.append(_lay(place, SocialCard(*LI), back=True))
            _take(place)
    return figures


@contextmanager
def _place() -> Iterator[Place]:
    with Pcscd() as daemon, Place(daemon, 0, DEADLINE) as place:
        yield place


def _lay(place: Place, card: SocialCard, back: bool = False) -> float:
    """Put the card in and have it read; milliseconds. ``back``: the reader comes back at the same time."""
    began = time.monotonic()
    place.insert(card)
    if back:
        place.told.next(ReaderReady)
    place.told.next(CardArrived)
    place.told.next(CardRead)
    return (place.told.came() - began) * 1e3


def _locked(place: Place, card: Passport) -> int:
    """Lay the passport down; how many commands it heard until it was known for one."""
    place.insert(card)
    place.told.next(CardArrived)
    place.told.next(CardLocked)
    return len(card.heard)


def _take(place: Place) -> None:
    place.remove()
    place.told.next(CardGone)


def _spread(values: list[float]) -> str:
    ordered = sorted(values)
    return f"{median(ordered):>14.0f}{ordered[int(len(ordered) * 0.95)]:>8.0f}{ordered[-1]:>8.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Maltreat the card reader, and measure.")
    parser.add_argument("--times", type=int, default=50, help="each way")
    parser.add_argument("--cycles", type=int, default=0, help="cards through pcscd")
    parser.add_argument("--pipe-cycles", type=int, default=0, help="cards at the worker's pipe, without PC/SC")
    chosen = parser.parse_args()
    print(HEAD + "  ms")
    for fault in FAULTS if chosen.times else ():
        print(fault(chosen.times), flush=True)
    if chosen.cycles:
        print(cycles.cycles(chosen.cycles), flush=True)
    if chosen.pipe_cycles:
        print(cycles.pipe_cycles(chosen.pipe_cycles), flush=True)


if __name__ == "__main__":
    main()
