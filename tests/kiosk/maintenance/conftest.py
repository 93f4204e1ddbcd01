from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.printer.sim import ThermalPrinter
from tests.kiosk.authority import Enrolled
from tests.kiosk.maintenance.workshop import Workshop
from tests.offline_cache.far_hall import FarHall


@pytest.fixture
def far(tmp_path: Path) -> Iterator[FarHall]:
    folder = tmp_path / "hall"
    folder.mkdir()
    hall = FarHall(folder)
    yield hall
    hall.close()


@pytest.fixture
def workshop(tmp_path: Path, paper: ThermalPrinter, qapp: object, enrolled: Enrolled) -> Iterator[Workshop]:
    made = Workshop(enrolled.copied(tmp_path / "kiosk"), paper)
    yield made
    made.close()
