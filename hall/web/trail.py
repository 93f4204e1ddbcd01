"""The trail: who did what, the newest first. For supervisors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy import select
from starlette.responses import Response

from certificates.short_code import grouped
from hall.models import Trail
from hall.state import Hall
from hall.tickets import Ticket
from hall.web.answered import PageRoute
from hall.web.entrance import Entrance, spoken
from hall.web.pages import Pages
from hall.web.words import WORDS, Tongue, say

SHOWN: Final = 50
_OF_PAPERS: Final = {"open_certificate", "revoke_certificate"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row as the page shows it."""

    at: str
    who: str
    what: str
    about: str
    detail: str
    refused: bool


def trail(hall: Hall, pages: Pages, entrance: Entrance) -> APIRouter:
    router = APIRouter(prefix="/staff/trail", include_in_schema=False, route_class=PageRoute)

    @router.get("")
    def show(request: Request, before: int | None = None) -> Response:
        person, tongue = entrance.supervisor(request), spoken(request)
        rows = select(Trail, Ticket.number).outerjoin(Ticket, Ticket.id == Trail.ticket).order_by(Trail.id.desc())
        if before is not None:
            rows = rows.where(Trail.id < min(before, 2**62))
        with hall.store.reading() as session:
            found = session.execute(rows.limit(SHOWN + 1)).all()
        lines = [
            Line(
                at=pages.moment(row.at).strftime("%m-%d %H:%M:%S"),
                who=row.clerk or say("the-hall", tongue),
                what=say(f"did-{row.verb}", tongue) if f"did-{row.verb}" in WORDS else row.verb,
                about=number or (grouped(row.ticket) if row.ticket and row.verb in _OF_PAPERS else ""),
                detail=_told(row.detail, tongue),
                refused=row.verb == "refused",
            )
            for row, number in found[:SHOWN]
        ]
        older = found[SHOWN - 1][0].id if len(found) > SHOWN else None
        return entrance.page(request, person, "trail.html", here="trail", rows=lines, older=older)

    return router


def _told(detail: str, tongue: Tongue) -> str:
    """A row's detail in the reader's language, where it is one that the hall itself writes."""
    why = f"why-{detail.replace(' ', '-')}"
    if why in WORDS:
        return say(why, tongue)
    match detail.split(" "):
        case ["counter", counter]:
            return say("counter", tongue, counter=counter)
        case [before, "to", after]:
            return " → ".join(say(f"is-{s}", tongue) if f"is-{s}" in WORDS else s for s in (before, after))
    return detail
