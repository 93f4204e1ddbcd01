"""The kiosk knows how big it is, as the kernel knows."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from kiosk.growth import Size, measured

SMALL = Size(100, 50, 10, 3)


@pytest.mark.parametrize(
    ("size", "names"),
    [
        (SMALL, ()),
        (Size(101, 50, 10, 3), ("memory",)),
        (Size(100, 51, 11, 3), ("descriptors", "threads")),
        (Size(0, 0, 0, 4), ("children",)),
    ],
)
def test_what_there_is_too_much_of_is_named(size: Size, names: tuple[str, ...]) -> None:
    assert size.beyond(SMALL) == names


def test_files_and_threads_that_are_left_open_are_counted() -> None:
    before, go = measured(), threading.Event()
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(Path(os.devnull).open())
        threads = [threading.Thread(target=go.wait) for _ in range(5)]
        for thread in threads:
            thread.start()
        grown = measured()
        go.set()
        for thread in threads:
            thread.join()
    assert grown.descriptors - before.descriptors == 20
    assert grown.threads - before.threads == 5


def test_memory_is_that_of_the_process_and_of_all_its_children() -> None:
    grow = "import sys; kept = bytearray(b'x') * (64 << 20); print(len(kept), flush=True); sys.stdin.read()"
    shell = f'"{sys.executable}" -c "{grow}"; true'
    before = measured()
    with subprocess.Popen(["/bin/sh", "-c", shell], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline()
        grown = measured()
        child.communicate()
    assert grown.children - before.children == 2, "the shell and its own child"
    assert 60 < grown.memory - before.memory < 120


def test_the_measure_is_the_kernels() -> None:
    own = psutil.Process()
    everyone = [own, *own.children(recursive=True)]
    summed = sum(each.memory_full_info().pss for each in everyone) >> 20
    assert abs(measured(str(os.getpid())).memory - summed) < 20
