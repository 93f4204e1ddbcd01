"""``python -m kiosk.failures docs/failures``: write the page of every code, and the list of all."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from kiosk.failures import catalogue, families
from kiosk.failures.page import index, page


def main(arguments: Sequence[str] | None = None) -> int:
    wants = argparse.ArgumentParser(prog="python -m kiosk.failures", description=__doc__)
    wants.add_argument("out", type=Path, help="the folder of the pages; one of a code that is no more is removed")
    out: Path = wants.parse_args(arguments).out
    out.mkdir(parents=True, exist_ok=True)
    pages = {f"{failure.code}.md": page(failure) for failure in catalogue().values()}
    pages["README.md"] = index(families())
    for name, text in pages.items():
        (out / name).write_text(text, "utf-8")
    for old in out.glob("[A-Z][0-9][0-9][0-9].md"):
        if old.name not in pages:
            old.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
