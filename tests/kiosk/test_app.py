"""The kiosk as a service manager knows it: a process that starts, and ends when it is told to."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.printer.sim import ThermalPrinter
from tests.stand.kiosk import ROOT, until


@pytest.fixture
def kiosk(tmp_path: Path, paper: ThermalPrinter) -> Iterator[subprocess.Popen[bytes]]:
    settings = f"""data = "{tmp_path}/data"
[printer]
driver = "network"
host = "127.0.0.1"
port = {paper.port}
"""
    (tmp_path / "kiosk.toml").write_text(settings)
    command = [sys.executable, "-m", "kiosk", "--config", str(tmp_path / "kiosk.toml"), "run"]
    with subprocess.Popen(command, cwd=ROOT) as process:
        yield process
        process.kill()


def noted(tmp_path: Path) -> list[str]:
    """The events in the journal."""
    journal = tmp_path / "data" / "journal" / "journal.0"
    lines = journal.read_text("utf-8").splitlines() if journal.exists() else []
    return [json.loads(line.rpartition(" ")[0])["event"] for line in lines if line]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_kiosk_that_is_told_to_end_ends_and_says_so(
    kiosk: subprocess.Popen[bytes], tmp_path: Path, number: signal.Signals
) -> None:
    until("the kiosk has started", lambda: "kiosk.started" in noted(tmp_path), 20)
    kiosk.send_signal(number)
    assert kiosk.wait(10) == 0
    assert noted(tmp_path)[-1] == "kiosk.stopped"
