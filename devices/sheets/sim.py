"""An A4 printer at the far end of a network cable, for tests and the demo.

Its electronics are a real program (``sim_server.py``), its paper path is ours
(``sim_path.py``). It keeps going without a client, as real ones do, and
forgets every job when its power is cut.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Self

from devices.sheets.sim_path import PaperPath


class SheetFeeder(PaperPath):
    """The printer, and what people do to it. A context manager; its papers are gone with it.

    ``plugged``: it is on from the start. ``sheet_s``: seconds from tray to tray, which may be changed at any time.
    """

    def __init__(self, plugged: bool = True, sheet_s: float = 0.2) -> None:
        super().__init__(sheet_s)
        if plugged:
            self.power_on()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the machine on the table

    @property
    def uri(self) -> str:
        return self._server.uri

    @property
    def port(self) -> int:
        return self._server.port

    @property
    def begun(self) -> int:
        """Sheets that were taken from the tray, whatever became of them."""
        return self._begun

    @property
    def idle(self) -> bool:
        return not self._busy

    @property
    def requests(self) -> list[str]:
        """What it was asked since it is there, in IPP's words, whether it did it or not."""
        return list(self._requests)

    def papers(self) -> list[Path]:
        """The PDF of each sheet that came out whole, byte for byte as the printer received it, oldest first."""
        with self._changed:
            return list(self._papers)

    def until(self, seen: Callable[[SheetFeeder], bool], within: float = 5.0) -> bool:
        """Wait until ``seen``; False when it does not happen ``within`` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: seen(self), within)

    # -- what people and dust do to it

    def paper_out(self) -> None:
        """Not media-empty: with that ippeveprinter itself takes no document more, and only its web page ends it."""
        self._say("media-needed-error")

    def refill(self) -> None:
        self._unsay("media-needed-error")

    def open_cover(self) -> None:
        self._say("cover-open-error")

    def close_cover(self) -> None:
        self._unsay("cover-open-error")

    def jam(self) -> None:
        self._say("media-jam-error")

    def clear_jam(self) -> None:
        self._unsay("media-jam-error")

    def use_up_toner(self) -> None:
        self._say("marker-supply-empty-error")

    def change_toner(self) -> None:
        self._unsay("marker-supply-empty-error")

    def run_low(self) -> None:
        """Few sheets are left, and little toner: it prints."""
        self._say("media-low-report", "marker-supply-low-report")

    def break_down(self) -> None:
        """It gives up every sheet that is begun, and does not say why."""
        self._broken = True

    def at(self, part: float, happens: Callable[[], None]) -> None:
        """Once, when a sheet has gone this part of its way (0 to 1)."""
        self._at.append((part, happens))

    def after_out(self, happens: Callable[[], None]) -> None:
        """Once, when a sheet has come out and before the printer tells anybody."""
        self._at.append((1.0, happens))
