from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from devices.card import PcscReader
from devices.card.sim import Slot
from devices.reader import ReaderReady
from tests.devices.card.passports import believed
from tests.devices.card.told import Told
from tests.stand.pcscd import Pcscd

TODAY: Final = date(2026, 6, 1)

DEADLINE: Final = 1.2
"""Seconds. Shorter than on a kiosk, to keep the tests short."""


@pytest.fixture
def daemon() -> Iterator[Pcscd]:
    with Pcscd() as daemon:
        yield daemon


@pytest.fixture
def slot(daemon: Pcscd) -> Iterator[Slot]:
    slot = Slot(daemon.connect)
    yield slot
    slot.remove()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def reader(daemon: Pcscd, slot: Slot, told: Told, tmp_path: Path) -> Iterator[PcscReader]:
    """A reader that is ready, on a daemon of its own, with an empty slot, on ``TODAY``."""
    reader = PcscReader("card", socket=daemon.path, deadline=DEADLINE, today=lambda: TODAY, trust=believed(tmp_path))
    reader.start(told.add)
    told.next(ReaderReady)
    yield reader
    reader.stop()
