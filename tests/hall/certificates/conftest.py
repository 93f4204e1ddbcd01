"""A hall with a root, and a kiosk that may issue."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.catalogue import Catalogue
from hall.settings import Settings
from tests.hall.certificates.machine import Machine, Verifier, hold_ceremony
from tests.hall.conftest import GENEROUS, Clock, Counter, opened


@pytest.fixture
def verifier(counter: Counter, tmp_path: Path) -> Verifier:
    return Verifier(counter, hold_ceremony(counter, tmp_path / "ceremony"))


@pytest.fixture
def machine(counter: Counter, verifier: Verifier) -> Machine:
    return Machine(counter, counter.enrol()).ready()


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, founded: Path, catalogue: Catalogue) -> Iterator[Counter]:
    """One hall with a root for a whole module, where tests only need kiosks of their own."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(founded, folder / "data")
    with opened(Settings(data=folder / "data", **GENEROUS), catalogue, Clock()) as one:
        hold_ceremony(one, folder / "ceremony")
        yield one


@pytest.fixture
def kiosk(office: Counter) -> Machine:
    """A kiosk of its own for each test, at the module's hall."""
    return Machine(office, office.enrol()).ready()
