"""A desk with everything real behind it but the hall."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from devices.citizen_number import check_digit
from devices.holder import Document, Holder
from devices.passport.mrz import AccessKey
from devices.printer import Paper, Status
from devices.printer.cables import NetworkCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import WIDE
from devices.printer.sim import ThermalPrinter
from devices.sheets import SheetPrinter
from kiosk.catalogue import checked
from kiosk.day_sheet import DaySheet
from kiosk.desk import Desk, Tools
from kiosk.machine import Machine
from kiosk.people_desk import PeopleDesk
from kiosk.people_tools import PeopleTools
from kiosk.slip import Kiosk
from offline_cache import outbox
from offline_cache.accounts import Accounts
from offline_cache.certificates import Certificates
from offline_cache.clock import HALL_ZONE, Clock, FakeTicks
from offline_cache.day_keys import DayKeys
from offline_cache.errands import Errands
from offline_cache.extracts import Extracts
from offline_cache.leases import Lease, add
from offline_cache.ledger import Ledger
from offline_cache.outbox import Outbox
from offline_cache.store import Store, StoreFull
from offline_cache.tickets import Counts, Waiting
from screens.words import Words
from tests.kiosk.bundle import payload

NOON = round(datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE).timestamp() * 1000)


def person(serial: int, name: str = "王小明", birth: str = "19500101") -> Holder:
    """A holder who is nobody: region 990000, a right check digit."""
    body = f"990000{birth}{serial:03d}"
    born = date(int(birth[:4]), int(birth[4:6]), int(birth[6:]))
    return Holder(name, body + check_digit(body), Document.SOCIAL_CARD, birth=born)


class Office:
    """A desk with everything real behind it but the hall: ledger, printer at the end of a socket."""

    sheets: SheetPrinter | None = None

    def __init__(self, folder: Path, paper: ThermalPrinter) -> None:
        self.folder = folder
        self.paper = paper
        self.ticks = FakeTicks(NOON)
        self.machine = Machine(
            catalogue=checked(payload()), fitted=frozenset({"card", "scanner"}), online=True, printer=Status(Paper.OK)
        )
        self.sheet: DaySheet | None = DaySheet(day="2026-11-20", version=1, key=bytes(range(32)), bookings=[])
        self.used: set[bytes] = set()
        self.troubles: list[str] = []
        self.told: dict[bytes, Words] = {}
        self.asks = False
        """Whether the notice is shown before a person's first service."""
        self.errands = Errands(_nothing)
        self.unlocked_with: list[AccessKey] = []
        """What passports were to be opened with."""
        self._open()
        with self.store.transaction() as database:
            outbox.begin(database, "K-0203", 1)
        self._work()
        for queue in "AB":
            add(self.store, Lease("2026-11-20", queue, 1, 20))

    def _open(self) -> None:
        self.store = Store(self.folder / "keting.db")

    def _work(self) -> None:
        self.clock = Clock(self.store, self.ticks)
        self.outbox = Outbox(self.store)
        hall, keys = X25519PrivateKey.generate().public_key(), DayKeys(self.store)
        self.hall_key = hall
        self.ledger = Ledger(self.store, self.outbox, self.clock, "03", hall, keys)
        self.certificates = Certificates(self.store, self.outbox, self.clock, hall, keys)
        self.extracts = Extracts(self.store, self.outbox, self.clock)
        self.printer = EscPosPrinter(NetworkCable("127.0.0.1", self.paper.port), WIDE, in_doubt=False)

    def restart(self) -> None:
        """The kiosk process ends without a word and starts again."""
        self.store.close()
        self._open()
        self._work()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock.now() / 1000, HALL_ZONE)

    def desk(self) -> Desk:
        return Desk(self.tools(), self.machine, lambda: "zh-Hans", self.people())

    def people(self) -> PeopleDesk:
        """Of a person who was asked before in this visit, unless ``asks``."""
        tools = PeopleTools(
            hall=self.errands,
            accounts=Accounts(self.outbox, self.clock, self.hall_key),
            extracts=self.extracts,
            person=self._person,
            online=lambda: self.machine.online,
            now=self.now,
            wake=_nothing,
            trouble=self.troubles.append,
        )
        people = PeopleDesk(tools, lambda: "zh-Hans")
        if not self.asks:
            people.decline()
        return people

    def _person(self, holder: Holder) -> bytes | None:
        return self.sheet.person(holder.identity) if self.sheet else None

    def tools(self) -> Tools:
        return Tools(
            ledger=self.ledger,
            printer=self.printer,
            kiosk=Kiosk("K-0203", "03", "hall.example"),
            width=576,
            sheet=lambda: self.sheet,
            now=self.now,
            used=self.used,
            wake=_nothing,
            trouble=self.troubles.append,
            told=self.told.get,
            unlock=self.unlocked_with.append,
        )

    def counts(self) -> Counts:
        counts = self.ledger.counts()
        assert counts.balanced
        return counts

    def fill_disk(self) -> None:
        """Not one event more can be written, however short: there is no page left, and none with room in it."""
        (pages,) = self.store.rows("PRAGMA page_count")
        self.store._db.execute(f"PRAGMA max_page_count = {pages[0]}").fetchall()
        nobody_s = Waiting("Z999", "Z", (), 0, "2026-11-20", bytes(32))
        with suppress(StoreFull):
            while True:
                self.ledger.cancel(nobody_s)

    def status(self) -> Status:
        return self.printer.status()


def _nothing() -> None:
    return None
