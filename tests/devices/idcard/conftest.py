from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from queue import Empty, Queue

import pytest

from devices.citizen_number import check_digit
from devices.idcard.reader import SdtReader
from devices.idcard.sim import Card, Sam
from devices.reader import ReaderEvent, ReaderReady

TODAY = date(2026, 11, 21)


def number(first17: str = "99010119900307123") -> str:
    """The number of nobody: region 99 is not given to any place."""
    return first17 + check_digit(first17)


WANG = Card("王小明", number())
LI = Card("李芳", number("99010119651231002"))


class Kiosk:
    """Hears what the reader tells, and waits for it no longer than it must."""

    def __init__(self) -> None:
        self.heard: Queue[ReaderEvent] = Queue()

    def next(self, within: float = 5.0) -> ReaderEvent:
        return self.heard.get(timeout=within)

    def hears_nothing(self, within: float) -> bool:
        try:
            self.heard.get(timeout=within)
        except Empty:
            return True
        return False


@pytest.fixture
def sam(tmp_path: Path) -> Iterator[Sam]:
    sam = Sam(tmp_path)
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
