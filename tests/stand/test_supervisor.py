"""The small supervisor does with the unit that ships what systemd would; it refuses what it does not know."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from kiosk.last_end import END, LastEnd, taken
from tests.stand.kiosk import ROOT, until
from tests.stand.supervisor import SHIPPED, Supervised
from tests.stand.unit import Refused, Unit, read

SERVICE = """
import os, signal, socket, subprocess, sys, time
def tell(words):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(words.encode(), "\\0" + os.environ["NOTIFY_SOCKET"][1:])
period = int(os.environ["WATCHDOG_USEC"]) / 1e6
"""
PETTED = SERVICE + "tell('READY=1')\nwhile True:\n  tell('WATCHDOG=1'); time.sleep(period / 3)"
Begin = Callable[[str], Supervised]


@pytest.fixture
def unit() -> Unit:
    """The one that ships, with less waiting."""
    return replace(read(SHIPPED), watchdog=0.6, within_abort=0.5, within_start=3.0)


@pytest.fixture
def begin(tmp_path: Path, unit: Unit) -> Iterator[Begin]:
    begun: list[Supervised] = []

    def start(text: str) -> Supervised:
        program = [sys.executable, "-c", text]
        begun.append(Supervised(unit, program, dict(os.environ), tmp_path, tmp_path / "log", ROOT))
        return begun[-1]

    yield start
    for each in begun:
        each.kill()
        each.wait(10)


def test_a_service_with_a_pulse_lives_until_it_is_told_to_end(begin: Begin) -> None:
    service = begin(PETTED)
    pid = service.pid
    until("it lives for three periods", lambda: service._pets > 9, 10)
    assert (service.pid, service.runs) == (pid, [])
    service.terminate()
    assert service.wait(10) == -signal.SIGTERM
    assert [run.result for run in service.runs] == ["success"]


def test_without_a_pulse_it_is_aborted_and_started_again(begin: Begin, tmp_path: Path) -> None:
    service = begin(SERVICE + "tell('READY=1')\nsignal.pause()")
    until("two lives", lambda: len(service.runs) >= 2, 15)
    first, second = service.runs[:2]
    assert (first.result, first.code, first.status) == ("watchdog", "killed", "ABRT")
    assert first.ready is not None
    assert first.ended - first.ready >= 0.6
    assert second.pid != first.pid
    assert second.began - first.ended >= 0.2
    assert taken(tmp_path) is not None


def test_who_does_not_hear_the_order_to_end_is_killed_by_the_next(begin: Begin) -> None:
    service = begin("import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + PETTED)
    until("it is ready", lambda: service.is_ready, 10)
    service.terminate()
    until("a pulse in spite of it", lambda pets=service._pets: service._pets > pets, 10)  # type: ignore[misc]
    service.kill()
    assert service.wait(5) == -signal.SIGKILL


def test_whoever_survives_the_abort_is_killed(begin: Begin) -> None:
    service = begin(SERVICE + "signal.signal(signal.SIGABRT, signal.SIG_IGN)\ntell('READY=1')\nsignal.pause()")
    until("the end", lambda: service.runs, 10)
    assert (service.runs[0].result, service.runs[0].status) == ("watchdog", "KILL")


def test_a_service_that_stands_stopped_is_ended_too(begin: Begin) -> None:
    service = begin(PETTED)
    until("it is ready", lambda: service.is_ready, 10)
    os.kill(service.pid, signal.SIGSTOP)
    until("the end", lambda: service.runs, 10)
    assert (service.runs[0].result, service.runs[0].status) == ("watchdog", "ABRT")


def test_a_service_that_asks_for_its_end_gets_it_at_once(begin: Begin) -> None:
    service = begin(SERVICE + "tell('READY=1'); tell('STATUS=lost'); tell('WATCHDOG=trigger')\nsignal.pause()")
    until("the end", lambda: service.runs, 10)
    run = service.runs[0]
    assert run.result == "watchdog"
    assert run.ready is not None
    assert run.ended - run.ready < 0.5


def test_only_the_service_itself_speaks_for_it(begin: Begin) -> None:
    child = SERVICE + "tell('READY=1')"
    service = begin(SERVICE + f"subprocess.run([sys.executable, '-c', {child!r}])\nsignal.pause()")
    until("a child spoke", lambda: service.strangers, 10)
    assert not service.is_ready


def test_whoever_is_not_ready_in_time_is_ended(begin: Begin) -> None:
    service = begin(SERVICE + "signal.pause()")
    until("the end", lambda: service.runs, 10)
    assert service.runs[0].result == "timeout"


def test_its_workers_end_with_it(begin: Begin) -> None:
    worker = "subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()'])\n"
    service = begin(SERVICE + worker + "tell('READY=1')\nsignal.pause()")
    until("it is ready", lambda: service.is_ready, 10)
    (left,) = psutil.Process(service.pid).children()
    os.kill(service.pid, signal.SIGKILL)
    until("the worker is gone", lambda: not left.is_running() or left.status() == psutil.STATUS_ZOMBIE, 10)
    assert [(run.result, run.status) for run in service.runs[:1]] == [("signal", "KILL")]


def test_a_service_that_ends_again_and_again_is_given_up(begin: Begin, tmp_path: Path) -> None:
    service = begin("raise SystemExit(3)")
    service.wait(20)
    assert service.has_failed
    assert [(run.result, run.status) for run in service.runs] == [("exit-code", "3")] * 4
    assert taken(tmp_path) == LastEnd("broke-off")


def test_the_last_command_says_how_it_ended(begin: Begin, tmp_path: Path) -> None:
    service = begin("")
    until("the end", lambda: service.runs, 10)
    assert (tmp_path / END).read_text("ascii") == "success exited 0\n"


@pytest.mark.parametrize(
    "forbidden",
    [
        "os.chown('/', 0, 0)",
        "os.setuid(1)",
        "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)",
        "mmap.mmap(-1, 4096, prot=mmap.PROT_WRITE | mmap.PROT_EXEC)",
    ],
)
def test_the_sandbox_of_the_unit_is_put_on(begin: Begin, forbidden: str) -> None:
    tries = f"import mmap, os, socket\ntry:\n  {forbidden}\nexcept PermissionError:\n  raise SystemExit(7)"
    service = begin(tries)
    until("the end", lambda: service.runs, 10)
    assert service.runs[0].status == "7"


def test_the_unit_that_ships_is_carried_out_as_it_stands() -> None:
    unit = read(SHIPPED)
    assert unit.watchdog_signal is signal.SIGABRT
    assert unit.watchdog + unit.within_abort <= 15
    assert unit.restart_pause < 1
    assert unit.start[:2] == ("/usr/bin/env", "--")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Type=notify", "Type=simple"),
        ("NotifyAccess=main", "NotifyAccess=all"),
        ("Restart=always", "Restart=no"),
        ("LimitCORE=0", "LimitCORE=infinity"),
        ("WatchdogSec=10s", ""),
        ("WatchdogSec=10s", "WatchdogSec=10 fortnights"),
        ("WatchdogSec=10s", "WatchdogSec=10s\nWatchdogSec=20s"),
        ("WatchdogSignal=SIGABRT", "WatchdogSignal=SIGNOTHING"),
        ("KillMode=mixed", "KillMode=none"),
        ("UMask=0077", "UMask=0077\nExecReload=/bin/true"),
        ("UMask=0077", "Umask=0077"),
        ("UMask=0077", "what is this"),
        ("ExecStart=/usr/bin/env", "ExecStart=-/usr/bin/env"),
        ("ExecStart=/usr/bin/env", "ExecStart=/usr/bin/env $HOME"),
    ],
)
def test_a_unit_that_says_something_else_is_refused(tmp_path: Path, before: str, after: str) -> None:
    text = SHIPPED.read_text("utf-8")
    assert before in text
    changed = tmp_path / "changed.service"
    changed.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(Refused):
        read(changed)
