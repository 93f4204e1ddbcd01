"""``python -m tests.day --out out/demo [--check NAME] [--crews N]``: play the day, write a report; red where it is."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from pathlib import Path

from tests.day import checks, crew, report
from tests.day.check import CHECKS
from tests.day.crew import Row

assert checks


def main() -> int:
    parser = argparse.ArgumentParser(description="the scripted day")
    parser.add_argument("--out", type=Path, default=Path("out/demo"))
    parser.add_argument("--check", choices=sorted(CHECKS), action="append")
    parser.add_argument("--crews", type=int, default=1, help="processes that play side by side, each in its own world")
    parser.add_argument("--member", action="store_true", help="be one of them")
    asked = parser.parse_args()
    out = asked.out.resolve()
    if asked.member:
        crew.member(out)
        return 0
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    names = [name for name in CHECKS if not asked.check or name in asked.check]  # what one leaves, the next may find
    if asked.crews > 1 and len(names) > 1:
        rows, lags = crew.side_by_side(names, out, asked.crews, _tell)
    else:
        rows, lags = [], []
        for row, late in crew.played(iter(names), out):
            rows, lags = [*rows, row], late
            _tell(row)
    (out / "report.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    (out / "lags.json").write_text(json.dumps(lags), "utf-8")
    (out / "report.html").write_text(report.page(rows), "utf-8")
    red = [row["name"] for row in rows if not row["ok"]]
    print(f"{len(rows) - len(red)} passed, {len(red)} failed")
    return 1 if red else 0


def _tell(row: Row) -> None:
    print(f"{'ok ' if row['ok'] else 'RED'} {row['name']:48} {row['ms'] / 1000:6.1f} s  {row['detail'][:160]}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
