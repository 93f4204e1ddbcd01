"""A hall of nobody."""

from __future__ import annotations

import pytest

from tests.certificates.hall_stand import Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()
