"""python-escpos, of which the kiosk uses how it opens a plug. Imported when first needed, not at the start.

With the import it reads all it knows of printers, half a second of Python; ``capabilities.json`` is what a plug needs.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Final

_CAPABILITIES: Final = "ESCPOS_CAPABILITIES_FILE"
os.environ[_CAPABILITIES] = str(Path(__file__).with_name("capabilities.json"))

from escpos.exceptions import DeviceNotFoundError  # noqa: E402
from escpos.printer import Network, Serial  # noqa: E402

__all__ = ["DeviceNotFoundError", "NetworkPrinter", "Serial"]

del os.environ[_CAPABILITIES]


class NetworkPrinter(Network):  # type: ignore[misc]  # python-escpos has no types
    """Closes the socket of a failed connect; ``Network`` of 3.1 forgets it open."""

    def __setattr__(self, name: str, value: Any) -> None:
        before = self._device
        super().__setattr__(name, value)
        if name == "_device" and value is None and before:
            before.close()
