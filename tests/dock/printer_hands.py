"""The hands at the slip printer and under it: paper, cover, power, the slip in the tray and what its code says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from devices.printer import Paper
from devices.printer.sim_paper import Piece
from tests.day.paper import Picture, code_on, picture
from tests.day.world import Place

ROWS_PER_S: Final = 1_200
"""150 mm of paper a second, as an ordinary printer: there is time to cut its power in the middle of a slip."""

TEAR_AT: Final = 500


class PrinterHands:
    """``did`` hears what is done. ``cover_open``, ``powered``: as the hands left them."""

    def __init__(self, place: Place, did: Callable[[str], None]) -> None:
        self._place, self._did = place, did
        self._printer = place.printer
        self._printer.slow(ROWS_PER_S)
        self.cover_open = False
        self.powered = True
        self._torn_before: int | None = None
        self._taken = 0
        self._read: tuple[Piece, str] | None = None

    @property
    def paper(self) -> Paper:
        """What its sensors say."""
        status = self._printer.queued_status()
        return Paper.OUT if status & 0x0C else Paper.LOW if status & 0x03 else Paper.OK

    @property
    def tearing(self) -> bool:
        """Whether the next slip will be torn."""
        if self._torn_before is not None and self._torn() > self._torn_before:
            self._torn_before = None
        return self._torn_before is not None

    def _torn(self) -> int:
        return sum(piece.torn for piece in self._place.papers())

    def tear_next(self) -> None:
        """Pull at the next slip while it is being printed."""
        self._torn_before = self._torn()
        self._printer.tear_paper_at(TEAR_AT)
        self._did("will tear the next slip while it comes out")

    def run_low(self) -> None:
        self._printer.paper_low()
        self._did("leaves little paper on the roll")

    def run_out(self) -> None:
        self._printer.paper_out()
        self._did("takes the paper away")

    def refill(self) -> None:
        self._printer.refill()
        self._did("puts in a new roll")

    def open_cover(self) -> None:
        self._printer.open_cover()
        self.cover_open = True
        self._did("opens the printer's cover")

    def close_cover(self) -> None:
        self._printer.close_cover()
        self.cover_open = False
        self._did("closes the cover")

    def cut_power(self) -> None:
        self._printer.power_cut()
        self.powered = False
        self._did("cuts the printer's power")

    def restore_power(self) -> None:
        self._printer.power_on()
        self.powered = True
        self._did("gives the printer power again")

    # the slip

    def slip(self) -> Piece | None:
        """The newest paper that nobody has taken."""
        papers = self._place.papers()
        return papers[-1] if len(papers) > self._taken else None

    def dots(self) -> Picture:
        """That paper, one pixel a dot. Raises ``AssertionError`` where there is none."""
        piece = self.slip()
        assert piece is not None, "no slip lies there"
        return picture(piece)

    def address(self) -> str:
        """The address on that paper, read from its QR code; "" where it has none, or not all of it."""
        piece = self.slip()
        if piece is None or not self._printer.idle:
            return ""
        if self._read is None or self._read[0] != piece:
            try:
                self._read = piece, code_on(piece)
            except AssertionError:  # torn before its code
                self._read = piece, ""
        return self._read[1]

    def take_slip(self) -> None:
        """Take what lies in the tray or hangs in the mouth."""
        self._printer.pull_off()
        self._taken = len(self._place.papers())
        self._did("takes the slip")
