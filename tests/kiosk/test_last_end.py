"""After a bad end the kiosk knows how it was, tells it once, and has the stacks of it; never a value."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.faults import Fault
from kiosk.last_end import END, WORDS, LastEnd, leave_words, taken

DIES = """
import os, pathlib, sys, threading
from kiosk.last_end import keep_stacks
kept = keep_stacks(pathlib.Path(sys.argv[1]))
def somebody(name: str) -> None:
    print("stands", flush=True)
    threading.Event().wait()
somebody("wang-xiaoming")
"""


@pytest.mark.parametrize(
    ("said", "ended"),
    [
        ("watchdog killed ABRT", LastEnd("stood-still", Fault.STOOD_STILL)),
        ("oom-kill killed KILL\n", LastEnd("out-of-memory", Fault.GREW)),
        ("signal killed SEGV", LastEnd("crashed")),
        ("core-dump dumped SEGV", LastEnd("crashed")),
        ("exit-code exited 1", LastEnd("broke-off")),
        ("timeout killed TERM", LastEnd("too-late")),
        ("success exited 0", None),
        ("success killed TERM", None),
        ("resources  ", None),
        ("watchdog", None),
        ("", None),
        ("watchdog killed ABRT" + " " * 200, None),
        ("\x00\xff" * 40, None),
    ],
)
def test_the_supervisors_word_is_told_once(tmp_path: Path, said: str, ended: LastEnd | None) -> None:
    (tmp_path / END).write_text(said, "utf-8")
    assert taken(tmp_path) == ended
    assert taken(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_the_part_that_gave_no_sign_of_life_is_named(tmp_path: Path) -> None:
    leave_words(tmp_path, "sender")
    (tmp_path / END).write_text("watchdog killed ABRT", "ascii")
    assert taken(tmp_path) == LastEnd("part-silent", Fault.STALE, "sender")


def test_last_words_of_a_run_that_then_ended_otherwise_blame_no_part(tmp_path: Path) -> None:
    leave_words(tmp_path, "sender")
    (tmp_path / END).write_text("success killed TERM", "ascii")
    assert taken(tmp_path) is None
    (tmp_path / END).write_text("watchdog killed ABRT", "ascii")
    assert taken(tmp_path) == LastEnd("stood-still", Fault.STOOD_STILL)
    assert not (tmp_path / WORDS).exists()


def die(folder: Path) -> None:
    """A process that keeps its stacks, killed as a supervisor kills one that stands still."""
    with subprocess.Popen([sys.executable, "-c", DIES, str(folder)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.send_signal(signal.SIGABRT)
        process.stdout.read()
    assert process.returncode == -signal.SIGABRT


def test_the_stacks_of_the_last_four_are_kept_with_names_of_functions_and_nothing_of_a_citizen(tmp_path: Path) -> None:
    for _ in range(6):
        die(tmp_path)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["stacks.0", "stacks.1", "stacks.2", "stacks.3"]
    for name in kept:
        text = (tmp_path / name).read_text("ascii")
        assert "Fatal Python error: Aborted" in text
        assert "in somebody" in text
        assert "wang-xiaoming" not in text
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_a_run_that_ended_well_pushes_nothing_out(tmp_path: Path) -> None:
    die(tmp_path)
    well = DIES.partition("def somebody")[0]
    for _ in range(5):
        subprocess.run([sys.executable, "-c", well, str(tmp_path)], check=True)
    assert (tmp_path / "stacks.1").stat().st_size > 0
    assert not (tmp_path / "stacks.2").exists()
