"""``python -m certificates root``: the ceremony. ``python -m certificates lint``: can the templates be printed?"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from certificates import ceremony


def main(arguments: Sequence[str] | None = None) -> int:
    """0: done; 1: stopped, or lint found something; 2: called wrongly."""
    chosen = _parser().parse_args(arguments)
    return _root(chosen) if chosen.command == "root" else _lint(chosen.folder)


def _root(chosen: argparse.Namespace) -> int:
    papers = ceremony.Papers(chosen.request, chosen.key, chosen.out, chosen.previous, chosen.new_key)
    try:
        _, words = ceremony.held(papers, chosen.host, chosen.years, int(time.time()))
    except ceremony.Stopped as stopped:
        print(f"Stopped: {stopped}.", file=sys.stderr)
        return 1
    print(f"Read aloud and compare at the hall.\n\n{words}\n\nCarry {chosen.out} to the hall. Lock the keys away.")
    return 0


def _lint(folder: Path | None) -> int:
    # They draw papers, and a ceremony needs nothing of that.
    from certificates.fonts import FontsDiffer
    from certificates.lint import lint

    try:
        faults = lint(folder)
    except FontsDiffer as fault:
        faults = [str(fault)]
    print("\n".join(faults) or "Every template fits its papers.")
    return 1 if faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m certificates", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    root = commands.add_parser("root", help="make the next root of a hall, on a machine that is not the hall's")
    root.add_argument("--request", type=Path, required=True, help="what the hall wrote: its host and public keys")
    root.add_argument("--host", required=True, help="the hall's authority, read from paper and not from the request")
    root.add_argument("--key", type=Path, required=True, help="the root's key; made where there is none")
    root.add_argument("--out", type=Path, required=True, help="the signed root; never written over")
    root.add_argument("--previous", type=Path, help="the root before, for every version but the first")
    root.add_argument("--new-key", type=Path, help="the root's key from now on, where it changes")
    root.add_argument("--years", type=int, default=10, help="how long it holds")
    lint = commands.add_parser("lint", help="check templates: does the worst case fit code and paper?")
    lint.add_argument("folder", type=Path, nargs="?")
    return parser


if __name__ == "__main__":
    sys.exit(main())
