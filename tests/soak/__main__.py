"""``python -m tests.soak --visits 10000 --seed 1 --out out/soak [--docs]``: red where a limit is broken."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.soak import report
from tests.soak.faults import FAULTS
from tests.soak.plan import plan
from tests.soak.run import soak
from tests.soak.visits import KINDS

DOCS: Final = Path(__file__).resolve().parents[2] / "docs" / "soak.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="soak", description="visits in a row, with seeded faults")
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", type=int, default=100, help="visits between two counts")
    parser.add_argument("--out", type=Path, default=Path("out/soak"))
    parser.add_argument("--docs", action="store_true", help="write docs/soak.md too")
    asked = parser.parse_args()
    shares = {name: kind.share for name, kind in KINDS.items()}
    turns = plan(asked.visits, asked.seed, shares, {name: fault.then for name, fault in FAULTS.items()})
    with tempfile.TemporaryDirectory(prefix="keting-soak-") as folder:
        run = soak(Path(folder), turns, asked.block, _tell)
    told = report.data(run, asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "report.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    if asked.docs:
        DOCS.write_text(report.page(run, asked.seed), "utf-8")
    for limit in report.limits(run):
        print(f"{'ok   ' if limit.ok else 'SHORT'} {limit.name}: {limit.found} (allowed: {limit.allowed})")
    return 0 if told["ok"] and not run.ended else 1


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
