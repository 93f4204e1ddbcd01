"""``python -m tests.bench --out out/bench [--only NAME]``: measure, write the figures, print the table.

A figure that falls short is a row like any other; only what could not be
measured ends the command red. All benches together also write ``docs/bench.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tests.bench import (
    crash,
    drain,
    frozen,
    identity,
    lag,
    papers,
    sheet,
    sizes,
    slip,
    start,
    store,
    verifier,
    visit,
    worn,
)
from tests.bench.machine import load, machine
from tests.bench.row import Row
from tests.bench.table import Bench, page, terminal

BENCHES: Final[dict[str, Callable[[], Sequence[Row]]]] = {
    "slip": slip.rows,
    "sheet": sheet.rows,
    "sizes": sizes.rows,
    "papers": papers.rows,
    "store": store.rows,
    "drain": drain.rows,
    "start": start.rows,
    "crash": crash.rows,
    "frozen": frozen.rows,
    "visit": visit.rows,
    "lag": lag.rows,
    "identity": identity.rows,
    "verifier": verifier.rows,
    "worn": worn.rows,
}

DOCS: Final = Path(__file__).resolve().parents[2] / "docs" / "bench.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description="figures beside their peers")
    parser.add_argument("--out", type=Path, default=Path("out/bench"))
    parser.add_argument("--only", choices=BENCHES, action="append")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    benches = [_measured(name, asked.out) for name in asked.only or BENCHES]
    print(terminal([row for bench in benches for row in bench.rows]))
    if not asked.only:
        DOCS.write_text(page(benches, machine()), "utf-8")
    return 1 if any(bench.broken for bench in benches) else 0


def _measured(name: str, out: Path) -> Bench:
    busy, began = load(), time.monotonic()
    rows: Sequence[Row] = ()
    broken = ""
    try:
        rows = BENCHES[name]()
    except Exception as error:  # noqa: BLE001 - the other figures are still to be had
        traceback.print_exc()
        broken = f"{type(error).__name__}; the terminal said where"
    (out / f"{name}.json").write_text(json.dumps([row.json() for row in rows], ensure_ascii=False, indent=1), "utf-8")
    bench = Bench(name, time.monotonic() - began, busy, rows, broken)
    print(f"{name}: {bench.seconds:.0f} s{', could not be measured' if broken else ''}", file=sys.stderr)
    return bench


if __name__ == "__main__":
    sys.exit(main())
