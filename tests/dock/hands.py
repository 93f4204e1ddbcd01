"""Two hands at the far ends of the kiosk's cables; no window, so that a script can have them too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from playwright.sync_api import Error as NoPage

from devices.scanner.sim import code, scene
from tests.day.certificates import held
from tests.day.paper import Picture
from tests.day.visits import PENSION
from tests.day.world import Fittings, World
from tests.dock.card_hands import CardHands
from tests.dock.clock import ComputerClock
from tests.dock.machine_hands import MachineHands
from tests.dock.news import News
from tests.dock.phone import scanned
from tests.dock.phone_hands import PhoneHands
from tests.dock.printer_hands import PrinterHands
from tests.dock.seen import Phone, Seen, Under, Which
from tests.dock.sheet_hands import SheetHands
from tests.dock.work_cards import certified
from tests.stand.supervisor import SHIPPED
from tests.stand.unit import read
from tests.stand.upsd import UPS, Upsd

CLERK: Final = ("clerk", "keting at window 1")
"""Somebody who can call numbers on the hall's staff page: name and password."""

_HELD: Final[dict[Under, str]] = {
    "booking": "booking code",
    "lines": "passport's lines, as a code,",
    "slip": "slip",
    "sheet": "sheet",
}

Tell = Callable[[str, str], None]
"""Hears who did something (hand, kiosk, hall, printer, phone) and what."""


class Hands:
    """Sets up a hall, a kiosk and everything that is plugged into it; ``close`` takes it all away.

    Not for two threads at once. ``loud``: the kiosk is heard in the room.
    ``pace``: times every time-out of its pages. ``corner``: of the kiosk's window, in pixels.
    """

    def __init__(
        self,
        folder: Path,
        tell: Tell,
        loud: bool = False,
        pace: float = 1.0,
        environment: Mapping[str, str] | None = None,
        corner: tuple[int, int] | None = None,
    ) -> None:
        self._tell = tell
        self._hall_clock, self._kiosk_clock = (ComputerClock(folder, name) for name in ("hall", "kiosk"))
        tell("hall", "opens, with a CA of its own")
        kiosk = {**self._kiosk_clock.environment(), **(environment or {})}
        self._ups, unit = Upsd().start(), read(SHIPPED)
        try:
            power = {"power": {"driver": "nut", "ups": UPS, "port": self._ups.port}}
            self.world = World(folder, Fittings(pace, loud, kiosk, self._hall_clock.environment(), power, unit))
        except BaseException:
            self._ups.close()
            raise
        try:
            self.world.hall.clerk(*CLERK)
            tell("kiosk", "enrols at the hall and starts")
            self.place = self.world.place()
            self.machine = MachineHands(self.place, unit, self._ups, self._did, corner)
            chips = certified(self.world)
        except BaseException:
            self.close()
            raise
        self.printer = PrinterHands(self.place, self._did)
        self.sheets = SheetHands(self.place, self._did)
        self.cards = CardHands(self.place, self.world.country, chips, self._did)
        self.phone = PhoneHands(self.world, self.place, tell)
        self._under: Under | None = None
        self._cable = True
        self._page: Phone | None = None
        self._news = News(self.world, self.place, tell)
        self._booked = self._book()

    def close(self) -> None:
        self.world.close()
        self._ups.close()

    # camera

    def show_booking(self) -> None:
        """Hold a new booking for today under the camera."""
        self._hold("booking", scene(code(self._booked.encode())))
        self._booked = self._book()  # one ahead, so that the kiosk has heard of it when it is shown

    def hold(self, paper: Which) -> None:
        """Hold the newest slip or sheet under the camera. Raises ``AssertionError`` where it has no code."""
        self._hold(paper, held(self.printer.dots() if paper == "slip" else self.sheets.dots()))

    def hold_lines(self) -> None:
        """Hold the second line of the passport on the reader under the camera, as a code; nothing without one."""
        document = self.cards.document
        if document is not None and document.person is not None:
            self._hold("lines", scene(code(document.person.lines[1].encode())))

    def hide(self) -> None:
        """Nothing is under the camera any more."""
        self.place.camera.show(scene())
        if self._under is not None:
            self._did(f"takes the {_HELD[self._under]} away from the camera")
        self._under = None

    def _hold(self, under: Under, picture: Picture) -> None:
        self.place.camera.show(picture)
        self._under = under
        self._did(f"holds the {_HELD[under]} under the camera")

    def _book(self) -> str:
        there = datetime.now(self.world.hall.settings.zone) + timedelta(seconds=self._hall_clock.wrong_by)
        return self.world.hall.booking("A", [PENSION], day=there.date().isoformat())

    # what is behind the kiosk

    def kill_daemon(self) -> None:
        self.place.pcscd.kill()
        self._did("kills the card reader's daemon")

    def start_daemon(self) -> None:
        self.place.pcscd.start()
        self._did("starts the card reader's daemon")

    def cut_network(self) -> None:
        self.world.cable.cut()
        self._cable = False
        self._did("pulls the network cable")

    def mend_network(self) -> None:
        self.world.cable.mend()
        self._cable = True
        self._did("plugs the network cable in")

    def set_hall_clock(self, seconds: int) -> None:
        """Set the hall's computer this far off the true time; the kiosk believes its hall."""
        self._hall_clock.set_by(seconds)
        self._booked = self._book()
        self._did(f"sets the hall's clock {off(seconds)}")

    def set_kiosk_clock(self, seconds: int) -> None:
        """Set the kiosk's own computer; what it knows from the hall it keeps."""
        self._kiosk_clock.set_by(seconds)
        self._did(f"sets the kiosk's clock {off(seconds)}")

    # what came out

    def take(self, paper: Which) -> None:
        """Take a paper from the tray; a phone that was held over it goes too."""
        if paper == "slip":
            self.printer.take_slip()
        else:
            self.sheets.take_sheet()
        if self._page is not None and self._page.paper == paper:
            self._page = None

    def scan(self, paper: Which) -> None:
        """Open the address on a paper with a phone, and say so where the hall does not answer."""
        address = self.look().code_on(paper)
        if not address:
            return
        try:
            self._page = scanned(self.world, paper, address)
        except NoPage as error:
            self._tell("hall", f"does not answer the phone ({type(error).__name__})")
        else:
            self._did(f"scans the {paper} with a phone")

    def put_phone_away(self) -> None:
        self._page = None

    # looking

    def look(self) -> Seen:
        """How everything stands now; also tells what happened since the last look."""
        self.machine.look()
        self._news.read()
        printer, machine = self.printer, self.machine
        return Seen(
            card=self.cards.card,
            id_card=self.cards.id_card,
            document=self.cards.document,
            work=self.cards.work,
            under=self._under,
            paper=printer.paper,
            tearing=printer.tearing,
            cover_open=printer.cover_open,
            printer_on=printer.powered,
            sheets_out=self.sheets.out,
            sheets_on=self.sheets.powered,
            daemon=self.place.pcscd.pid is not None,
            cable=self._cable,
            kiosk=machine.on,
            frozen=machine.frozen,
            power=machine.power,
            stick=machine.stick,
            no_stick=machine.no_stick,
            hall_wrong=self._hall_clock.wrong_by,
            kiosk_wrong=self._kiosk_clock.wrong_by,
            slip=printer.slip(),
            address=printer.address(),
            sheet=self.sheets.sheet(),
            phone=self._page,
            handset=self.phone.look(online=self._cable),
            queue=tuple(self._news.waiting),
        )

    def _did(self, what: str) -> None:
        self._tell("hand", what)


def off(seconds: int) -> str:
    """``6 h on``, ``1 d back`` or ``right``."""
    if not seconds:
        return "right"
    hours = abs(seconds) // 3_600
    amount = f"{hours // 24} d" if hours % 24 == 0 else f"{hours} h"
    return f"{amount} {'on' if seconds > 0 else 'back'}"
