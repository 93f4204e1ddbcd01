"""``python -m tests.build.strictly MODULES``: import all of the product with no other module than the frozen kiosk has.

``MODULES`` is a file with a full name a line. It prints what can't be imported, and why.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Final

OURS: Final = ("kiosk", "devices", "screens", "offline_cache", "certificates")


class _Only:
    """Whatever is not named can't be found."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(self, name: str, _path: Sequence[str] | None = None, _target: ModuleType | None = None) -> None:
        if name not in self._names and name not in sys.builtin_module_names:
            raise ModuleNotFoundError(f"{name} is not in the frozen kiosk", name=name)


def main() -> None:
    names = frozenset(Path(sys.argv[1]).read_text("utf-8").split())
    sys.meta_path.insert(0, _Only(names))
    for name in sorted(names):
        if name.split(".")[0] in OURS and not name.endswith("__main__"):
            try:
                importlib.import_module(name)
            except ImportError as error:
                print(f"{name}: {error}")


if __name__ == "__main__":
    main()
