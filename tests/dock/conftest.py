"""One dock for all of its tests: each leaves kiosk and table as it found them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.day.certificates import issuing
from tests.dock.table import Table
from tests.stand.kiosk import until


@pytest.fixture(scope="package")
def table(qapp: object) -> Iterator[Table]:
    with tempfile.TemporaryDirectory(prefix="dock-") as folder:
        table = Table(Path(folder))
        happened: list[str] = []

        def note(name: str, *_: object) -> None:
            happened.append(name)

        for name in ("ready", "closed", "failed"):
            getattr(table.window, name).connect(partial(note, name))

        def turn_until(name: str) -> None:
            until(name, lambda: QApplication.processEvents() or {name, "failed"} & set(happened), 120)
            assert name in happened, happened

        table.window.show()
        table.window.open()
        turn_until("ready")
        issuing(table.hands.place, "a4", 60)  # who is served before that finds certificates shut for the whole visit
        yield table
        table.window.close()
        turn_until("closed")
        assert happened == ["ready", "closed"]
        assert table.hands.place.kiosk.is_dead()
        assert not table.hands.place.pcscd.pid
