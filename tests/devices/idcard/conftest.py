from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from queue import Empty, Queue
from typing import Final

import pytest

from devices.citizen_number import check_digit
from devices.idcard.reader import SdtReader
from devices.idcard.sim import SDT, Card, ForeignCard2017, ForeignCard2023, Make, ResidencePermit, Sam
from devices.reader import ReaderEvent, ReaderReady

TODAY = date(2026, 11, 21)


def number(first17: str = "99010119900307123") -> str:
    """The number of nobody: region 99 is not given to any place."""
    return first17 + check_digit(first17)


WANG = Card("王小明", number())
LI = Card("李芳", number("99010119651231002"))


CHAN = ResidencePermit("陳大文", number("99000019880912003"))
ANNA = ForeignCard2017("ERIKSSON, ANNA MARIA", "UTO990074081201", birth="19740812", chinese="安娜", sex="2")
OMAR = ForeignCard2023("AL-FULANI, OMAR", number("99000019691104005"))


class Kiosk:
    """Hears what the reader tells, and waits for it no longer than it must."""

    def __init__(self) -> None:
        self.heard: Queue[ReaderEvent] = Queue()

    def next(self, within: float = 5.0) -> ReaderEvent:
        return self.heard.get(timeout=within)

    def hears(self, *events: ReaderEvent) -> None:
        """Exactly these come next."""
        assert [self.next() for _ in events] == list(events)

    def hears_nothing(self, within: float) -> bool:
        try:
            self.heard.get(timeout=within)
        except Empty:
            return True
        return False


def gone(sam: Sam, kiosk: Kiosk) -> None:
    """The card was taken away, and the reader has noticed."""
    sam.take_away()
    while not sam.looked_in_vain():
        assert kiosk.hears_nothing(0.01)


FAST: Final = replace(SDT, baud=2_000_000)
"""A wire on which a read takes 6 ms, for tests in which time is not the point."""


@pytest.fixture
def make() -> Make:
    return SDT


@pytest.fixture
def sam(tmp_path: Path, make: Make) -> Iterator[Sam]:
    sam = Sam(tmp_path, make)
    yield sam
    sam.unplug()


@pytest.fixture
def reader(sam: Sam) -> Iterator[SdtReader]:
    reader = SdtReader("id", sam.port, lambda: TODAY, poll=0.02)
    yield reader
    reader.stop()


@pytest.fixture
def kiosk(reader: SdtReader) -> Kiosk:
    kiosk = Kiosk()
    reader.start(kiosk.heard.put)
    assert kiosk.next() == ReaderReady("id")
    return kiosk
