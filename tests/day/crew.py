"""Crews play the day side by side: each in a process and a world of its own, taking the next check when it has time.

A day is mostly waiting: for paper, for time-outs, for daemons. Two crews on two cores play it in little more than
half the time. The papers that the day leaves are those of one hall: the first crew plays all that leave some, and
helps with the others after that.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from tests.day.check import CHECKS, run
from tests.day.checks import certificates, left, refused, sheets, verifying
from tests.day.world import World

Row = dict[str, Any]

_LEAVE_PAPERS: Final = {module.__name__ for module in (certificates, verifying, refused, sheets, left)}
_ROOT: Final = Path(__file__).resolve().parents[2]


def played(names: Iterator[str], out: Path) -> Iterator[tuple[Row, list[float]]]:
    """Play checks in one world: each one's row, and how late the beats of its kiosks' GUI threads were so far."""
    with tempfile.TemporaryDirectory(prefix="keting-") as folder:
        world = World(Path(folder))
        try:
            whole = True
            for name in names:
                if not whole:
                    world.start_over()
                row = run(name, world, out)
                whole = bool(row["ok"])
                world.keep_lags()
                yield row, world.lags()
        finally:
            world.close()


def member(out: Path) -> None:
    """One crew, as a process: names come in line by line, rows go out line by line."""
    said = sys.stdout
    sys.stdout = sys.stderr  # whatever a check prints is no row
    for row, lags in played((line.strip() for line in sys.stdin), out):
        said.write(json.dumps([row, lags]) + "\n")
        said.flush()


def side_by_side(
    names: Sequence[str], out: Path, crews: int, tell: Callable[[Row], None]
) -> tuple[list[Row], list[float]]:
    """Have ``crews`` processes play ``names``. Gives the rows in that order, and the lags of all.

    ``tell`` hears each row as it comes. A crew that dies leaves the check it played as a red row; the other goes on.
    """
    papers, others = deque[str](), deque[str]()
    for name in names:
        (papers if CHECKS[name].__module__ in _LEAVE_PAPERS else others).append(name)
    rows, lags = dict[str, Row](), dict[int, list[float]]()
    lock = threading.Lock()

    def next_for(crew: int) -> str | None:
        """The lock is held."""
        coming = papers if papers and crew == 0 else others
        return coming.popleft() if coming else None

    def lead(crew: int) -> None:
        command = [sys.executable, "-m", "tests.day", "--out", str(out), "--member"]
        with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            while True:
                with lock:
                    name = next_for(crew)
                if name is None:
                    break
                process.stdin.write(f"{name}\n")
                process.stdin.flush()
                answer = process.stdout.readline()
                with lock:
                    rows[name], lags[crew] = json.loads(answer) if answer else (_died(name), lags.get(crew, []))
                    tell(rows[name])
                if not answer:
                    break
            process.stdin.close()

    leaders = [threading.Thread(target=lead, args=(crew,)) for crew in range(crews)]
    for leader in leaders:
        leader.start()
    for leader in leaders:
        leader.join()
    return [rows.get(name) or _died(name) for name in names], [lag for each in lags.values() for lag in each]


def _died(name: str) -> Row:
    return {"name": name, "ok": False, "detail": "its crew died before the end", "ms": 0, "evidence": []}
