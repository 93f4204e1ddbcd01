"""A new start is planned only where somebody starts the kiosk again, and comes when nobody is there."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from devices.printer.sim import ThermalPrinter
from kiosk.freshness import Parts
from kiosk.lanes import Lane
from kiosk.last_end import END
from kiosk.settings import Upkeep as Chosen
from kiosk.upkeep import ROUND_S, Upkeep
from offline_cache.clock import HALL_ZONE
from tests.kiosk.test_app import settings
from tests.stand.kiosk import KioskProcess, until
from tests.stand.supervisor import SHIPPED
from tests.stand.unit import read

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=HALL_ZONE)
NEVER = {"restart_from": time(0), "restart_until": time(0)}
ROUNDS_MS = round(2.5 * ROUND_S * 1000)


class Night:
    """A kiosk at noon whose visits and clock are set by hand."""

    def __init__(self, qtbot: QtBot, folder: Path, chosen: Chosen, parts: Parts) -> None:
        self.idle, self.flushed, self.now = True, True, NOON
        self.lines: list[tuple[str, dict[str, Any]]] = []
        self.ends = 0
        self.lane = Lane("journal")
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.upkeep = Upkeep(
            chosen,
            folder,
            "K-0201",
            self.window,
            parts,
            self.lane,
            is_idle=lambda: self.idle,
            is_flushed=lambda: self.flushed,
            now=lambda: self.now,
            journal=lambda event, **fields: self.lines.append((event, fields)),
            end=self._end,
        )
        self.upkeep.begin()

    def _end(self) -> None:
        self.ends += 1


Begin = Callable[..., Night]


@pytest.fixture
def begin(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Begin]:
    """``supervised``: somebody starts it again when it ends."""
    begun: list[Night] = []

    def start(supervised: bool = True, parts: Parts | None = None, **chosen: Any) -> Night:
        if supervised:
            monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "nobody"))
        begun.append(Night(qtbot, tmp_path, Chosen(**chosen), parts or {}))
        return begun[-1]

    yield start
    for night in begun:
        night.upkeep.end()
        assert night.lane.stop()


@pytest.mark.parametrize("first", ["idle", "flushed"])
def test_the_nightly_start_lets_visitors_and_events_go_first_and_comes_once(
    qtbot: QtBot, begin: Begin, first: str
) -> None:
    night = begin(restart_from=time(12, 0), restart_until=time(13, 0))
    setattr(night, first, False)
    night.now = NOON + timedelta(minutes=59)
    qtbot.wait(ROUNDS_MS)
    assert night.ends == 0
    setattr(night, first, True)
    qtbot.waitUntil(lambda: night.ends == 1)
    assert night.lines == [("kiosk.restarting", {"why": "nightly"})]
    qtbot.wait(ROUNDS_MS)
    assert night.ends == 1


def test_without_a_supervisor_nothing_ever_ends_by_itself(qtbot: QtBot, begin: Begin) -> None:
    night = begin(
        supervised=False, restart_from=time(12, 0), restart_until=time(13, 0), threads=1, look=0.01, settled=0
    )
    night.now = NOON + timedelta(minutes=59)
    qtbot.wait(ROUNDS_MS)
    assert (night.ends, night.lines) == (0, [])


def test_a_kiosk_that_grew_starts_anew_when_nobody_is_there_and_says_of_what(qtbot: QtBot, begin: Begin) -> None:
    much = {"memory_mib": 1_000_000, "descriptors": 1_000_000, "children": 1_000_000}  # of whoever else tests here
    night = begin(**NEVER, **much, threads=1, look=0.01, settled=0)
    night.idle = False
    qtbot.wait(ROUNDS_MS)
    assert night.ends == 0
    night.idle = True
    qtbot.waitUntil(lambda: night.ends == 1)
    ((event, said),) = night.lines
    assert (event, said["why"], said["fault"], said["of"]) == ("kiosk.restarting", "grew", "K117", "threads")
    assert said["is"] == pytest.approx(threading.active_count(), abs=10)


def test_a_kiosk_that_is_big_from_its_start_on_does_not_start_anew_again_and_again(qtbot: QtBot, begin: Begin) -> None:
    night = begin(**NEVER, threads=1, look=0.01, settled=3_600)
    qtbot.wait(ROUNDS_MS)
    assert night.ends == 0


def test_how_the_run_before_ended_is_told_at_the_start(begin: Begin, tmp_path: Path) -> None:
    (tmp_path / END).write_text("watchdog killed ABRT", "ascii")
    assert begin().lines == [("kiosk.ended", {"why": "stood-still", "fault": "K115"})]


def test_a_whole_kiosk_under_the_unit_starts_anew_when_it_grew(tmp_path: Path) -> None:
    greedy = {**NEVER, "descriptors": 1, "look": 0.2, "settled": 1.0}
    with ThermalPrinter() as printer:
        kiosk = KioskProcess(tmp_path, settings(tmp_path, printer.port, upkeep=greedy), {})
        try:
            kiosk.start(read(SHIPPED))
            kiosk.again(1)
            kiosk.see("本机暂停服务")
            first = kiosk.supervisor.runs[0]
            assert (first.result, first.stopping) == ("success", True)
            journal = tmp_path / "data" / "journal" / "journal.0"
            until("its line", lambda: "kiosk.restarting" in journal.read_text("utf-8"), 5)
            assert "K117" in journal.read_text("utf-8")
            assert '"descriptors"' in journal.read_text("utf-8")
        finally:
            kiosk.stop()
