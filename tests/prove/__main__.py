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
from dataclasses import asdict
from pathlib import Path

from tests.day import checks
from tests.day.check import CHECKS
from tests.prove.proof import Proof, prove
from tests.prove.sabotage import load

assert checks


def main() -> int:
    parser = argparse.ArgumentParser(description="sabotage the product once for each check of the day")
    parser.add_argument("--out", type=Path, default=Path("out/prove"))
    parser.add_argument("--check", choices=sorted(CHECKS), action="append")
    asked = parser.parse_args()
    out = asked.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    sabotages = {sabotage.check: sabotage for sabotage in load()}
    proofs = []
    for name in asked.check or CHECKS:
        began = time.monotonic()
        known = sabotages.get(name)
        proof = prove(known, out / name) if known else Proof(name, "", False, "there is no sabotage of it")
        proofs.append(proof)
        print(f"{time.monotonic() - began:6.1f} s  {proof.line()}", flush=True)
        table = json.dumps([asdict(proof) for proof in proofs], ensure_ascii=False, indent=1)
        (out / "report.json").write_text(table, "utf-8")
    proven = sum(proof.red for proof in proofs)
    print(f"{proven} of {len(proofs)} checks turned red as they must")
    return 0 if proven == len(proofs) else 1


if __name__ == "__main__":
    sys.exit(main())
