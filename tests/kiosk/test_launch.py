"""How the kiosk is born: it and its workers overwrite what they free, and die without a core."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from devices.card.sim import Slot, SocialCard
from devices.printer.sim import ThermalPrinter
from kiosk.launch import environment
from tests.day.people import somebody
from tests.kiosk.test_app import settings
from tests.stand.kiosk import ROOT, KioskProcess, until
from tests.stand.memory import in_memory
from tests.stand.pcscd import Pcscd

AS_TOLD = environment({})
ALLOCATING = {name: value for name, value in AS_TOLD.items() if name != "MALLOC_PERTURB_"}
"""What must be there when a program begins; the rest it can be told later."""


def test_what_was_told_to_the_allocator_before_is_still_told() -> None:
    told = environment({"GLIBC_TUNABLES": "glibc.malloc.arena_max=2", "HOME": "/"})
    assert told["GLIBC_TUNABLES"] == "glibc.malloc.arena_max=2:glibc.malloc.tcache_count=0"
    assert told["HOME"] == "/"
    assert environment(told) == told, "a kiosk would begin anew for ever"


def test_another_wish_for_the_cache_does_not_stand_against_ours() -> None:
    told = environment({"GLIBC_TUNABLES": "glibc.malloc.tcache_count=7", "MALLOC_PERTURB_": "0"})
    assert told["GLIBC_TUNABLES"].endswith("glibc.malloc.tcache_count=0")
    assert told["MALLOC_PERTURB_"] != "0"


@pytest.mark.parametrize("told", [{}, {"MALLOC_PERTURB_": "0", "PYTHONMALLOC": "pymalloc"}, AS_TOLD, ALLOCATING])
def test_a_process_begins_anew_at_most_once_and_keeps_its_words(told: dict[str, str]) -> None:
    begun = "import os, sys; print(os.getpid()); from kiosk import launch; launch.begin(); print(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", begun, "--two words", "三"],
        env={**os.environ, **told},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    *process, words = done.stdout.splitlines()
    assert words == "['--two words', '三']"
    assert len(set(process)) == 1, "its process id is another"
    assert len(process) == (1 if told in (AS_TOLD, ALLOCATING) else 2)


def test_what_is_freed_is_overwritten_once_the_start_is_over_small_or_large() -> None:
    told = """if True:
        import ctypes
        from kiosk import launch
        launch.begin()
        libc = ctypes.CDLL(None)
        libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
        def freed(size):
            block = libc.malloc(size)
            ctypes.memset(block, 65, size)
            libc.free(block)
            return ctypes.string_at(block + size // 2, 16)  # its first bytes are the C library's own, or taken again
        print([b"A" in freed(size) for size in (200, 5_000)])
        launch.begun()
        print([b"A" in freed(size) for size in (200, 5_000)])
    """
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.stdout.splitlines() == ["[True, True]", "[False, False]"], done.stderr


def test_garbage_is_looked_for_again_once_the_start_is_over() -> None:
    looks = "print(gc.isenabled())"
    told = f"import gc; from kiosk import launch; launch.begin(); {looks}; launch.begun(); {looks}"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.stdout.split() == ["False", "True"]


def test_a_start_takes_in_nothing_that_only_a_technician_or_a_worker_needs() -> None:
    told = """if True:
        import builtins, sys
        usual = builtins.__import__
        from kiosk import launch
        launch.with_qt()
        import kiosk.app, kiosk.commands
        late = {"numpy", "cv2", "escpos", "smartcard", "pyhanko", "aiohttp"}
        print(sorted(late & set(sys.modules)), builtins.__import__ is usual)
    """
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert done.stdout.strip() == "[] True", done.stderr


def test_no_core_is_left_even_where_cores_go_to_a_pipe() -> None:
    dying = (
        "from kiosk import launch; launch.begin()\n"
        "print(open('/proc/self/coredump_filter').read(), open('/proc/self/limits').read()); import os; os.abort()"
    )
    died = subprocess.run([sys.executable, "-c", dying], cwd=ROOT, capture_output=True, text=True, timeout=20)
    assert died.returncode == -signal.SIGABRT
    (size,) = [line for line in died.stdout.splitlines() if line.startswith("Max core file size")]
    assert size.split()[4:6] == ["0", "0"]
    assert int(died.stdout.split()[0], 16) == 0


@pytest.fixture
def card(tmp_path: Path) -> Iterator[tuple[KioskProcess, Slot]]:
    """A kiosk without a hall, which reads cards all the same, and where they are put in."""
    with ThermalPrinter() as printer, Pcscd() as daemon:
        slot = Slot(daemon.connect)
        told = settings(tmp_path, printer.port, card={"driver": "pcsc", "socket": daemon.path})
        process = KioskProcess(tmp_path, told, {"TMPDIR": str(tmp_path)})
        try:
            process.start()
            process.see("本机暂停服务")
            yield process, slot
        finally:
            slot.remove()
            process.stop()


def test_kiosk_and_workers_are_all_born_this_way(card: tuple[KioskProcess, Slot]) -> None:
    kiosk, _ = card
    itself = psutil.Process(kiosk.pid)
    workers = until("the workers of card and camera", lambda: _at_least(2, itself.children(recursive=True)))
    assert itself.environ() | ALLOCATING == itself.environ()
    for worker in workers:
        assert worker.environ() | AS_TOLD == worker.environ(), worker
    for process in (itself, *workers):
        assert psutil.Process(process.pid).rlimit(psutil.RLIMIT_CORE) == (0, 0), process
        assert int(Path(f"/proc/{process.pid}/coredump_filter").read_text(), 16) == 0, process


def _at_least(number: int, found: list[psutil.Process]) -> list[psutil.Process]:
    return found if len(found) >= number else []


def test_who_took_the_card_back_is_nowhere_in_memory(card: tuple[KioskProcess, Slot]) -> None:
    kiosk, slot = card
    person = somebody("尉迟匿迹")
    slot.insert(SocialCard(person.name, person.number))
    until("the card was read", lambda: _processes(kiosk, person.name) == _processes(kiosk, person.number) != set(), 15)
    slot.remove()
    kiosk.press("nav:leave")
    until("nothing of them in memory", lambda: not in_memory(kiosk.pid, person.name, person.number), 5)


def _processes(kiosk: KioskProcess, word: str) -> set[str]:
    return {trace.process for trace in in_memory(kiosk.pid, word)}


def test_a_stray_signal_does_nothing_to_the_kiosk_nor_to_what_it_starts(tmp_path: Path) -> None:
    """A terminal that hangs up, a stop from a keyboard, a timer nobody set."""
    begun = (
        "import subprocess, sys; from kiosk import launch; launch.begin(); "
        "child = subprocess.Popen(['cat'], stdin=subprocess.PIPE); print(child.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", begun], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as kiosk:
        assert kiosk.stdout is not None
        both = (psutil.Process(kiosk.pid), psutil.Process(int(kiosk.stdout.readline())))
        for stray in (
            *(signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM, signal.SIGVTALRM),
            *(signal.SIGPROF, signal.SIGIO, signal.SIGPWR, signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU),
            *(signal.SIGPIPE, signal.SIGWINCH, signal.SIGCONT, signal.SIGURG, signal.SIGCHLD),
        ):
            for process in both[: 1 if stray is signal.SIGPIPE else 2]:
                process.send_signal(stray)
        assert [each.status() in (psutil.STATUS_SLEEPING, psutil.STATUS_RUNNING) for each in both] == [True, True]
        kiosk.communicate(timeout=20)
        assert kiosk.returncode == 0, "it read to the end of what there was"
