"""One sabotage, played: the day's check in a sabotaged copy, in a process of its own, and what came of it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.prove.sabotage import Misfit, Sabotage, copy_tree


@dataclass(frozen=True, slots=True)
class Proof:
    """``red``: the check failed, and by what it must have seen. ``detail`` is what it said, or what else was wrong."""

    check: str
    why: str
    red: bool
    detail: str

    def line(self) -> str:
        told = " ".join(self.detail.split())[:160]
        return f"{self.check:40} {'RED (as it must): ' if self.red else ''}{told}"


def prove(sabotage: Sabotage, out: Path) -> Proof:
    """Play ``sabotage``; the evidence of the day is left in ``out``."""
    with tempfile.TemporaryDirectory(prefix="keting-prove-") as folder:
        tree = copy_tree(Path(folder))
        try:
            for edit in sabotage.edits:
                edit.do(tree)
        except Misfit as misfit:
            return Proof(sabotage.check, sabotage.why, False, f"ERROR: the sabotage does not fit: {misfit}")
        return _judged(sabotage, _play(sabotage, tree, out))


def _play(sabotage: Sabotage, tree: Path, out: Path) -> dict[str, Any] | str:
    """The check's row in the day's report; a sentence where there is none."""
    out.mkdir(parents=True)
    command = [sys.executable, "-m", "tests.day", "--out", str(out / "day"), "--check", sabotage.check]
    with (out / "day.log").open("wb") as log:
        day = subprocess.Popen(
            command,
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            day.wait(sabotage.seconds)
        except subprocess.TimeoutExpired:
            return f"ERROR: the day hung for {sabotage.seconds:.0f} s"
        finally:
            _end(day)
    report = out / "day" / "report.json"
    if not report.is_file():
        return f"ERROR: the day broke off: {(out / 'day.log').read_text('utf-8', 'replace').strip()[-300:]}"
    row: dict[str, Any] = json.loads(report.read_text("utf-8"))[0]
    return row


def _end(day: subprocess.Popen[bytes]) -> None:
    """End the day with all that it started."""
    if day.poll() is None:
        os.killpg(day.pid, signal.SIGKILL)
        day.wait()


def _judged(sabotage: Sabotage, row: dict[str, Any] | str) -> Proof:
    if isinstance(row, str):
        red, detail = False, row
    elif row["ok"]:
        red, detail = False, f"GREEN: the check sees nothing. It says: {row['detail']}"
    else:
        red = sabotage.sees in row["detail"]
        detail = row["detail"] if red else f"RED for another reason than {sabotage.sees!r}: {row['detail']}"
    return Proof(sabotage.check, sabotage.why, red, detail)
