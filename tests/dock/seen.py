"""What can be seen from the table: how every device stands, what lies in the tray, who waits at the hall."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from devices.printer import Paper
from devices.printer.sim_paper import Piece
from tests.day.paper import Picture

Which = Literal["slip", "sheet"]
"""A paper in the tray."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket as the hall has it. ``whose``: the masked name, or how it was taken."""

    number: str
    state: str
    whose: str
    matters: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet of A4 that came out. ``picture``: blue, green, red. ``address``: what its QR code says."""

    picture: Picture = field(repr=False)
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Phone:
    """A page on a phone. ``paper``: whose address it opened. ``picture``: PNG, as it looks."""

    paper: Which
    words: str
    picture: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Seen:
    """``card`` and ``id_card`` are places in ``PEOPLE``. Clocks are wrong by seconds. ``address``: of ``slip``.

    ``code``, ``held``: whether a booking code, and which paper, is under the camera.
    """

    card: int | None = None
    id_card: int | None = None
    code: bool = False
    held: Which | None = None
    paper: Paper = Paper.OK
    tearing: bool = False
    cover_open: bool = False
    printer_on: bool = True
    sheets_out: bool = False
    sheets_on: bool = True
    daemon: bool = True
    cable: bool = True
    kiosk: bool = True
    hall_wrong: int = 0
    kiosk_wrong: int = 0
    slip: Piece | None = field(default=None, repr=False)
    address: str = ""
    sheet: Sheet | None = None
    phone: Phone | None = None
    queue: tuple[Waiting, ...] = ()

    def code_on(self, paper: Which) -> str:
        """What the QR code on that paper says; "" where there is no paper, or no code."""
        if paper == "slip":
            return self.address
        return self.sheet.address if self.sheet else ""
