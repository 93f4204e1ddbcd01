"""python-escpos's network printer, less one leak. Imported when first needed: it takes 0.3 s."""

from __future__ import annotations

from typing import Any

from escpos.printer import Network


class NetworkPrinter(Network):  # type: ignore[misc]  # python-escpos has no types
    """Closes the socket of a failed connect; ``Network`` of 3.1 forgets it open."""

    def __setattr__(self, name: str, value: Any) -> None:
        before = self._device
        super().__setattr__(name, value)
        if name == "_device" and value is None and before:
            before.close()
