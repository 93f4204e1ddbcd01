"""What is open now, and why the rest is not: decided before a citizen starts, never after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from certificates.template import Paper, Template
from devices.holder import Document
from devices.printer import Fault
from devices.sheets import Fault as SheetFault
from kiosk import faults, say
from kiosk import say_people as words
from kiosk.assurance import level_of
from kiosk.catalogue import Service
from kiosk.machine import Machine
from kiosk.papers import Authority
from kiosk.visitor import Visitor
from kiosk.ways import ways_up
from offline_cache.faults import Fault as StoreFault
from screens.pages import Choice, Matter, Open
from screens.words import Words

OFTEN: Final = 80
"""How hot a service must be to stand among the often used ones: a page or two of them."""

_OF_THE_HOLDER: Final = frozenset({faults.Fault.NOT_PROVEN.value, faults.Fault.NOT_OF_AGE.value})
"""Reasons that lie with who is there: the machine works, and a key says them without a code."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Why something can't be done; ``code`` is the failure code, "" where nothing is broken."""

    why: Words
    code: str = ""

    @property
    def said(self) -> Words:
        """With its code, for a key or a row that has no other place for it."""
        return Words(f"{self.why.zh} {self.code}".strip(), f"{self.why.en} {self.code}".strip())


def tickets_closed(machine: Machine, now: datetime) -> Closed | None:
    """What stops every ticket on this machine now; None where they can be taken."""
    if machine.catalogue is None:
        return Closed(say.CLOSED_CATALOGUE, machine.hall_fault or "N101")
    if machine.closing:
        return Closed(say.CLOSED_POWER, machine.power_fault)
    if machine.store_fault:
        return Closed(say.CLOSED_STORE, machine.store_fault)
    if closed := _slips_closed(machine):
        return closed
    span = machine.catalogue.hours.today(now)
    if span is None:
        return Closed(say.CLOSED_TODAY)
    if now.strftime("%H:%M") >= span[1]:
        return Closed(say.fill(say.CLOSED_AFTER, time="00:00"))
    return None


def _slips_closed(machine: Machine) -> Closed | None:
    if machine.printer is not None and machine.printer.fault is None:
        return None
    fault = machine.printer.fault if machine.printer and machine.printer.fault else Fault.SILENT
    return Closed(say.CLOSED_PAPER if fault is Fault.PAPER_OUT else say.CLOSED_PRINTER, fault.value)


def _sheets_closed(machine: Machine) -> Closed | None:
    if machine.sheets is not None and machine.sheets.fault is None:
        return None
    fault = machine.sheets.fault if machine.sheets and machine.sheets.fault else SheetFault.UNPLUGGED
    return Closed(say.CLOSED_A4_PAPER if fault is SheetFault.PAPER_OUT else say.CLOSED_A4, fault.value)


def papers_open(machine: Machine) -> tuple[Paper, ...]:
    """What certificates can be printed on now."""
    sheets = "sheets" in machine.fitted and _sheets_closed(machine) is None
    return (*((Paper.A4,) if sheets else ()), *(() if _slips_closed(machine) else (Paper.SLIP,)))


def papers_for(template: Template, machine: Machine) -> tuple[Paper, ...]:
    """What this certificate can be printed on now."""
    return tuple(paper for paper in papers_open(machine) if paper in template.issue.papers)


def certificates_closed(machine: Machine, now: datetime) -> Closed | None:
    """What stops every certificate on this machine now, at any hour; None where some can be printed."""
    if machine.closing:
        return Closed(say.CLOSED_POWER, machine.power_fault)
    if machine.store_fault:
        return Closed(say.CLOSED_STORE, machine.store_fault)
    if machine.authority is not None and machine.authority.clock_doubted:
        return Closed(say.CLOSED_CLOCK, StoreFault.CLOCK_SUSPECT.value)
    if not _can_sign(machine.authority, now):
        return Closed(say.CLOSED_AUTHORITY, faults.Fault.NO_AUTHORITY.value)
    if not papers_open(machine):
        return _sheets_closed(machine) if "sheets" in machine.fitted else _slips_closed(machine)
    return None


def _can_sign(authority: Authority | None, now: datetime) -> bool:
    return (
        authority is not None
        and bool(authority.templates)
        and authority.indices > 0
        and now.timestamp() < authority.signs_until
    )


def certificate_closed(template: Template, machine: Machine, visitor: Visitor, now: datetime) -> Closed | None:
    """Why this visitor can't have this certificate now; None where they may.

    The menu closes its keys by it, and nothing is put on record against it.
    """
    issue = template.issue
    age = visitor.age(now.date()) or 0  # an age that is not known opens nothing
    if not visitor.may(level_of(issue.assurance)) or not _has_citizen_number(visitor):
        return Closed(say.NEEDS_ID_CARD, faults.Fault.NOT_PROVEN.value)
    if age < issue.minimum_age:
        return Closed(say.fill(say.NEEDS_AGE, age=issue.minimum_age), faults.Fault.NOT_OF_AGE.value)
    if closed := certificates_closed(machine, now):
        return closed
    if not papers_for(template, machine):
        return _sheets_closed(machine) if Paper.A4 in issue.papers else _slips_closed(machine)
    return None if issue.offline else hall_closed(machine)


def _has_citizen_number(visitor: Visitor) -> bool:
    """What a certificate names its holder by."""
    return visitor.holder is not None and len(visitor.holder.number) == 18


def certificate(template: Template, machine: Machine, visitor: Visitor, now: datetime) -> Choice:
    """One kind of certificate as this visitor may have it now."""
    issue = template.issue
    closed = certificate_closed(template, machine, visitor, now)
    if closed and closed.code == faults.Fault.NOT_PROVEN.value and _can_be_proven(template, machine, visitor, now):
        line, state = words.STEP_NEEDED, Open.STEP
    elif closed:
        line, state = closed.why if closed.code in _OF_THE_HOLDER else closed.said, Open.CLOSED
    elif machine.online:
        line, state = say.both(issue.about), Open.YES
    else:
        line, state = say.WORKS_OFFLINE, Open.OFFLINE
    return Choice(template.kind, issue.icon, say.both(template.title), line, state)


def _can_be_proven(template: Template, machine: Machine, visitor: Visitor, now: datetime) -> bool:
    """Whether an ID card laid down as well would open it."""
    needs = level_of(template.issue.assurance)
    if visitor.holder is None or not _has_citizen_number(visitor) or not ways_up(visitor, needs, machine):
        return False
    stands = replace(visitor, holder=replace(visitor.holder, document=Document.RESIDENT_ID), phone=True)
    return certificate_closed(template, machine, stands, now) is None


def hall_closed(machine: Machine) -> Closed | None:
    """What stops everything that only the hall knows."""
    if machine.online:
        return None
    return Closed(say.NEEDS_NETWORK, machine.hall_fault or StoreFault.HALL_UNREACHABLE.value)


def scanner_closed(machine: Machine) -> Closed | None:
    """What stops everything that is scanned."""
    return None if machine.works("scanner") else Closed(say.SCANNER_LOST, machine.lost.get("scanner", ""))


def verifying_closed(machine: Machine) -> Closed | None:
    """What stops the check of a paper; it needs the scanner and lists, of whatever age."""
    if machine.closing:
        return Closed(say.CLOSED_POWER, machine.power_fault)
    if closed := scanner_closed(machine):
        return closed
    if machine.authority is None or not machine.authority.listed:
        return Closed(say.CLOSED_AUTHORITY, faults.Fault.NO_AUTHORITY.value)
    return None


def visit_closed(kind: str, machine: Machine, now: datetime) -> Closed | None:
    """What stops a visit of this kind (a key of ``FLOWS``); with a card whatever is open is enough."""
    if machine.catalogue is None:
        return tickets_closed(machine, now)
    if kind == "verify":
        return verifying_closed(machine)
    if kind in ("card", "passport") and certificates_closed(machine, now) is None:
        return None
    return tickets_closed(machine, now)


def matter(service: Service, machine: Machine, visitor: Visitor) -> Matter:
    """One service as this visitor may take it now."""
    line, state = say.fill(say.AT_WINDOW, minutes=service.minutes), Open.YES
    if service.closed:
        line, state = service.closed.words, Open.CLOSED
    elif not service.offline and (closed := hall_closed(machine)):
        line, state = closed.said, Open.CLOSED
    elif not visitor.may(service.level):
        can = ways_up(visitor, service.level, machine)
        line, state = (words.STEP_NEEDED, Open.STEP) if can else (words.NEEDS[service.level], Open.CLOSED)
    elif not machine.online:
        line, state = say.WORKS_OFFLINE, Open.OFFLINE
    groups = (
        {"often", service.department, *service.stages}
        if service.hot >= OFTEN
        else {service.department, *service.stages}
    )
    return Matter(service.id, service.name.words, line, frozenset(groups), service.minutes, state)
