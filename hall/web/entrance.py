"""The door of the staff pages: who is asking, may they, and did they mean it."""

from __future__ import annotations

import hmac
from typing import Any, Final

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from hall.people import reviewing
from hall.state import Hall
from hall.web import sessions, staff
from hall.web.answered import Answered
from hall.web.fleet import hands
from hall.web.pages import Pages, stamp
from hall.web.sessions import SignedIn
from hall.web.words import Tongue

COOKIE: Final = "__Host-staff"
LANGUAGE: Final = "__Host-language"

REFRESH: Final = "keting-refresh"
"""The header of a page that refreshes itself."""


class Entrance:
    """Lets staff to their pages. Each method raises ``Answered`` for those it does not let in."""

    def __init__(self, hall: Hall, pages: Pages) -> None:
        self._hall = hall
        self._pages = pages

    def person(self, request: Request) -> SignedIn:
        """Who is asking; anybody else is shown to the sign-in."""
        token = request.cookies.get(COOKIE, "")
        found = sessions.find(self._hall.store, token, self._hall.now(), used=REFRESH not in request.headers)
        if found is None:
            raise Answered(RedirectResponse("/staff/sign-in" + ("?why=ended" if token else ""), 303))
        return found

    def supervisor(self, request: Request) -> SignedIn:
        """Who is asking, if they supervise; a clerk gets 403, and the trail a row."""
        person = self.person(request)
        if not person.supervises:
            raise Answered(self._no(request, person, f"{request.method} {request.url.path}", "not-allowed"))
        return person

    def acting(self, request: Request, fields: dict[str, str]) -> SignedIn:
        """Who sends this form, if it came from a page of this very sign-in; else 403 and a row in the trail."""
        person = self.person(request)
        if not hmac.compare_digest(fields.get("csrf", "").encode(), person.csrf.encode()):
            raise Answered(self._no(request, person, "form token", "form-refused"))
        return person

    def page(self, request: Request, person: SignedIn, template: str, status: int = 200, **values: Any) -> Response:
        """A page in the frame that all staff pages share."""
        with self._hall.store.reading() as session:
            counts = {"kiosks": hands(session, self._hall.now())}
            if person.supervises:
                counts["conflicts"] = reviewing.count(session)
        return self._pages.render(
            template, spoken(request), status, me=person, stamp=stamp(person.csrf), counts=counts, **values
        )

    def _no(self, request: Request, person: SignedIn, what: str, why: str) -> Response:
        with self._hall.store.writing() as session:
            staff.refused(session, person.name, self._hall.now(), what[:120])
        return self.page(request, person, "refused.html", 403, here="", why=why)


def spoken(request: Request) -> Tongue:
    """The language this work station's pages are in: Chinese until somebody chooses."""
    chosen = request.cookies.get(LANGUAGE)
    return Tongue(chosen) if chosen in set(Tongue) else Tongue.ZH


def keep(response: Response, name: str, value: str, seconds: int | None = None) -> None:
    """Set a cookie for this host alone, out of reach of scripts and of other sites."""
    response.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="strict")


def forget(response: Response, name: str) -> None:
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="strict")
