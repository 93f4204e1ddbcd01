"""The waiting screen as the machine stands: what to lay down, what to press, and what is open now."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from devices.holder import Document
from kiosk import opening, say
from kiosk.machine import Machine
from kiosk.opening import Closed
from kiosk.visitor import DOCUMENTS
from screens.pages import Attract, Choice, Open, OutOfService
from screens.words import Words

READERS: Final = (
    ("id-card", Document.RESIDENT_ID, "id-card"),
    ("card", Document.SOCIAL_CARD, "credit-card"),
)
"""Each reader by its name in the settings, with what it reads and the drawing of that."""


def attract(machine: Machine, now: datetime) -> Attract | OutOfService:
    """The whole machine is closed only where no ticket can come."""
    closed = opening.tickets_closed(machine, now)
    if machine.catalogue is None or machine.closing:
        assert closed is not None
        return OutOfService(say.OUT_TITLE, closed.why, closed.code)
    documents = tuple(
        Choice(document.value, icon, DOCUMENTS[document], *_reader(machine, device))
        for device, document, icon in READERS
        if device in machine.fitted
    )
    state, line = (Open.CLOSED, closed.why) if closed else (Open.YES, None)
    keys = [Choice("no-card", "ticket", say.NO_CARD, line, state)]
    if "scanner" in machine.fitted:
        if machine.authority is not None:
            keys.append(_verifying(machine))
        shut = closed or opening.scanner_closed(machine)
        why, state = (shut.why, Open.CLOSED) if shut else (say.CHECK_IN_LINE, Open.YES)
        keys.append(Choice("booking", "scan-qr-code", say.CHECK_IN, why, state))
    return Attract(documents, tuple(keys), _now_open(machine, now, closed))


def _verifying(machine: Machine) -> Choice:
    shut = opening.verifying_closed(machine)
    state = Open.CLOSED if shut else Open.YES
    return Choice("verify", "shield-check", say.VERIFY, shut.why if shut else say.VERIFY_LINE, state)


def _reader(machine: Machine, device: str) -> tuple[Words | None, Open]:
    code = machine.lost.get(device, "")
    return (Closed(say.READER_LOST, code).said, Open.CLOSED) if code else (None, Open.YES)


def _now_open(machine: Machine, now: datetime, closed: Closed | None) -> tuple[Choice, ...]:
    rows = [_tickets_open(machine, now, closed)]
    if machine.authority is not None:
        rows.append(_certificates_open(machine, now))
    if "scanner" in machine.fitted:
        shut = opening.scanner_closed(machine)
        line, state = (shut.said, Open.CLOSED) if shut else (say.ALL_DAY, Open.YES)
        rows.append(Choice("scanner", "scan-qr-code", say.OPEN_SCANNER, line, state))
    return tuple(rows)


def _tickets_open(machine: Machine, now: datetime, closed: Closed | None) -> Choice:
    if closed:
        return Choice("tickets", "ticket", say.OPEN_TICKETS, closed.said, Open.CLOSED)
    assert machine.catalogue is not None
    span = machine.catalogue.hours.today(now)
    hours = say.fill(say.WINDOW_HOURS, start=span[0], end=span[1]) if span else say.CLOSED_TODAY
    return Choice("tickets", "ticket", say.OPEN_TICKETS, hours, Open.YES if machine.online else Open.OFFLINE)


def _certificates_open(machine: Machine, now: datetime) -> Choice:
    shut = opening.certificates_closed(machine, now)
    if shut is None:
        line = say.CERTIFICATES_ON[frozenset(opening.papers_open(machine))]
        return Choice("certificates", "file-text", say.CERTIFICATES, line, Open.YES if machine.online else Open.OFFLINE)
    return Choice("certificates", "file-text", say.CERTIFICATES, shut.said, Open.CLOSED)
