"""One hall for each module, two departments, and people of nobody who are signed in."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hall.app import compose
from hall.catalogue import Catalogue
from hall.settings import Settings
from tests.hall.conftest import GENEROUS, Clock, InProcess
from tests.hall.oidc.office import CIVIL, SOCIAL, Department, Office, Person, arrive, citizen, serving


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, founded: Path, catalogue: Catalogue) -> Iterator[Office]:
    """One hall for a whole module: its tests have people of their own."""
    folder, clock = tmp_path_factory.mktemp("town") / "data", Clock()
    shutil.copytree(founded, folder)
    hall = compose(Settings(data=folder, **GENEROUS), catalogue, clock)
    try:
        app = serving(hall, clock)
        with InProcess(app) as client:
            yield Office(hall, client, clock, app)
    finally:
        hall.store.close()


@pytest.fixture
def office(town: Office) -> Office:
    """An hour after the last test: nobody has to wait because of it."""
    town.clock.forward(hours=1)
    return town


@pytest.fixture
def wang(office: Office) -> Person:
    """王小明, signed in at the hall."""
    return arrive(office.hall, "王小明", citizen("19510307"), birth="1951-03-07")


@pytest.fixture
def li(office: Office) -> Person:
    return arrive(office.hall, "李红", citizen("19800101"))


@pytest.fixture(scope="module")
def social(town: Office) -> Department:
    """Social insurance: may ask for name, number and how sure the hall is."""
    return town.department("social-insurance", SOCIAL, "name", "number", "assurance")


@pytest.fixture(scope="module")
def civil(town: Office) -> Department:
    """Civil affairs: may ask for name and birth, and whether a phone is bound."""
    return town.department("civil-affairs", CIVIL, "name", "birth", "phone_bound")


@pytest.fixture
def passing(office: Office) -> Department:
    """A department of this test alone."""
    return office.department(f"passing-{secrets.token_hex(4)}", SOCIAL, "name", "number")
