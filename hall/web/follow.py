"""The follow-me page of a ticket: on any phone, for whoever holds the slip.

Reachable by the ticket's unguessable id alone, and it shows nothing of the person.
An id that the hall has not heard of gets the same page as one that is still on its
way from a kiosk without a line: nobody learns which ids exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from hall import queue
from hall.limits import Bucket
from hall.state import Hall
from hall.tickets import State, Ticket
from hall.web.answered import Answered, PageRoute
from hall.web.delivered import Delivered
from hall.web.desk import Catalogue
from hall.web.pages import Pages
from hall.web.words import Tongue, preferred, say

_ID: Final = re.compile(r"[A-Z2-7]{16}")
_NOTHING: Final = "—"

PER_SECOND: Final = 60.0
"""Requests from one address: everyone in the hall may be behind the same one, asking every 5 s."""

_LOOK: Final = {
    "waiting": ("", "clock"),
    "called": ("ok", "bell-ring"),
    "held": ("rest", "circle-pause"),
    "absent": ("warn", "circle-alert"),
    "finished": ("rest", "circle-check"),
    "cancelled": ("rest", "circle-x"),
    "merged": ("warn", "arrow-right-left"),
    "over": ("rest", "hourglass"),
    "unknown": ("rest", "wifi-off"),
}
"""Banner tone and icon of each state."""


@dataclass(frozen=True, slots=True)
class Now:
    """Everything the page says, in words; each field is the text of the element with its name."""

    state: str
    word: str
    number: str
    headline: str
    sentence: str
    ahead: str
    estimate: str
    where: str
    matters: str
    taken: str
    missed: str
    as_of: str


def follow(hall: Hall, pages: Pages, delivered: Delivered, monotonic: Callable[[], float]) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    catalogues = {tongue: Catalogue(hall.content, tongue) for tongue in Tongue}
    pace = Bucket(PER_SECOND, monotonic)

    def admitted(request: Request, id: str) -> str:
        """The id as the hall writes it; 404 for what can't be one, 429 for an address that asks too often."""
        if wait := pace.wait(request.client.host if request.client else ""):
            raise Answered(Response(status_code=429, headers={"Retry-After": str(wait)}))
        name = id.upper() if id.isascii() else ""
        if not _ID.fullmatch(name):
            raise Answered(_private(pages.render("no_ticket.html", tongue_of(request, ""), 404)))
        return name

    def tongue_of(request: Request, lang: str) -> Tongue:
        return Tongue(lang) if lang in set(Tongue) else preferred(request.headers.get("accept-language"))

    def look(id: str, tongue: Tongue) -> Now:
        with hall.store.reading() as session:
            ticket = session.get(Ticket, id)
            if ticket is not None and ticket.state is State.CALLED and ticket.called_at is not None:
                delivered.note(ticket.id, ticket.called_at, hall.now())
            return _now(session, ticket, catalogues[tongue], tongue)

    def _now(session: Session, ticket: Ticket | None, catalogue: Catalogue, tongue: Tongue) -> Now:
        state = _state(ticket, hall.today())
        ahead = estimate = where = matters = taken = _NOTHING
        number = counter = other = ""
        if ticket is not None:
            number, counter = ticket.number, ticket.counter or ""
            where = catalogue.queues.get(ticket.queue, ticket.queue)
            matters = _matters(ticket, catalogue, tongue)
            taken = pages.moment(ticket.at).strftime("%m-%d %H:%M")
            if state == "waiting":
                people = queue.ahead(session, ticket)
                wait = queue.minutes(session, ticket, catalogue.minutes.get(ticket.queue, queue.USUAL_MINUTES))
                ahead = say("people", tongue, n=people)
                estimate = say("about-minutes", tongue, n=wait) if people else say("about-now", tongue)
            if ticket.merged_into:
                kept = session.get(Ticket, ticket.merged_into)
                other = kept.number if kept else ""
        values = {"counter": counter, "other": other, "hotline": catalogue.hotline}
        return Now(
            state=state,
            word=say(f"ticket-{state}", tongue, **values),
            number=number or _NOTHING,
            headline=say(f"ticket-{state}-headline", tongue, **values),
            sentence=say(f"ticket-{state}-sentence", tongue, **values),
            ahead=ahead,
            estimate=estimate,
            where=where,
            matters=matters,
            taken=taken,
            missed=catalogue.missed,
            as_of=say("as-of", tongue, time=pages.moment(hall.now()).strftime("%H:%M:%S")),
        )

    @router.get("/t/{id}")
    @router.get("/T/{id}")
    def page(id: str, request: Request, lang: str = "") -> Response:
        name, tongue = admitted(request, id), tongue_of(request, lang)
        now = look(name, tongue)
        tone, picture = _LOOK[now.state]
        response = pages.render(
            "ticket.html", tongue, page=now, tone=tone, picture=picture, now_url=f"/t/{name}/now?lang={tongue}"
        )
        return _private(response)

    @router.get("/t/{id}/now")
    @router.get("/T/{id}/now")
    def now(id: str, request: Request, lang: str = "") -> Response:
        return _private(JSONResponse(asdict(look(admitted(request, id), tongue_of(request, lang)))))

    return router


def _matters(ticket: Ticket, catalogue: Catalogue, tongue: Tongue) -> str:
    """What is to be done on this ticket, and what an earlier one of the same person took over."""
    comma = say("list", tongue)
    gone = [matter for matter in ticket.asked if matter not in ticket.matters]
    if not gone:
        return comma.join(catalogue.matters(ticket.matters))
    taken = say("taken-over", tongue, matters=comma.join(catalogue.matters(gone)))
    return comma.join([*catalogue.matters(ticket.matters), taken])


def _state(ticket: Ticket | None, today: str) -> str:
    if ticket is None:
        return "unknown"
    if ticket.day != today and ticket.state in (State.WAITING, State.CALLED, State.HELD, State.ABSENT):
        return "over"
    return ticket.state.value


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Vary"] = "Accept-Language"
    return response
