"""A kiosk process on a display is attacked as on a desktop, where a window manager has keys and menus of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from devices.printer.sim import ThermalPrinter
from tests.kiosk.test_app import settings
from tests.stand.display import Display, words_on
from tests.stand.intruder import Intruder
from tests.stand.kiosk import ROOT, KioskProcess, until

SEED = 1


@pytest.fixture(params=[False, True], ids=["bare", "openbox"])
def display(request: pytest.FixtureRequest) -> Iterator[Display]:
    with closing(Display(manager=request.param)) as shown:
        yield shown


@pytest.fixture
def kiosk(tmp_path: Path, display: Display) -> Iterator[KioskProcess]:
    """One that has no hall yet, and says so."""
    with ThermalPrinter() as printer:
        told = settings(tmp_path, printer.port, screen={"fullscreen": True})
        process = KioskProcess(tmp_path, told, {"TMPDIR": str(tmp_path)})
        try:
            process.start(more=display.environment())
            process.see("本机暂停服务", "K102")
            yield process
        finally:
            process.stop()


def test_whatever_is_tried_the_kiosk_stands_as_before(kiosk: KioskProcess, display: Display) -> None:
    with closing(Intruder(display, kiosk, SEED)) as intruder:
        until("a page on the panel", lambda: "K102" in words_on(display.see()))
        intruder.tries("first", intruder.storm, intruder.clicks, intruder.drags, intruder.drops, intruder.offers)
        intruder.tries("then", intruder.covers, intruder.meddles, intruder.signals, intruder.storm)
        intruder.touch("strip:help")
        kiosk.see("需要帮忙吗")
        intruder.tries("over the page", intruder.storm, intruder.meddles)


def test_a_panel_of_another_size_than_the_settings_say_is_covered(tmp_path: Path) -> None:
    with closing(Display(1280, 1024)) as display, ThermalPrinter() as printer:
        kiosk = KioskProcess(tmp_path, settings(tmp_path, printer.port, screen={"fullscreen": True}), {})
        try:
            kiosk.start(more=display.environment())
            kiosk.see("本机暂停服务")
            until("no dot of it black", lambda: bool(display.see().any(axis=2).all()))
        finally:
            kiosk.stop()


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_a_kiosk_that_cannot_start_is_ended_at_once_by_who_wants_it_ended(told: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("data = [")
    words = [sys.executable, "-m", "kiosk", "--config", str(tmp_path / "kiosk.toml"), "run"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("K112 SettingsError: kiosk.toml: ")
        for stray in (signal.SIGHUP, signal.SIGUSR1, signal.SIGTSTP):
            process.send_signal(stray)
        assert process.poll() is None
        process.send_signal(told)
        assert process.wait(5) == -told
