from __future__ import annotations

import pytest

from hall.catalogue import Catalogue
from hall.settings import Settings
from tests.hall.conftest import Clock
from tests.hall.technicians.site import Site


@pytest.fixture
def site(settings: Settings, catalogue: Catalogue, clock: Clock) -> Site:
    return Site(settings, catalogue, clock)
