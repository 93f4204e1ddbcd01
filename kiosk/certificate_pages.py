"""The pages of a certificate as the flows show them: the template and what is known, in the words of the screens."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from certificates import results
from certificates.form import FormField, Kind
from certificates.template import Paper
from certificates.verdict import Verdict
from devices.printer import Fault as SlipFault
from devices.sheets import Fault as SheetFault
from kiosk import opening, say
from kiosk.desk import Desk
from kiosk.form import Form
from kiosk.masking import slip_name
from kiosk.typeset import Made
from kiosk.visitor import Visitor
from offline_cache.faults import Fault as StoreFault
from screens import pages
from screens.pages import Choice, Fact, Fill, FillForm, Known, Menu, Notice, Preview, Printing, Step, TakePaper, Tone
from screens.words import Words

_FORMS: Final = {
    Kind.DATE: FillForm.DATE,
    Kind.MONTH: FillForm.MONTH,
    Kind.INTEGER: FillForm.INTEGER,
    Kind.MONEY: FillForm.MONEY,
}
_PAPERS: Final = {Paper.A4: say.ON_A4, Paper.SLIP: say.ON_SLIP}
_UNKNOWN: Final = {Paper.A4: SheetFault.SILENT, Paper.SLIP: SlipFault.BROKEN}
"""What is named where a printer did not say why."""

_LATE: Final = {
    "hall": StoreFault.HALL_UNREACHABLE,
    "store": StoreFault.STORE_FULL,
    "sheets": SheetFault.SILENT,
    "printer": SlipFault.SILENT,
}
"""What is named where a lane does not end its work in time."""

_END: Final = ("revoked", "why")
_OUTLETS: Final = {Paper.A4: pages.Paper.SHEET, Paper.SLIP: pages.Paper.SLIP}


def kinds(desk: Desk, visitor: Visitor) -> Menu:
    """Every certificate there is, closed ones with their reason."""
    choices = tuple(opening.certificate(each, desk.machine, visitor, desk.now()) for each in desk.templates)
    return Menu(say.CERTIFICATES_TITLE, None, choices)


def question(form: Form, asked: FormField, step: int, steps: int, visitor: Visitor, problem: str | None) -> Fill | Menu:
    """One thing that only the citizen can say."""
    assert asked.ask is not None
    title, subject = say.both(asked.ask), say.both(form.template.title)
    if asked.kind is Kind.CHOICE:
        choices = tuple(Choice(str(n), "circle", say.both(said)) for n, said in asked.choices.items())
        return Menu(title, None, choices, step, steps, subject)
    return Fill(
        title,
        say.both(asked.label),
        _FORMS[asked.kind],
        step,
        steps,
        subject,
        known(form, visitor),
        len(str(asked.max // 100 if asked.kind is Kind.MONEY else asked.max)),
        example=say.DATE_EXAMPLE if asked.kind is Kind.DATE else None,
        problem=say.PROBLEMS[problem] if problem else None,
    )


def known(form: Form, visitor: Visitor) -> tuple[Known, ...]:
    """What card and hall say already; the name and the number masked as everywhere on the screen."""
    assert visitor.holder is not None
    number = visitor.holder.number
    rows = [
        Known(say.NAME, slip_name(visitor.holder.name), say.FROM_CARD),
        Known(say.ID_NUMBER, f"{number[:3]}{'*' * 11}{number[-4:]}", say.FROM_CARD),
    ]
    for each in form.template.fields:
        said = each.shown(form.values.get(each.id))
        if said and each.source not in ("typed", "chosen"):
            source = say.FROM_CARD if each.source.startswith("card.") else say.FROM_RECORD
            rows.append(Known(say.both(each.label), said.zh, source))
    return tuple(rows)


def on_which(papers: tuple[Paper, ...], step: int, steps: int, subject: Words) -> Menu:
    """Both papers can be had: which?"""
    every = {
        Paper.A4: Choice("a4", "file-text", say.PAPER_A4, say.PAPER_A4_LINE),
        Paper.SLIP: Choice("80mm", "printer", say.PAPER_SLIP, say.PAPER_SLIP_LINE),
    }
    return Menu(say.PAPER_TITLE, None, tuple(every[each] for each in papers), step, steps, subject)


def preview(form: Form, made: Made, steps: int, more: bool) -> Preview:
    """The very page, before it is printed; ``more``: it can be changed and looked at again."""
    facts = (
        Fact(say.ROW_UNTIL, made.until, strong=True),
        Fact(say.FACT_FEE, say.FREE, strong=True),
    )
    return Preview(
        made.picture,
        _PAPERS[made.paper],
        facts,
        changeable=more and bool(form.open()),
        note=None if more else say.LAST_LOOK,
        step=steps,
        steps=steps,
        subject=say.both(form.template.title),
    )


def printing(made: Made) -> Printing:
    steps = (
        (say.fill(say.STEP_CERTIFIED, number=made.number), Step.DONE),
        (say.STEP_PRINTING_PAPER, Step.NOW),
        (say.STEP_TAKE_PAPER, Step.LATER),
    )
    return Printing(made.number, steps, _OUTLETS[made.paper], certificate=True)


def take(made: Made, card: Words | None) -> TakePaper:
    more = made.recorded.copy < made.recorded.most
    return TakePaper(made.number, _OUTLETS[made.paper], card, say.COPIES_LEFT if more else say.COPIES_NONE)


def not_issued(code: str) -> Notice:
    title = say.NOT_ISSUED_TITLES.get(code, say.NOT_ISSUED_TITLE)
    return Notice(Tone.WARN, title, say.NOT_ISSUED_LEAD, (say.ASK_12345,), code=code)


def late(lane: str) -> Notice:
    """What should be done on ``lane`` took too long."""
    return not_issued(_LATE[lane].value)


def no_record() -> Notice:
    return Notice(Tone.WARN, say.NO_RECORD_TITLE, say.NO_RECORD_LEAD, (say.ASK_DESK,))


def not_printed(fault: StrEnum) -> Notice:
    lead = say.CERT_NOT_PRINTED_LEAD
    return Notice(Tone.BAD, say.CERT_NOT_PRINTED_TITLE, lead, (say.ASK_12345,), code=fault.value)


def unsure(made: Made, fault: StrEnum | None) -> Notice:
    """Nobody knows whether the paper is whole."""
    can = (say.CERT_UNSURE_LOOK, say.CERT_UNSURE_CHECK, say.ASK_DESK)
    lead = say.fill(say.CERT_UNSURE_LEAD, number=made.number)
    return Notice(Tone.WARN, say.CERT_UNSURE_TITLE, lead, can, code=(fault or _UNKNOWN[made.paper]).value)


def verified(verdict: Verdict) -> pages.Verified:
    """What a paper under the scanner is worth; the name stays masked until its key is held."""
    said = results.result_said(verdict.result)
    content = verdict.content
    rows = results.shown(verdict)
    notes = [each for each in (results.list_age(verdict), results.not_asked(verdict)) if each]
    return pages.Verified(
        pages.Verdict(verdict.result.value),
        say.both(said.word),
        say.both(results.sentence(verdict)),
        tuple(_fact(row) for row in rows if row.what not in ("name", *_END)),
        slip_name(content.name) if content else "",
        content.name if content else "",
        tuple(pages.Advice(say.both(each.title), say.both(each.line), each.icon) for each in said.advice),
        (pages.Check(say.both(results.reason_said(verdict.reason)), ok=False),) if not content else (),
        tuple(say.both(each) for each in notes),
        tuple(_fact(row) for row in rows if row.what in _END),
    )


def _fact(row: results.Row) -> Fact:
    return Fact(say.both(row.label), say.both(row.value), row.strong)
