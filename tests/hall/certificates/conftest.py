"""A hall with a root, and a kiosk that may issue."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hall.certificates.machine import Machine, Verifier, hold_ceremony
from tests.hall.conftest import Counter


@pytest.fixture
def verifier(counter: Counter, tmp_path: Path) -> Verifier:
    return Verifier(counter, hold_ceremony(counter, tmp_path / "ceremony"))


@pytest.fixture
def machine(counter: Counter, verifier: Verifier) -> Machine:
    return Machine(counter, counter.enrol()).ready()
