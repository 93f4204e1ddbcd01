"""The part of the composition root that sets up the desk of each visit, with all that needs a hall behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from devices.card.pcsc import PcscReader
from devices.passport.mrz import AccessKey
from devices.printer import Printer
from devices.reader import Reader
from kiosk.desk import Desk, Tools
from kiosk.hall_news import HallNews
from kiosk.machine import Machine
from kiosk.paper_office import PaperOffice
from kiosk.people_desk import PeopleDesk
from kiosk.people_tools import PeopleTools
from kiosk.slip import Kiosk
from kiosk.watch import Watch
from offline_cache.cache import Cache
from offline_cache.enrolment import Enrolment
from offline_cache.sync import Sender
from screens.words import Words, same


@dataclass(frozen=True, slots=True)
class FrontOffice:
    """Made once, on a kiosk that has a hall. ``width`` of a slip is in dots."""

    cache: Cache
    enrolment: Enrolment
    news: HallNews
    sender: Sender
    watch: Watch
    papers: PaperOffice | None
    readers: tuple[Reader, ...]
    printer: Printer
    width: int
    now: Callable[[], datetime]
    language: Callable[[], str]

    @property
    def place(self) -> tuple[Words, Words]:
        """The hall, and where in it this machine stands."""
        hall, number = self.enrolment.hall, self.enrolment.number
        return same(hall), Words(
            f"{self.enrolment.place_zh} · {number} 号机", f"{self.enrolment.place_en} · Machine {number}"
        )

    def desk(self, machine: Machine) -> Desk:
        """For one visit, with the machine as it stands."""
        host = self.enrolment.url.removeprefix("https://")
        tools = Tools(
            ledger=self.cache.ledger,
            printer=self.printer,
            kiosk=Kiosk(self.enrolment.kiosk, self.enrolment.number, host),
            width=self.width,
            sheet=self.news.sheet,
            now=self.now,
            used=self.news.used,
            wake=self.sender.wake,
            trouble=self.watch.store_failed,
            told=self.news.take_told,
            unlock=self._unlock,
        )
        people = PeopleDesk(self._people_tools(), self.language)
        certificates = self.papers.desk(machine, self.sender, people) if self.papers else None
        return Desk(tools, machine, self.language, people, certificates)

    def _people_tools(self) -> PeopleTools:
        return PeopleTools(
            hall=self.sender.errands,
            accounts=self.cache.accounts,
            extracts=self.cache.extracts,
            person=self.news.person,
            online=self._is_online,
            now=self.now,
            wake=self.sender.wake,
            trouble=self.watch.store_failed,
        )

    def _is_online(self) -> bool:
        return self.watch.machine.online

    def _unlock(self, key: AccessKey) -> None:
        for reader in self.readers:
            if isinstance(reader, PcscReader):
                reader.unlock(key)
