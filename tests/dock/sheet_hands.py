"""The hands at the A4 printer and under it: paper, power, the sheet in the tray."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.day.certificates import page_of
from tests.day.paper import Picture, codes
from tests.day.world import Place
from tests.dock.seen import Sheet

SHEET_S: Final = 3.0
"""As an ordinary printer: there is time to cut its power in the middle of a sheet."""

_DPI: Final = 110


class SheetHands:
    """``did`` hears what is done. ``out``, ``powered``: as the hands left paper and power."""

    def __init__(self, place: Place, did: Callable[[str], None]) -> None:
        self._did = did
        self._feeder = place.feeder
        self._feeder.sheet_s = SHEET_S
        self.out = False
        self.powered = True
        self._taken = 0
        self._read: tuple[Path, Sheet] | None = None

    def run_out(self) -> None:
        self._feeder.paper_out()
        self.out = True
        self._did("takes the A4 paper away")

    def refill(self) -> None:
        self._feeder.refill()
        self.out = False
        self._did("puts A4 paper in")

    def cut_power(self) -> None:
        self._feeder.power_cut()
        self.powered = False
        self._did("cuts the A4 printer's power")

    def restore_power(self) -> None:
        self._feeder.power_on()
        self.powered = True
        self._did("gives the A4 printer power again")

    # the sheet

    def sheet(self) -> Sheet | None:
        """The newest sheet that nobody has taken."""
        file = self._newest()
        if file is None:
            return None
        if self._read is None or self._read[0] != file:
            found = codes(page_of(file))
            self._read = file, Sheet(page_of(file, _DPI, colour=True), found[0].text if len(found) == 1 else "")
            if len(found) != 1:
                self._did(f"finds {len(found)} codes on the sheet")
        return self._read[1]

    def dots(self) -> Picture:
        """That sheet, one pixel a dot. Raises ``AssertionError`` where there is none."""
        file = self._newest()
        assert file is not None, "no sheet lies there"
        return page_of(file)

    def take_sheet(self) -> None:
        self._taken = len(self._feeder.papers())
        self._did("takes the sheet")

    def _newest(self) -> Path | None:
        papers = self._feeder.papers()
        return papers[-1] if len(papers) > self._taken else None
