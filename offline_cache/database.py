"""sqlite-utils' ``Database``.

sqlite-utils imports numpy where it finds it, for columns that no store of ours has. The kiosk's own process needs it
for nothing else: without it the start is a tenth shorter.
"""

from __future__ import annotations

import sys
from typing import Any

__all__ = ["Database"]

_modules: dict[str, Any] = sys.modules
_known = _modules.get("numpy")
if _known is None:
    _modules["numpy"] = None

from sqlite_utils import Database  # noqa: E402

if _known is None:
    del _modules["numpy"]
