"""What can be seen from the table: how every device stands, what lies in the tray, who waits at the hall."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from devices.printer import Paper
from devices.printer.sim_paper import Piece
from tests.day.paper import Picture
from tests.dock.documents import Document
from tests.dock.page import Page
from tests.dock.work_cards import WorkCard

Which = Literal["slip", "sheet"]
"""A paper in the tray."""

Power = Literal["mains", "battery", "low"]
"""What the UPS runs on; ``low`` is its battery at the end."""

Under = Literal["booking", "lines", "slip", "sheet"]
"""What is held under the camera: a booking's code, the lines of a passport as a code, a paper."""


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
class Letter:
    """A message that came to a phone, and the address it leads to."""

    title: str
    text: str = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Handset:
    """A phone in the hand. ``who``: a place in ``OWNERS``. ``page``: None before a scan. ``letters``: newest first."""

    who: int
    nickname: str
    page: Page | None = None
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """``card`` and ``id_card`` are places in ``PEOPLE``. Clocks are wrong by seconds. ``address``: of ``slip``.

    ``document``, ``work``: in the card reader instead of a card. ``under``: under the camera. ``phone``: held over a
    paper. ``no_stick``: why none can be put in here, "" where it can. ``frozen``: the kiosk's process stands still.
    """

    card: int | None = None
    id_card: int | None = None
    document: Document | None = None
    work: WorkCard | None = None
    under: Under | None = None
    paper: Paper = Paper.OK
    tearing: bool = False
    cover_open: bool = False
    printer_on: bool = True
    sheets_out: bool = False
    sheets_on: bool = True
    daemon: bool = True
    cable: bool = True
    kiosk: bool = True
    frozen: bool = False
    power: Power = "mains"
    stick: bool = False
    no_stick: str = ""
    hall_wrong: int = 0
    kiosk_wrong: int = 0
    slip: Piece | None = field(default=None, repr=False)
    address: str = ""
    sheet: Sheet | None = None
    phone: Phone | None = None
    handset: Handset | None = None
    queue: tuple[Waiting, ...] = ()

    @property
    def whose(self) -> int | None:
        """The person whose card lies there, an ID card before a social security card; a place in ``PEOPLE``."""
        return self.card if self.id_card is None else self.id_card

    def code_on(self, paper: Which) -> str:
        """What the QR code on that paper says; "" where there is no paper, or no code."""
        if paper == "slip":
            return self.address
        return self.sheet.address if self.sheet else ""
