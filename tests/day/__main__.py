"""``python -m tests.day --out out/demo [--check NAME]``: play the day, write the report, end red where it is."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from tests.day import checks, report
from tests.day.check import CHECKS, run
from tests.day.world import World

assert checks


def main() -> int:
    parser = argparse.ArgumentParser(description="the scripted day")
    parser.add_argument("--out", type=Path, default=Path("out/demo"))
    parser.add_argument("--check", choices=sorted(CHECKS), action="append")
    asked = parser.parse_args()
    out = asked.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    rows = []
    with tempfile.TemporaryDirectory(prefix="keting-") as folder:
        world = World(Path(folder))
        try:
            names = asked.check or list(CHECKS)
            for name in names:
                row = run(name, world, out)
                rows.append(row)
                print(f"{'ok ' if row['ok'] else 'RED'} {name:48} {row['ms'] / 1000:6.1f} s  {row['detail'][:160]}")
                sys.stdout.flush()
                world.keep_lags()
                if not row["ok"] and name != names[-1]:
                    world.start_over()
        finally:
            world.close()
    (out / "report.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), "utf-8")
    (out / "lags.json").write_text(json.dumps(world.lags()), "utf-8")
    (out / "report.html").write_text(report.page(rows), "utf-8")
    red = [row["name"] for row in rows if not row["ok"]]
    print(f"{len(rows) - len(red)} passed, {len(red)} failed")
    return 1 if red or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
