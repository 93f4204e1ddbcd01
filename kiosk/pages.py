"""The pages of a visit as the flows show them: the catalogue and the machine in the words of the screens."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kiosk import opening, say, slip
from kiosk import say_people as words
from kiosk.acting import Acting, Kind
from kiosk.assurance import Level
from kiosk.day_sheet import Booking
from kiosk.desk import MOST, Desk
from kiosk.faults import Fault
from kiosk.masking import greeting_name, part_of_day, slip_name
from kiosk.visitor import Visitor
from offline_cache.tickets import Recorded, Waiting
from screens.pages import (
    ActingFor,
    Booked,
    Choice,
    Group,
    Guide,
    HaveTicket,
    Home,
    Notice,
    Open,
    Printing,
    Review,
    Services,
    Step,
    Tab,
    TakeTicket,
    Tone,
    Wait,
)
from screens.words import Words, same

SUGGESTED: Final = 3
"""Services offered on the first page by age: more would be a list to read."""


def home(desk: Desk, visitor: Visitor, booking: Booking | None, line: Wait | None) -> Home:
    """The page after the card. What the age suggests is worked out here and kept nowhere."""
    assert visitor.holder is not None
    now = desk.now()
    shut = opening.tickets_closed(desk.machine, now)
    tiles = [
        _tile("services", "ticket", say.TAKE_TICKET, _standing(line), shut),
        _tile("stage", "sprout", say.BY_STAGE, say.BY_STAGE_LINE, shut),
    ]
    if desk.templates:
        closed = opening.certificates_closed(desk.machine, now)
        tiles.insert(1, _tile("certificates", "file-text", say.CERTIFICATES, say.CERTIFICATES_LINE, closed))
    else:
        how_many = say.fill(say.HOW_MANY, n=len(desk.catalogue.services))
        tiles.append(_tile("department", "landmark", say.BY_DEPARTMENT, how_many, shut))
    if "scanner" in desk.machine.fitted:
        closed = shut or opening.scanner_closed(desk.machine)
        tiles.append(_tile("scan", "calendar-check", say.CHECK_IN, say.CHECK_IN_LINE, closed))
    if "scanner" in desk.machine.fitted and desk.templates:
        closed = opening.verifying_closed(desk.machine)
        tiles.append(_tile("verify", "shield-check", say.VERIFY, say.VERIFY_LINE, closed))
    tiles.append(Choice("tickets", "ticket-check", say.MY_TICKETS, say.MY_TICKETS_LINE))
    tiles.append(_tile("mine", "user", words.MINE, words.MINE_LINE, opening.hall_closed(desk.machine)))
    tiles.append(_tile("acting", "users", words.FOR_ANOTHER, words.FOR_ANOTHER_LINE, shut))
    return Home(
        name=greeting_name(visitor.holder.name),
        greeting=part_of_day(now.hour),
        document=visitor.document or same(""),
        booked=_booked(desk, visitor, booking) if booking and not shut else None,
        tiles=tuple(tiles),
        suggested=() if shut else _suggested(desk, visitor),
    )


def _tile(key: str, icon: str, title: Words, line: Words, closed: opening.Closed | None) -> Choice:
    return Choice(key, icon, title, closed.said if closed else line, Open.CLOSED if closed else Open.YES)


def _standing(line: Wait | None) -> Words:
    """How the line stands, where that is known."""
    if line is None:
        return say.ALL_MATTERS
    if line.ahead == 0 and line.as_of is None:
        return say.NO_QUEUE
    if line.as_of:
        return say.fill(say.QUEUE_AS_OF, ahead=line.ahead, as_of=line.as_of)
    return say.fill(say.QUEUE_NOW, ahead=line.ahead, minutes=line.minutes)


def _booked(desk: Desk, visitor: Visitor, booking: Booking) -> Booked:
    service = desk.catalogue.by_id[booking.matters[0]]
    state = opening.matter(service, desk.machine, visitor).open
    when = f"{booking.start}–{booking.end}"
    return Booked("booked", service.name.words, when, _window(desk, booking.queue), state)


def _window(desk: Desk, queue: str) -> Words:
    """A group of windows by name; without one where the catalogue has dropped it since."""
    return next((known.name.words for known in desk.catalogue.queues if known.id == queue), say.WINDOW)


def _suggested(desk: Desk, visitor: Visitor) -> tuple[Choice, ...]:
    age = visitor.age(desk.now().date())
    if age is None:
        return ()
    found = []
    for service in desk.catalogue.for_age(age):
        matter = opening.matter(service, desk.machine, visitor)
        if matter.open is not Open.CLOSED:
            found.append(Choice(service.id, service.icon, matter.name, matter.line, matter.open))
    return tuple(found[:SUGGESTED])


def services(desk: Desk, visitor: Visitor, chosen: tuple[str, ...], tab: str) -> Services:
    """All matters, by what is often used, by stage of life and by department."""
    catalogue = desk.catalogue
    stages = tuple(Group(stage.id, stage.name.words, stage.icon) for stage in catalogue.stages)
    owners = tuple(Group(owner.id, owner.name.words, owner.icon) for owner in catalogue.departments)
    by_use = sorted(catalogue.services, key=lambda service: -service.hot)
    return Services(
        tabs=(
            Tab("often", say.OFTEN, "star", (Group("often", say.OFTEN, "star"),)),
            Tab("stage", say.BY_STAGE, "sprout", stages),
            Tab("department", say.BY_DEPARTMENT, "landmark", owners),
        ),
        matters=tuple(opening.matter(service, desk.machine, visitor) for service in by_use),
        chosen=tuple(service for service in chosen if service in catalogue.by_id),
        tab=tab,
        most=MOST,
    )


def review(desk: Desk, visitor: Visitor, chosen: tuple[str, ...], booking: Booking | None, line: Wait | None) -> Review:
    """What the ticket will say and what to bring; each paper once, however many matters ask for it."""
    chosen_services = [desk.catalogue.by_id[service] for service in chosen]
    materials = dict.fromkeys(material.words for service in chosen_services for material in service.materials)
    return Review(
        matters=tuple(opening.matter(service, desk.machine, visitor) for service in chosen_services),
        window=desk.queue_of(chosen).name.words,
        wait=line,
        materials=tuple(materials),
        holder=slip_name(visitor.holder.name) if visitor.holder else "",
        acting=_acting(visitor.acting) if visitor.acting else None,
        booked=_booked(desk, visitor, booking) if booking else None,
    )


def _acting(acting: Acting) -> ActingFor:
    return ActingFor(words.ACTED_FOR if acting.kind is Kind.WARD else words.ACTED_COMPANY, acting.masked)


def guide(desk: Desk, service_id: str) -> Guide:
    service = desk.catalogue.by_id[service_id]
    return Guide(
        name=service.name.words,
        guide=service.guide.words,
        materials=tuple(material.words for material in service.materials),
        fee=service.fee.words,
        time_limit=service.time_limit.words,
        sample=service.source == "sample",
    )


def printing(recorded: Recorded) -> Printing:
    steps = (
        (say.fill(say.STEP_RECORDED, number=recorded.number), Step.DONE),
        (say.STEP_PRINTING, Step.NOW),
        (say.STEP_TAKE, Step.LATER),
    )
    return Printing(recorded.number, steps)


def take(desk: Desk, recorded: Recorded, card: Words | None) -> TakeTicket:
    window = _window(desk, recorded.queue)
    return TakeTicket(recorded.number, slip.wait_said(recorded), window, len(recorded.matters), card)


def have_ticket(desk: Desk, held: Waiting) -> HaveTicket:
    """A ticket made here can be printed again; one from another machine is only shown and cancelled."""
    keys = [Choice("keep", "check", say.HAVE_KEEP)]
    if held.id:
        keys.append(Choice("reprint", "printer", say.HAVE_REPRINT))
    keys += [Choice("other", "layout-grid", say.HAVE_OTHER), Choice("cancel", "ticket-x", say.HAVE_CANCEL)]
    names = tuple(desk.catalogue.by_id[m].name.words for m in held.matters if m in desk.catalogue.by_id)
    window = _window(desk, held.queue)
    return HaveTicket(held.number, names, None, window, None if held.id else say.HAVE_ELSEWHERE, tuple(keys))


def told(words: Words) -> Notice:
    """What the hall found out since this person was last here: two tickets for one thing became one."""
    return Notice(Tone.OK, say.MERGED_TITLE, words, keys=(Choice("go-on", "arrow-right", say.GO_ON),))


def not_proven(needs: Level) -> Notice:
    """What was chosen takes more than can be shown on this machine."""
    keys = (Choice("go-on", "arrow-right", say.GO_ON),)
    lead = words.NOT_PROVEN_LEAD
    return Notice(Tone.WARN, words.NEEDS[needs], lead, (say.ASK_12345,), keys, code=Fault.NOT_PROVEN.value)


def not_recorded(code: str) -> Notice:
    return Notice(Tone.BAD, say.NOT_RECORDED_TITLE, say.NOT_RECORDED_LEAD, (say.ASK_12345,), code=code)


def not_cancelled(code: str) -> Notice:
    return Notice(Tone.BAD, say.NOT_CANCELLED_TITLE, say.NOT_CANCELLED_LEAD, (say.ASK_12345,), code=code)


def maybe_cancelled() -> Notice:
    """The store did not answer in time; what it was asked for it may still do."""
    return Notice(Tone.BAD, say.MAYBE_CANCELLED_TITLE, say.MAYBE_CANCELLED_LEAD, (say.ASK_12345,), code="L101")


def not_printed(fault: StrEnum) -> Notice:
    return Notice(Tone.BAD, say.NOT_PRINTED_TITLE, say.NOT_PRINTED_LEAD, (say.ASK_12345,), code=fault.value)


def unsure(recorded: Recorded, fault: StrEnum | None) -> Notice:
    """Nobody knows whether the slip is whole: the number is shown large enough to be remembered."""
    can = (say.UNSURE_LOOK, say.UNSURE_REMEMBER, say.UNSURE_REPRINT, say.ASK_DESK)
    lead = say.fill(say.UNSURE_LEAD, number=recorded.number)
    return Notice(Tone.WARN, say.UNSURE_TITLE, lead, can, code=fault.value if fault else "P106")
