"""``python -m tests.fuzz [--cases N] [--engine mutator|atheris] [--only PARSER]``: hostile bytes, a table, JSON.

Ends red where anything but an allowed error came out. ``--input HEX`` tries one input on the ``--only`` parser.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.fuzz import engine, guided
from tests.fuzz.engine import Findings
from tests.fuzz.target import tried
from tests.fuzz.targets import TARGETS, cases


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz", description="hostile bytes by the million")
    parser.add_argument("--cases", type=int, default=1_000_000, help="over all parsers together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("mutator", "atheris"), default="mutator")
    parser.add_argument("--only", choices=TARGETS, action="append")
    parser.add_argument("--input", metavar="HEX")
    parser.add_argument("--out", type=Path, default=Path("out/fuzz.json"))
    asked = parser.parse_args()
    names = asked.only or list(TARGETS)
    if asked.input is not None:
        return _one(names, bytes.fromhex(asked.input))
    with tempfile.TemporaryDirectory(prefix="keting-fuzz-") as folder:
        wanted = cases(asked.cases, names)
        guiding = asked.engine == "atheris"
        slices = guided.run(wanted, asked.seed, Path(folder)) if guiding else engine.run(wanted, asked.seed)
        rows = [found.row(TARGETS[name]) for name, found in _followed(slices, sum(wanted.values()), names).items()]
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    summary = {"engine": asked.engine, "seed": asked.seed, "cases": sum(row["cases"] for row in rows), "parsers": rows}
    asked.out.write_text(json.dumps(summary, ensure_ascii=False, indent=1), "utf-8")
    return told(rows)


def _followed(slices: Iterator[tuple[str, Findings]], total: int, names: list[str]) -> dict[str, Findings]:
    """All slices together, with a line every ten seconds."""
    found = {name: Findings() for name in names}
    began = said = time.monotonic()
    for name, part in slices:
        found[name].add(part)
        now = time.monotonic()
        if now - said >= 10:
            said = now
            done, bad = sum(each.cases for each in found.values()), sum(each.times.total() for each in found.values())
            print(f"{done:>9,} of {total:,} in {now - began:.0f} s, {bad} findings", file=sys.stderr, flush=True)
    return found


def told(rows: list[dict[str, Any]]) -> int:
    """Print the table; the command's last word, 1 where something was found."""
    for row in rows:
        allowed = ", ".join(row["allowed"]) or "nothing"
        print(f"{row['parser']:28} {row['cases']:>8,} cases  {row['slowest_ms']:>6} ms  {allowed}")
        for found in row["found"]:
            print(f"    {found['error']} ({found['times']} times): {found['input'][:160]}")
    bad = [row["parser"] for row in rows if row["found"]]
    print(f"{sum(row['cases'] for row in rows):,} cases, {len(bad)} parsers with findings")
    return 1 if bad else 0


def _one(names: list[str], data: bytes) -> int:
    outcomes = {name: tried(TARGETS[name], data) for name in names}
    for name, outcome in outcomes.items():
        print(f"{name}: {outcome.error or ('refused' if outcome.refused else 'accepted')}")
    return 1 if any(outcome.error for outcome in outcomes.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
