"""A hall of nobody."""

from __future__ import annotations

import pytest

from tests.certificates.hall_stand import Hall, MemoryShelf
from tests.certificates.held import refreshed


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def shelf(hall: Hall) -> MemoryShelf:
    """What a kiosk holds after its first refresh."""
    return refreshed(hall)
