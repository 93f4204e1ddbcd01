"""Same person, same matter, two tickets: the earliest that waits keeps the matter.

Made where kiosks could not see each other. The outcome does not depend on which
kiosk is heard first.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy.orm import Session

from hall.models import Told, Trail
from hall.moves import Verb, after
from hall.tickets import State, Ticket


def merge(session: Session, tickets: Iterable[Ticket], now: int) -> None:
    """Take from each waiting ticket of one person and day what an earlier waiting one is for."""
    tickets, holder = list(tickets), dict[str, Ticket]()
    for ticket in sorted((t for t in tickets if t.state is State.WAITING), key=_age):
        left = [matter for matter in ticket.matters if matter not in holder]
        if left != ticket.matters:
            _take_off(session, ticket, left, holder[next(m for m in ticket.matters if m in holder)], now)
        holder.update((matter, ticket) for matter in left)
    for ticket in tickets:
        if ticket.state is State.MERGED:
            kept = next((holder[m].id for m in ticket.asked if m in holder), ticket.merged_into)
            ticket.merged_into = kept


def give_back(session: Session, gone: Ticket, others: Iterable[Ticket], at: int, now: int) -> None:
    """``gone`` was cancelled at ``at``: whoever asked for its matters after that has them again.

    A ticket taken before the cancellation stays merged: the person gave up the matter itself.
    """
    others = list(others)
    for ticket in others:
        if ticket is gone or ticket.state not in (State.WAITING, State.MERGED) or ticket.at <= at:
            continue
        again = [m for m in ticket.asked if m in ticket.matters or m in gone.matters]
        if again == ticket.matters:
            continue
        ticket.matters = again
        if ticket.state is State.MERGED:
            ticket.state = after(ticket.state, Verb.REVIVE)
            ticket.merged_into = None
        session.add(Trail(at=now, verb=Verb.REVIVE, ticket=ticket.id, detail=f"{gone.number} was cancelled"))
        _tell(
            session,
            ticket,
            f"您的号码 {ticket.number} 重新有效,请等候叫号。",
            f"Your number {ticket.number} is valid again. Please wait for it to be called.",
        )
    merge(session, others, now)


def _take_off(session: Session, ticket: Ticket, left: list[str], by: Ticket, now: int) -> None:
    ticket.matters = left
    if left:
        session.add(Trail(at=now, verb="trim", ticket=ticket.id, detail=f"a matter is on {by.number}"))
        _tell(
            session,
            ticket,
            f"您的部分事项已在号码 {by.number} 上办理，号码 {ticket.number} 办理其余事项。",
            f"Some of your matters are on number {by.number}; number {ticket.number} is for the others.",
        )
        return
    ticket.state = after(ticket.state, Verb.MERGE)
    ticket.merged_into = by.id
    by.turn = min(by.turn, ticket.turn)
    session.add(Trail(at=now, verb=Verb.MERGE, ticket=ticket.id, detail=f"into {by.number}"))
    _tell(
        session,
        ticket,
        f"您已有相同事项的号码 {by.number}，请凭该号办理；号码 {ticket.number} 已合并。",
        f"You already hold number {by.number} for the same matter: please use that one. {ticket.number} was merged.",
    )


def _tell(session: Session, ticket: Ticket, zh: str, en: str) -> None:
    if ticket.person is not None:
        session.add(Told(day=ticket.day, person=ticket.person, text_zh=zh, text_en=en))


def _age(ticket: Ticket) -> tuple[int, str, int, int]:
    return ticket.at, ticket.kiosk, ticket.epoch, ticket.seq
