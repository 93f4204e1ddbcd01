"""The desk for certificates: what a flow may look up and do to bring one to paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import Any, Final

from certificates import fonts
from certificates.cbor import Malformed
from certificates.claims import Value
from certificates.form import FormField
from certificates.template import Paper, Template
from certificates.verdict import Verdict
from devices.holder import Holder
from kiosk import opening as doors
from kiosk.answers import problem_with
from kiosk.certificate_tools import CertificateTools
from kiosk.faults import Fault
from kiosk.form import Form
from kiosk.papers import Undated
from kiosk.people_desk import PeopleDesk
from kiosk.typeset import UNMAKABLE, Made
from kiosk.visitor import Visitor
from offline_cache.certificates import CertificateDraft, NoIndex, RecordedCertificate, Spent
from offline_cache.errors import SyncError
from offline_cache.faults import Fault as StoreFault
from offline_cache.hall_client import HallClient
from offline_cache.store import StoreError
from offline_cache.tickets import Outcome

RECORD_SECONDS: Final = 8.0
"""How long a citizen is let wait for what a department knows."""

LOOKS: Final = 3
"""Previews of one visit: each takes a status index, and nobody shall use up what is there for all."""

REGISTRY_SECONDS: Final = 3.0
"""How long a paper under the scanner waits for the hall's registry."""


class NotIssued(Exception):
    """Nothing is on record and nothing was printed; ``code`` is the failure code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = str(code)


class NoRecord(Exception):
    """The department has nothing under this name and number."""


class CertificateDesk:
    """For one visit."""

    def __init__(self, tools: CertificateTools, people: PeopleDesk, language: Callable[[], str]) -> None:
        self._tools, self._people, self._language = tools, people, language
        self.looks_left = LOOKS

    # Looking up.

    def form(self, template: Template, visitor: Visitor) -> Form:
        """What card and hall already answer. On the hall's lane.

        Raises ``NoRecord`` where the department knows nothing, ``NotIssued`` where it cannot be asked,
        or may not be: it is asked for nobody who may not have this certificate now.
        """
        holder = self._entitled(template, visitor)
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
            found = self._tools.ask(ask, RECORD_SECONDS)
        except (SyncError, StoreError) as error:
            raise NotIssued(error.fault) from None
        if found is None:
            raise NoRecord
        return found

    def problem(self, asked: FormField, value: Value, visitor: Visitor) -> str | None:
        """Why an answer cannot be right, as ``answers.problem_with`` says."""
        birth = visitor.holder.birth if visitor.holder else None
        return problem_with(asked, value, self._tools.now().date(), birth)

    def papers(self, template: Template) -> tuple[Paper, ...]:
        """What this certificate can be printed on now."""
        return doors.papers_for(template, self._tools.machine())

    def verdict(self, text: str) -> Verdict:
        """What a paper under the scanner is worth. On the hall's lane."""
        return self._tools.papers.verdict(text, self._registered if self._tools.machine().online else None)

    def _registered(self, address: str) -> bytes | None:
        try:
            return self._tools.ask(partial(_published, address), REGISTRY_SECONDS)
        except (SyncError, StoreError):
            return None

    # Doing, on the store's lane.

    def issue(self, form: Form, visitor: Visitor, paper: Paper) -> RecordedCertificate:
        """Put the certificate on record. Raises ``NotIssued``; then nobody has seen anything."""
        template, fields = form.template, form.fields()
        holder = self._entitled(template, visitor)
        if paper not in self.papers(template):
            raise NotIssued(Fault.NO_PAGE)
        texts = "".join((holder.name, *(value for value in fields if isinstance(value, str))))
        try:
            missing = fonts.glyphs_missing(texts)
        except fonts.FontsDiffer as differ:
            raise self._unmakable(differ) from None
        if missing:
            raise NotIssued(Fault.NO_GLYPH)
        opening, account = self._people.attached()
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
            level=visitor.level.word,
            opening=opening,
            account=account,
        )
        recorded = self._recorded(partial(self._tools.certificates.issue, draft))
        self._people.recorded()
        self.looks_left -= 1
        return recorded

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
        except Undated:
            raise NotIssued(StoreFault.CLOCK_SUSPECT) from None
        except Malformed:
            raise NotIssued(Fault.RECORD_UNFIT) from None
        try:
            self._tools.papers.take_stock()
        except StoreError as error:  # it is on record all the same
            self._tools.trouble(error.fault.value)
        self._tools.wake()
        return recorded

    def _entitled(self, template: Template, visitor: Visitor) -> Holder:
        """Who may have this certificate, here and now. Raises ``NotIssued`` for every reason against it."""
        if not self.looks_left:
            raise NotIssued(Fault.NO_MORE_LOOKS)
        closed = doors.certificate_closed(template, self._tools.machine(), visitor, self._tools.now())
        if closed:
            raise NotIssued(closed.code)
        assert visitor.holder is not None
        return visitor.holder

    def settle(self, recorded: RecordedCertificate, outcome: Outcome, fault: StrEnum | None) -> None:
        """Say what became of the paper. What the store can't write now, it writes later."""
        try:
            self._tools.certificates.settle(recorded, outcome, fault.value if fault else None)
        except StoreError as error:
            self._tools.trouble(error.fault.value)
            return
        self._tools.wake()

    # Making paper, on the lane of its printer.

    def made(self, recorded: RecordedCertificate, paper: Paper) -> Made:
        """The very page that will be printed, and its picture. Raises ``NotIssued`` where it can't be made."""
        claims, template = self._tools.papers.claims(recorded.message)
        try:
            return self._tools.typeset.made(recorded, claims, template, paper, self._tools.papers.host)
        except UNMAKABLE as unmakable:
            raise self._unmakable(unmakable) from None

    def _unmakable(self, error: Exception) -> NotIssued:
        self._tools.failed(error, Fault.NO_PAGE)
        return NotIssued(Fault.NO_PAGE)

    def print(self, made: Made) -> None:
        """Raises ``NotStarted`` and ``Uncertain`` as the printers do."""
        if made.paper is Paper.SLIP:
            self._tools.printer.print(made.slip)
        else:
            assert self._tools.sheets is not None
            self._tools.sheets.print(made.pdf, made.job)


def _record(kind: str, name: str, number: str, client: HallClient) -> Mapping[str, Any] | None:
    return client.record(kind, name, number)


def _published(address: str, client: HallClient) -> bytes | None:
    return client.published(address, 4_096)
