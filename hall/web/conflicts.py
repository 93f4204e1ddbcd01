"""The page of differences: one person, registered at two kiosks out of touch, with two contents. For supervisors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from hall.models import Kiosk
from hall.people import reviewing
from hall.people.models import AccountName
from hall.state import Hall
from hall.web.answered import PageRoute
from hall.web.entrance import Entrance, spoken
from hall.web.forms import Fields
from hall.web.pages import Pages
from hall.web.sessions import SignedIn
from hall.web.words import Tongue, say

SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One of two openings."""

    kiosk: str
    at: str
    document: str


@dataclass(frozen=True, slots=True)
class Line:
    """One difference as the page shows it."""

    id: int
    masked: str
    what: str
    found: str
    first: Side
    later: Side


def conflicts(hall: Hall, pages: Pages, entrance: Entrance) -> APIRouter:
    router = APIRouter(prefix="/staff/conflicts", include_in_schema=False, route_class=PageRoute)

    def acting(request: Request, fields: dict[str, str]) -> SignedIn:
        entrance.supervisor(request)
        return entrance.acting(request, fields)

    def moment(at: int) -> str:
        return pages.moment(at).strftime("%m-%d %H:%M")

    def side(session: Session, name: AccountName, tongue: Tongue) -> Side:
        kiosk = session.get_one(Kiosk, name.kiosk)
        place = kiosk.place_zh if tongue is Tongue.ZH else kiosk.place_en
        return Side(f"{kiosk.id} {place}".strip(), moment(name.at), say(f"document-{name.document}", tongue))

    def line(session: Session, shown: reviewing.Open, tongue: Tongue) -> Line:
        sides = (side(session, each, tongue) for each in (shown.first, shown.later))
        return Line(shown.id, shown.masked, say(f"conflict-{shown.what}", tongue), moment(shown.at), *sides)

    def front(request: Request, person: SignedIn, notice: str = "") -> Response:
        tongue = spoken(request)
        with hall.store.writing() as session:
            shown = reviewing.waiting(session, hall, SHOWN, person.name)
            found: Sequence[Line] = [line(session, each, tongue) for each in shown]
            count = reviewing.count(session)
        said = say(f"notice-{notice}", tongue) if notice else ""
        return entrance.page(request, person, "conflicts.html", here="conflicts", rows=found, count=count, notice=said)

    @router.get("")
    def show(request: Request) -> Response:
        return front(request, entrance.supervisor(request))

    @router.post("/open")
    def open_one(request: Request, fields: Fields) -> Response:
        """Both sides, to who is thereby written into the person's own trail."""
        person = acting(request, fields)
        with hall.store.writing() as session:
            shown = reviewing.one(session, _id(fields))
            if shown is None:
                said = None
            else:
                said = reviewing.looked_at(session, hall, shown, person.name)
                row = line(session, shown, spoken(request))
        if shown is None:
            return front(request, person, "conflict-over")
        return entrance.page(request, person, "conflict.html", here="conflicts", row=row, said=said)

    @router.post("/settle")
    def settle(request: Request, fields: Fields) -> Response:
        person, keep = acting(request, fields), fields.get("keep", "")
        if keep != "first" and keep != "later":
            raise HTTPException(400)
        with hall.store.writing() as session:
            done = reviewing.settle(session, hall, _id(fields), "first" if keep == "first" else "later", person.name)
        return front(request, person, "conflict-settled" if done else "conflict-over")

    return router


def _id(fields: dict[str, str]) -> int:
    text = fields.get("conflict", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise HTTPException(400)
    return int(text)
