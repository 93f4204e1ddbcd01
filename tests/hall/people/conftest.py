"""Two kiosks of one hall that may be out of touch, and one that issues certificates."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hall.certificates.machine import Machine, hold_ceremony
from tests.hall.conftest import Counter
from tests.hall.people.registering import Kiosk


@pytest.fixture
def east(counter: Counter) -> Kiosk:
    return Kiosk(counter, counter.enrol())


@pytest.fixture
def west(counter: Counter) -> Kiosk:
    return Kiosk(counter, counter.enrol())


@pytest.fixture
def issuing(counter: Counter, east: Kiosk, tmp_path: Path) -> Machine:
    """The east kiosk, with a certificate key."""
    hold_ceremony(counter, tmp_path / "ceremony")
    return Machine(counter, east.terminal).ready()
