"""What can be seen from the table: how every device stands, what lies in the tray, who waits at the hall."""

from __future__ import annotations

from dataclasses import dataclass

from devices.printer import Paper
from devices.printer.sim_paper import Piece


@dataclass(frozen=True, slots=True)
class Waiting:
    """A ticket as the hall has it. ``whose``: the masked name, or how it was taken."""

    number: str
    state: str
    whose: str
    matters: str


@dataclass(frozen=True, slots=True)
class Seen:
    """``card`` and ``id_card`` are places in ``PEOPLE``. Clocks are wrong by seconds. ``address``: of ``slip``."""

    card: int | None = None
    id_card: int | None = None
    code: bool = False
    paper: Paper = Paper.OK
    tearing: bool = False
    cover_open: bool = False
    printer_on: bool = True
    daemon: bool = True
    cable: bool = True
    kiosk: bool = True
    hall_wrong: int = 0
    kiosk_wrong: int = 0
    slip: Piece | None = None
    address: str = ""
    page: str = ""
    queue: tuple[Waiting, ...] = ()
