"""A real CUPS, a printer and the driver between them, for one test each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from devices.sheets.cups import CupsSheetPrinter
from devices.sheets.sim import SheetFeeder
from tests.devices.sheets.sheets import HASTY
from tests.stand.cupsd import Cupsd


@pytest.fixture
def cups() -> Iterator[Cupsd]:
    with Cupsd() as cups:
        yield cups


@pytest.fixture
def feeder() -> Iterator[SheetFeeder]:
    with SheetFeeder() as feeder:
        yield feeder


@pytest.fixture
def printer(cups: Cupsd, feeder: SheetFeeder) -> Iterator[CupsSheetPrinter]:
    printer = CupsSheetPrinter(feeder.uri, socket=cups.socket, patience=HASTY)
    yield printer
    printer.close()
