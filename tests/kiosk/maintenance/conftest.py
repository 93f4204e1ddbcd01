from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.printer.sim import ThermalPrinter
from tests.kiosk.authority import Enrolled
from tests.kiosk.maintenance.workshop import Workshop


@pytest.fixture
def workshop(tmp_path: Path, paper: ThermalPrinter, qapp: object, enrolled: Enrolled) -> Iterator[Workshop]:
    made = Workshop(enrolled.copied(tmp_path / "kiosk"), paper)
    yield made
    made.close()
