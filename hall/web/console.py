"""The calling page: one counter, its number, and the verbs of the queue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from sqlalchemy.orm import Session
from starlette.datastructures import URL
from starlette.responses import RedirectResponse, Response

from hall import queue
from hall.binding import bindings
from hall.models import Clerk
from hall.moves import IllegalMove
from hall.people import trail
from hall.state import Hall
from hall.tickets import Ticket
from hall.web.answered import PageRoute
from hall.web.delivered import Delivered
from hall.web.desk import Catalogue, View, at_counter, last_step
from hall.web.entrance import Entrance, keep, spoken
from hall.web.forms import Fields
from hall.web.pages import Pages
from hall.web.words import Tongue, say

QUEUE: Final = "__Host-queue"
"""Which queue this work station serves; all of them where nothing is chosen."""

_YEAR_S: Final = 31_536_000
_NUMBER: Final = re.compile(r"[0-9A-Z-]{1,12}")
_NOTICES: Final = {"stale", "illegal", "at-hand", "empty"}


class Stale(Exception):
    """The form was made before something else happened to its ticket."""


def console(hall: Hall, pages: Pages, entrance: Entrance, delivered: Delivered) -> APIRouter:
    router = APIRouter(prefix="/staff/console", include_in_schema=False, route_class=PageRoute)
    catalogues = {tongue: Catalogue(hall.content, tongue) for tongue in Tongue}
    every = list(catalogues[Tongue.ZH].queues)

    def served(request: Request) -> list[str]:
        chosen = request.cookies.get(QUEUE)
        return [chosen] if chosen in every else every

    @router.get("")
    def show(request: Request, notice: str = "", number: str = "") -> Response:
        person, tongue, queues = entrance.person(request), spoken(request), served(request)
        with hall.store.reading() as session:
            desk = View(session, catalogues[tongue], tongue, hall.today(), hall.now()).desk(person, queues, pages.clock)
        about = number if _NUMBER.fullmatch(number) else ""
        return entrance.page(
            request,
            person,
            "console.html",
            here="console",
            desk=desk,
            on_phone=delivered.since(desk.current.id, desk.current.called_at) if desk.current else None,
            queues=catalogues[tongue].queues,
            serves=queues[0] if len(queues) == 1 else "",
            missed=catalogues[tongue].missed,
            notice=say(f"notice-{notice}", tongue, number=about).strip() if notice in _NOTICES else "",
        )

    @router.post("/queue")
    def choose(request: Request, fields: Fields) -> Response:
        entrance.acting(request, fields)
        chosen = fields.get("queue", "")
        if chosen and chosen not in every:
            raise HTTPException(400)
        response = _back()
        keep(response, QUEUE, chosen, _YEAR_S)
        return response

    @router.post("/{verb}")
    def act(verb: str, request: Request, fields: Fields) -> Response:
        person = entrance.acting(request, fields)
        number = ""
        try:
            with hall.store.writing() as session:
                clerk = session.get_one(Clerk, person.name)
                ticket = _meant(session, fields)
                number = ticket.number if ticket else ""
                if verb == "next":
                    return _next(session, clerk, ticket, served(request))
                if ticket is None:
                    raise HTTPException(400)
                _do(session, verb, clerk, ticket, fields)
        except Stale as stale:
            return _back("stale", str(stale))
        except IllegalMove:
            with hall.store.reading() as session:
                current = at_counter(session, person.name, hall.today())
            if current is not None and current.number != number:
                return _back("at-hand", current.number)
            return _back("illegal", number)
        return _back()

    def _meant(session: Session, fields: dict[str, str]) -> Ticket | None:
        """The ticket that the form is about, if nothing has happened to it since the form was made."""
        if not fields.get("ticket"):
            return None
        ticket = session.get(Ticket, fields["ticket"])
        if ticket is None or ticket.day != hall.today():
            raise Stale("")
        if fields.get("seen") != str(last_step(session, ticket.id)):
            raise Stale(ticket.number)
        return ticket

    def _next(session: Session, clerk: Clerk, ticket: Ticket | None, queues: Sequence[str]) -> Response:
        """Finish what is at the counter, as the form saw it, and call whoever is next: one step, or none."""
        current = at_counter(session, clerk.name, hall.today())
        if ticket is None and current is not None:
            raise Stale(current.number)
        if ticket is not None:
            queue.finish(session, clerk, ticket, hall.now())
            session.flush()
        called = queue.call_next(session, clerk, queues, hall.today(), hall.now())
        if called is None:
            return _back("empty")
        _seen(session, clerk, called)
        return _back()

    def _seen(session: Session, clerk: Clerk, ticket: Ticket) -> None:
        """Who is called stands on the clerk's page from now on, by masked name and with what they came for.

        Their phones are told where to go.
        """
        if ticket.account is not None:
            who = trail.Who("clerk", clerk.name)
            trail.read(session, ticket.account, hall.now(), who, ("name", "matters"), "called", ticket.id)
            bindings.call(session, ticket.account, ticket.number, clerk.counter, hall.now())

    def _do(session: Session, verb: str, clerk: Clerk, ticket: Ticket, fields: dict[str, str]) -> None:
        now = hall.now()
        match verb:
            case "recall":
                queue.recall(session, clerk, ticket, now)
            case "hold":
                queue.hold(session, clerk, ticket, now)
            case "absent":
                queue.absent(session, clerk, ticket, now)
            case "return":
                queue.send_back(session, clerk, ticket, now)
            case "finish":
                queue.finish(session, clerk, ticket, now)
            case "back":
                queue.resume(session, clerk, ticket, now)
                _seen(session, clerk, ticket)
            case "transfer" if fields.get("queue") in every:
                queue.transfer(session, clerk, ticket, fields["queue"], now)
            case "transfer":
                raise HTTPException(400)
            case _:
                raise HTTPException(404)

    return router


def _back(notice: str = "", number: str = "") -> Response:
    """To the page again, by GET, so that reloading it repeats nothing."""
    url = URL("/staff/console")
    if notice:
        url = url.include_query_params(notice=notice, **({"number": number} if number else {}))
    return RedirectResponse(str(url), 303)
