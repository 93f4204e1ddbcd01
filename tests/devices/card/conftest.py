from collections.abc import Iterator

import pytest

from devices.card import PcscReader
from devices.card.sim import Slot
from devices.reader import ReaderReady
from tests.devices.card.told import Told
from tests.stand.pcscd import Pcscd

DEADLINE = 1.2
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
def reader(daemon: Pcscd, slot: Slot, told: Told) -> Iterator[PcscReader]:
    """A reader that is ready, on a daemon of its own, with an empty slot."""
    reader = PcscReader("card", socket=daemon.path, deadline=DEADLINE)
    reader.start(told.add)
    told.next(ReaderReady)
    yield reader
    reader.stop()
