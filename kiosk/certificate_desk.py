"""The desk for certificates: what a flow may look up and do to bring one to paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from certificates import fonts
from certificates.cbor import Malformed
from certificates.claims import Value
from certificates.form import FormField
from certificates.template import Paper, Template
from certificates.verdict import Verdict
from devices.holder import Document, Holder
from devices.printer import Printer
from devices.sheets import SheetPrinter
from kiosk.answers import problem_with
from kiosk.faults import Fault
from kiosk.papers import Papers
from kiosk.typeset import UNMAKABLE, Made, Typeset
from kiosk.visitor import Visitor
from offline_cache.certificates import (
    CertificateDraft,
    Certificates,
    NoIndex,
    RecordedCertificate,
    Spent,
)
from offline_cache.errands import Errands
from offline_cache.errors import SyncError
from offline_cache.hall_client import HallClient
from offline_cache.store import StoreError
from offline_cache.tickets import Outcome

RECORD_SECONDS: Final = 8.0
"""How long a citizen is let wait for what a department knows."""

REGISTRY_SECONDS: Final = 3.0
"""How long a paper under the scanner waits for the hall's registry."""


class NotIssued(Exception):
    """Nothing is on record and nothing was printed; ``code`` is the failure code."""

    def __init__(self, fault: StrEnum) -> None:
        super().__init__(fault.value)
        self.code = fault.value


class NoRecord(Exception):
    """The department has nothing under this name and number."""


@dataclass(frozen=True, slots=True)
class CertificateTools:
    """What outlives a visit; ``sheets`` is None on a machine without an A4 printer."""

    papers: Papers
    certificates: Certificates
    hall: Errands
    printer: Printer
    sheets: SheetPrinter | None
    typeset: Typeset
    now: Callable[[], datetime]
    wake: Callable[[], None]
    trouble: Callable[[str], None]
    person: Callable[[Holder], bytes | None]


@dataclass(frozen=True, slots=True)
class Form:
    """What is known for one certificate so far; ``values`` by the field's name."""

    template: Template
    values: Mapping[str, Value] = field(repr=False)

    def open(self) -> tuple[FormField, ...]:
        """The fields that only the citizen can answer."""
        return tuple(each for each in self.template.fields if each.source in ("typed", "chosen"))

    def having(self, name: str, value: Value) -> Form:
        return Form(self.template, {**self.values, name: value})

    def fields(self) -> tuple[Value, ...]:
        return tuple(self.values.get(each.id) for each in self.template.fields)


class CertificateDesk:
    def __init__(self, tools: CertificateTools, online: bool, language: Callable[[], str]) -> None:
        self._tools, self._online, self._language = tools, online, language

    # Looking up.

    def form(self, template: Template, visitor: Visitor) -> Form:
        """What card and hall already answer. On the hall's lane.

        Raises ``NoRecord`` where the department knows nothing, ``NotIssued`` where it cannot be asked,
        or may not be: it is asked for the holder of an ID card only.
        """
        holder = _proven(visitor)
        told: Mapping[str, Any] = {}
        if any(each.source.startswith("record.") for each in template.fields):
            told = self._record(template.kind, holder)
        values: dict[str, Value] = {}
        for each in template.fields:
            where, _, what = each.source.partition(".")
            if where == "record":
                values[each.id] = told.get(what)
            elif where == "card":
                values[each.id] = getattr(holder, what, None) or None
        form = Form(template, values)
        if not all(each.fits(values.get(each.id)) for each in template.fields if each not in form.open()):
            raise NotIssued(Fault.RECORD_UNFIT)
        return form

    def _record(self, kind: str, holder: Holder) -> Mapping[str, Any]:
        ask = partial(_record, kind, holder.name, holder.number)
        try:
            found = self._tools.hall.ask(ask, RECORD_SECONDS)
        except SyncError as error:
            raise NotIssued(error.fault) from None
        if found is None:
            raise NoRecord
        return found

    def problem(self, asked: FormField, value: Value, visitor: Visitor) -> str | None:
        """Why an answer cannot be right, as ``answers.problem_with`` says."""
        return problem_with(asked, value, self._tools.now().date(), _proven(visitor).birth)

    def verdict(self, text: str) -> Verdict:
        """What a paper under the scanner is worth. On the hall's lane."""
        return self._tools.papers.verdict(text, self._registered if self._online else None)

    def _registered(self, address: str) -> bytes | None:
        try:
            return self._tools.hall.ask(partial(_published, address), REGISTRY_SECONDS)
        except SyncError:
            return None

    # Doing, on the store's lane.

    def issue(self, form: Form, visitor: Visitor, paper: Paper) -> RecordedCertificate:
        """Put the certificate on record. Raises ``NotIssued``; then nobody has seen anything."""
        holder = _proven(visitor)
        template, fields = form.template, form.fields()
        texts = "".join((holder.name, *(value for value in fields if isinstance(value, str))))
        try:
            missing = fonts.glyphs_missing(texts)
        except fonts.FontsDiffer:
            raise NotIssued(Fault.NO_PAGE) from None
        if missing:
            raise NotIssued(Fault.NO_GLYPH)
        draft = CertificateDraft(
            kind=template.kind,
            type=template.type,
            version=template.version,
            paper=paper.value,
            language=self._language(),
            most=template.issue.copies,
            sign=partial(self._tools.papers.signed, template, holder, fields),
            person=self._tools.person(holder),
            personal={"name": holder.name, "number": holder.number, "document": holder.document.value},
        )
        return self._recorded(partial(self._tools.certificates.issue, draft))

    def copy(self, certificate: str, paper: Paper) -> RecordedCertificate:
        """Put one more copy on record. Raises ``NotIssued``."""
        again = partial(self._tools.certificates.copy, certificate, paper.value, self._tools.papers.signed_again)
        return self._recorded(again)

    def _recorded(self, make: Callable[[], RecordedCertificate]) -> RecordedCertificate:
        try:
            recorded = make()
        except StoreError as error:
            self._tools.trouble(error.fault.value)
            raise NotIssued(error.fault) from error
        except (NoIndex, Spent):
            raise NotIssued(Fault.NO_AUTHORITY) from None
        except Malformed:
            raise NotIssued(Fault.RECORD_UNFIT) from None
        self._tools.papers.take_stock()
        self._tools.wake()
        return recorded

    def settle(self, recorded: RecordedCertificate, outcome: Outcome, fault: StrEnum | None) -> None:
        """Say what became of the paper. A store that can't write now leaves the copy in hand: uncertain later."""
        try:
            self._tools.certificates.settle(recorded, outcome, fault.value if fault else None)
        except StoreError:
            return
        self._tools.wake()

    # Making paper, on the lane of its printer.

    def made(self, recorded: RecordedCertificate, paper: Paper) -> Made:
        """The very page that will be printed, and its picture. Raises ``NotIssued`` where it can't be made."""
        claims, template = self._tools.papers.claims(recorded.message)
        try:
            return self._tools.typeset.made(recorded, claims, template, paper, self._tools.papers.host)
        except UNMAKABLE:
            raise NotIssued(Fault.NO_PAGE) from None

    def print(self, made: Made) -> None:
        """Raises ``NotStarted`` and ``Uncertain`` as the printers do."""
        if made.paper is Paper.SLIP:
            self._tools.printer.print(made.slip)
        else:
            assert self._tools.sheets is not None
            self._tools.sheets.print(made.pdf, made.job)


def _proven(visitor: Visitor) -> Holder:
    """Who holds the ID card that was read through its SAM. Raises ``NotIssued`` for every other proof."""
    if visitor.holder is None or visitor.holder.document is not Document.RESIDENT_ID:
        raise NotIssued(Fault.NOT_PROVEN)
    return visitor.holder


def _record(kind: str, name: str, number: str, client: HallClient) -> Mapping[str, Any] | None:
    return client.record(kind, name, number)


def _published(address: str, client: HallClient) -> bytes | None:
    return client.published(address, 4_096)
