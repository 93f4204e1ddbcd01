"""``python -m tests.prove [--check NAME]``: every check of the day, against a product that breaks its promise.

Ends red where a check stays green, turns red for another reason, or has a
sabotage that does not fit (any more).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict
from pathlib import Path
from typing import Final

from tests.day import checks
from tests.day.check import CHECKS
from tests.prove.proof import Proof, prove
from tests.prove.sabotage import Sabotage, load

assert checks

AT_ONCE: Final = 2
"""Worlds beside each other: each has its own folders, ports and daemons, and mostly waits."""


def main() -> int:
    parser = argparse.ArgumentParser(description="sabotage the product once for each check of the day")
    parser.add_argument("--out", type=Path, default=Path("out/prove"))
    parser.add_argument("--check", choices=sorted(CHECKS), action="append")
    asked = parser.parse_args()
    out = asked.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    sabotages = {sabotage.check: sabotage for sabotage in load()}
    proofs: list[Proof] = []
    with ThreadPoolExecutor(AT_ONCE) as hands:
        coming = [hands.submit(_proved, name, sabotages.get(name), out) for name in asked.check or CHECKS]
        for each in as_completed(coming):
            proof, seconds = each.result()
            proofs.append(proof)
            print(f"{seconds:6.1f} s  {proof.line()}", flush=True)
            table = json.dumps([asdict(proof) for proof in proofs], ensure_ascii=False, indent=1)
            (out / "report.json").write_text(table, "utf-8")
    proven = sum(proof.red for proof in proofs)
    print(f"{proven} of {len(proofs)} checks turned red as they must")
    return 0 if proven == len(proofs) else 1


def _proved(name: str, sabotage: Sabotage | None, out: Path) -> tuple[Proof, float]:
    """The proof, and how long it took."""
    began = time.monotonic()
    proof = prove(sabotage, out / name) if sabotage else Proof(name, "", False, "there is no sabotage of it")
    return proof, time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
