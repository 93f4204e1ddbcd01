"""The kiosk as a technician meets it: a process that starts, says what is wrong, and ends when it is told to."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import tomli_w

from devices.printer.sim import ThermalPrinter
from offline_cache import journal_proof
from tests.offline_cache.far_hall import FarHall
from tests.offline_cache.misbehaving import busy
from tests.stand.kiosk import ROOT, KioskProcess, until


def settings(folder: Path, port: int, **more: Any) -> dict[str, Any]:
    """Every sort of worker, and nothing behind most of them."""
    return {
        "data": str(folder / "data"),
        "screen": {"fullscreen": False},
        "sound": {"player": ""},
        "card": {"driver": "pcsc", "socket": str(folder / "no-daemon")},
        "id_card": {"driver": "sdt", "port": str(folder / "no-port")},
        "printer": {"driver": "network", "host": "127.0.0.1", "port": port},
        "scanner": {"driver": "camera", "source": str(folder / "no-camera")},
        **more,
    }


@pytest.fixture
def kiosk(tmp_path: Path) -> Iterator[KioskProcess]:
    with ThermalPrinter() as printer:
        process = KioskProcess(tmp_path, settings(tmp_path, printer.port), {})
        try:
            process.start()
            yield process
        finally:
            process.stop()


def test_a_kiosk_without_a_hall_says_so_and_ends_in_time_with_all_its_workers(kiosk: KioskProcess) -> None:
    kiosk.see("本机暂停服务", "故障码 K102")
    assert [key for key in kiosk.ask("keys") if key.startswith("choice:")] == []
    itself = psutil.Process(kiosk.pid)
    workers = until("the workers of card and camera", lambda: _both(itself), 10)
    told = time.monotonic()
    kiosk.signal(signal.SIGTERM)
    until("the end", kiosk.is_dead, 10)
    assert time.monotonic() - told < 5
    assert kiosk._child is not None
    assert kiosk._child.returncode == 0
    until("the end of its workers", lambda: not any(map(_runs, workers)), 1)
    log = (kiosk.folder / "kiosk.log").read_text("utf-8", "replace")
    assert "Traceback" not in log, log
    lines = (kiosk.folder / "data" / "journal" / "journal.0").read_text().splitlines()
    assert "kiosk.started" in lines[0]
    assert "kiosk.stopped" in lines[-2]
    assert "journal.sealed" in lines[-1]
    proof = journal_proof.of_kiosk(kiosk.folder / "data")
    assert (proof.altered, proof.open_since) == (None, None)


def _both(itself: psutil.Process) -> list[psutil.Process]:
    found: list[psutil.Process] = itself.children(recursive=True)
    return found if len(found) >= 2 else []


def _runs(process: psutil.Process) -> bool:
    """A process that nobody has asked how it ended is over too."""
    try:
        return bool(process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def run(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "kiosk", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=20,
    )


def told_on_stderr(*words: str) -> str:
    """What a kiosk says that does not start; its page stays on the panel for a while, and nobody waits for that."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "kiosk", *words]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert select.select([process.stderr], [], [], 20)[0], "it says nothing"
        line = process.stderr.readline()
        process.terminate()
        return line + process.stderr.read()


def write(folder: Path, **more: Any) -> str:
    path = folder / "kiosk.toml"
    path.write_text(tomli_w.dumps(settings(folder, 1, **more)))
    return str(path)


def test_a_mistake_in_the_settings_ends_the_start_and_names_the_key(tmp_path: Path) -> None:
    said = told_on_stderr("--config", write(tmp_path, colour="red"), "run")
    assert said == "K112 SettingsError: kiosk.toml: colour: no such setting\n"


def test_settings_that_are_not_there_are_named(tmp_path: Path) -> None:
    said = told_on_stderr("--config", str(tmp_path / "none.toml"), "run")
    assert said == "K112 SettingsError: none.toml: No such file or directory\n"


def test_a_folder_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where a folder should be")
    said = told_on_stderr("--config", write(tmp_path), "run")
    assert len(said.splitlines()) == 1, said


def test_a_busy_hall_is_asked_again_when_it_says(tmp_path: Path) -> None:
    (tmp_path / "far-hall").mkdir()
    far = FarHall(tmp_path / "far-hall")
    try:
        far.misbehave("/v1/enrol", busy(429, "1"), busy(503, "0"))
        done = run("--config", write(tmp_path), "enrol", far.code(), far.url)
    finally:
        far.close()
    assert done.returncode == 0, done.stderr
    assert far.asked("/v1/enrol") == 3


@pytest.mark.parametrize("code", ["", "KT1", "hello", "KT1-" + "A" * 26 + "-" + "1" * 52])
def test_an_enrolment_code_that_is_none_is_refused_before_anybody_is_asked(tmp_path: Path, code: str) -> None:
    done = run("--config", write(tmp_path), "enrol", code, "https://localhost:9")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr


def test_words_that_are_no_command_are_answered_with_the_usage() -> None:
    done = run("dance")
    assert done.returncode == 2
    assert "usage: kiosk" in done.stderr
