"""For all tests: Qt draws into memory, and the collector comes when there is something to collect.

With its usual thresholds it takes a quarter of the time of a process that holds Qt, FastAPI and pydantic. What a module
finds there is not looked at again: a sweep of ten thousand tests and all they import takes a second, and many tests ask
for one.
"""

from __future__ import annotations

import gc
import os

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
gc.set_threshold(100_000, 20, 50)


@pytest.fixture(autouse=True, scope="module")
def _sweep() -> None:
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    gc.unfreeze()  # at the end everything is swept as ever
