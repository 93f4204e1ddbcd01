"""Print a certificate: choose, answer what only you know, look at the very page, print, take it.

The certificate is on record before its page is shown, for the code on the
screen is as good as the one on paper. Who turns away leaves a void copy, and
the hall revokes what was never printed.
"""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from functools import partial

from certificates.form import Kind
from certificates.template import Paper, Template
from devices.printer import NotStarted, Uncertain
from kiosk import certificate_pages as pages
from kiosk import say
from kiosk.answers import value_of
from kiosk.assurance import level_of
from kiosk.certificate_desk import RECORD_SECONDS, NoRecord, NotIssued
from kiosk.desk import Desk
from kiosk.faults import Fault
from kiosk.flows.introduce import introduce
from kiosk.flows.proof import step_up
from kiosk.form import Form
from kiosk.steps import Ask, Left, Overdue, Show, WentHome, Work
from kiosk.typeset import Made
from kiosk.visitor import Visitor
from offline_cache.certificates import RecordedCertificate
from offline_cache.tickets import Outcome
from screens.pages import CARD_TAKEN, Confirmed, Nav


async def certify(desk: Desk, visitor: Visitor) -> None:
    """From the choice of a certificate to the paper in the hand. Raises ``WentHome`` when led back."""
    while True:
        chosen = await Ask(pages.kinds(desk, visitor))
        if chosen is Nav.BACK:
            raise WentHome
        template = next(each for each in desk.templates if each.kind == chosen)
        proven = await step_up(desk, visitor, level_of(template.issue.assurance))
        if proven is None or not await introduce(desk, proven):
            continue
        visitor = proven
        try:
            if await _from_form(desk, visitor, template):
                return
        except NoRecord:
            await Ask(pages.no_record())
            raise WentHome from None
        except NotIssued as failed:
            await Ask(pages.not_issued(failed.code))
            return
        except Overdue as late:
            await Ask(pages.late(late.lane))
            return


async def _from_form(desk: Desk, visitor: Visitor, template: Template) -> bool:
    """True where the visit is done; False to choose another certificate."""
    form = await Work("hall", partial(desk.certificates.form, template, visitor), seconds=RECORD_SECONDS + 2)
    papers = desk.certificates.papers(template)
    steps = len(form.open()) + (len(papers) > 1) + 1
    at, paper = 0, papers[0]
    while True:
        if at < len(form.open()):
            form, went = await _answered(desk, visitor, form, at, steps)
        elif at < steps - 1:
            said = await Ask(pages.on_which(papers, at + 1, steps, say.both(template.title)))
            went, paper = (-1, paper) if said is Nav.BACK else (1, Paper(str(said)))
        else:
            if await _look_and_print(desk, visitor, form, paper, steps):
                return True
            went = -steps if form.open() else -1
        if at == 0 and went < 0:
            return False
        at = max(0, at + went)


async def _answered(desk: Desk, visitor: Visitor, form: Form, at: int, steps: int) -> tuple[Form, int]:
    """The form with the answer to its question ``at``, and 1; or as it was, and -1 for a step back."""
    asked = form.open()[at]
    problem = None
    while True:
        said = await Ask(pages.question(form, asked, at + 1, steps, visitor, problem))
        if isinstance(said, Nav):
            return form, -1
        value = int(said) if asked.kind is Kind.CHOICE else value_of(asked, said)
        problem = desk.certificates.problem(asked, value, visitor)
        if problem is None:
            return form.having(asked.id, value), 1


async def _look_and_print(desk: Desk, visitor: Visitor, form: Form, paper: Paper, steps: int) -> bool:
    """True where it was printed, or is in doubt; False where the citizen wants to change something."""
    recorded = await Work("store", partial(desk.certificates.issue, form, visitor, paper))
    try:
        made = await Work(_lane(paper), partial(desk.certificates.made, recorded, paper))
        agreed = await Ask(pages.preview(form, made, steps, more=desk.certificates.looks_left > 0)) == Confirmed()
    except (Left, WentHome, Overdue, NotIssued):
        await _settle(desk, recorded, Outcome.VOID, None)
        raise
    if not agreed:
        await _settle(desk, recorded, Outcome.VOID, None)
        if not desk.certificates.looks_left:
            raise NotIssued(Fault.NO_MORE_LOOKS)
        return False
    await _hand_over(desk, visitor, made)
    return True


async def _hand_over(desk: Desk, visitor: Visitor, made: Made) -> None:
    """Print what was looked at and say what became of it."""
    await Show(pages.printing(made))
    try:
        await Work(_lane(made.paper), partial(desk.certificates.print, made), seconds=desk.print_seconds)
    except NotStarted as stopped:
        await _settle(desk, made.recorded, Outcome.VOID, stopped.fault)
        first = made.recorded.copy == 1  # of a reprint there may be an earlier paper, so nothing is void
        await Ask(pages.not_printed(stopped.fault) if first else pages.unsure(made, stopped.fault))
    except Uncertain as doubt:
        await _settle(desk, made.recorded, Outcome.UNCERTAIN, doubt.fault)
        await Ask(pages.unsure(made, doubt.fault))
    except Overdue:
        await _settle(desk, made.recorded, Outcome.UNCERTAIN, None)
        await Ask(pages.unsure(made, None))
    else:
        await _settle(desk, made.recorded, Outcome.PRINTED, None)
        await _farewell(desk, visitor, made)


async def _settle(desk: Desk, recorded: RecordedCertificate, outcome: Outcome, fault: StrEnum | None) -> None:
    """A store that is late with it does not keep the citizen from hearing what became of the paper."""
    with suppress(Overdue):
        await Work("store", partial(desk.certificates.settle, recorded, outcome, fault))


async def _farewell(desk: Desk, visitor: Visitor, made: Made) -> None:
    answer = await Ask(pages.take(made, visitor.document))
    if answer == CARD_TAKEN:
        answer = await Ask(pages.take(made, None))
    if answer == "missing":
        await _missing(desk, visitor, made)


async def _missing(desk: Desk, visitor: Visitor, made: Made) -> None:
    """The printer said printed, the citizen sees nothing: one more copy, marked as such, while there may be one."""
    if made.recorded.copy >= made.recorded.most:
        await Ask(pages.unsure(made, None))
        return
    try:
        copy = await Work("store", partial(desk.certificates.copy, made.recorded.id, made.paper))
    except (NotIssued, Overdue):
        await Ask(pages.unsure(made, None))
        return
    try:
        again = await Work(_lane(made.paper), partial(desk.certificates.made, copy, made.paper))
    except (NotIssued, Overdue):
        await _settle(desk, copy, Outcome.VOID, None)
        await Ask(pages.unsure(made, None))
        return
    await _hand_over(desk, visitor, again)


def _lane(paper: Paper) -> str:
    """The thread of the printer that this paper is in."""
    return "sheets" if paper is Paper.A4 else "printer"
