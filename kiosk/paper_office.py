"""The part of the composition root that issues and checks certificates: keys, lists, printers, desk."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from certificates import library, sheet
from certificates.cbor import Refused
from certificates.root import Root, first
from devices.holder import Holder
from devices.printer import Printer
from devices.sheets import SheetPrinter
from kiosk import drivers
from kiosk.catalogue import Catalogue
from kiosk.certificate_desk import CertificateDesk
from kiosk.certificate_tools import CertificateTools
from kiosk.lanes import Lane
from kiosk.machine import Machine
from kiosk.paper_key import PaperKeys
from kiosk.papers import Papers
from kiosk.people_desk import PeopleDesk
from kiosk.settings import Settings
from kiosk.typeset import Typeset, warm_up
from kiosk.watch import Watch
from offline_cache.cache import Cache
from offline_cache.enrolment import Enrolment
from offline_cache.sync import Sender
from screens.words import Words


@dataclass(frozen=True, slots=True)
class PaperOffice:
    """Made once. ``person`` is today's name for a holder, None without today's key."""

    papers: Papers
    cache: Cache
    enrolment: Enrolment
    printer: Printer
    sheets: SheetPrinter | None
    now: Callable[[], datetime]
    person: Callable[[Holder], bytes | None]
    language: Callable[[], str]
    watch: Watch

    def desk(self, machine: Machine, sender: Sender, people: PeopleDesk) -> CertificateDesk:
        """For one visit, with the machine as it stands."""
        assert machine.catalogue is not None
        tools = CertificateTools(
            papers=self.papers,
            certificates=self.cache.certificates,
            hall=sender.errands,
            printer=self.printer,
            sheets=self.sheets,
            typeset=self._typeset(machine.catalogue),
            now=self.now,
            wake=sender.wake,
            trouble=self.watch.store_failed,
            person=self.person,
            machine=self._machine_now,
            failed=self.watch.failed,
        )
        return CertificateDesk(tools, people, self.language)

    def begin(self, lanes: Mapping[str, Lane]) -> None:
        """At the start: make fonts and keys ready."""
        lanes["sheets"].submit(_warm_up, _no_one)
        lanes["keys"].submit(self.papers.look, _no_one)

    def forget(self, lanes: Mapping[str, Lane]) -> None:
        """After each visit: nothing of a page that was set stays behind in the one that sets them."""
        lanes["sheets"].submit(sheet.forget, _no_one)

    def look_round(self, lanes: Mapping[str, Lane], machine: Machine) -> None:
        """A token may be put back, and somebody may set the clock, while the hall is out of reach."""
        if machine.authority:
            papers = self.papers
            lanes["keys"].submit(papers.take_stock if machine.authority.signs_until else papers.look, _no_one)

    def _machine_now(self) -> Machine:
        return self.watch.machine

    def _typeset(self, known: Catalogue) -> Typeset:
        number, kiosk = self.enrolment.number, self.enrolment.kiosk
        machine = Words(f"{number} 号机 {kiosk}", f"Machine {number} {kiosk}")
        return Typeset(known.hall.name.words, machine, known.hotline)


def papers(chosen: Settings, cache: Cache, note: Callable[..., None]) -> Papers | None:
    """None without a root to go by; then certificates are closed and say so."""
    root = _root(chosen, cache.enrolment)
    if root is None or chosen.certificates is None:
        return None
    keys = drivers.keys(chosen.certificates, chosen.data / "certificate-keys")
    return Papers(cache, PaperKeys(keys), root, note)


def _root(chosen: Settings, enrolment: Enrolment | None) -> Root | None:
    if chosen.certificates is None or enrolment is None:
        return None
    file = chosen.certificates.root
    try:
        return first(file.read_bytes(), enrolment.url.removeprefix("https://"))
    except (OSError, Refused) as error:
        print(f"{file.name}: {type(error).__name__}", file=sys.stderr)  # noqa: T201
        return None


def _warm_up() -> None:
    """Half a second that no citizen waits."""
    template, *_ = library.load()
    warm_up(template)


def _no_one(_result: object, _error: BaseException | None) -> None:
    """What fails here fails again, and is said, when a citizen needs it."""
