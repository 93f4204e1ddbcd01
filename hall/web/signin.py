"""Signing in and out, and the language of the staff pages."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Final

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from hall.limits import Bucket
from hall.models import Clerk, Trail
from hall.state import Hall
from hall.web import sessions, staff
from hall.web.answered import PageRoute
from hall.web.entrance import COOKIE, LANGUAGE, Entrance, forget, keep, spoken
from hall.web.forms import Fields
from hall.web.pages import Pages, stamp
from hall.web.words import Tongue, say

_DOOR: Final = "__Host-door"
_PLACES: Final = {"console", "kiosks", "certificates", "conflicts", "trail", "sign-in"}
PER_SECOND: Final = 1.0
"""Sign-ins tried from one address, after a burst of five."""

_YEAR_S: Final = 31_536_000


def signin(hall: Hall, pages: Pages, entrance: Entrance, monotonic: Callable[[], float]) -> APIRouter:
    router = APIRouter(prefix="/staff", include_in_schema=False, route_class=PageRoute)
    pace = Bucket(PER_SECOND, monotonic)

    def door(request: Request, notice: str = "", name: str = "", counter: str = "", status: int = 200) -> Response:
        """The sign-in page. Its form is bound to a cookie of its own, so that no other site can sign anybody in."""
        key = request.cookies.get(_DOOR) or secrets.token_urlsafe(16)
        response = pages.render(
            "sign_in.html", spoken(request), status, notice=notice, name=name, counter=counter, stamp=stamp(_of(key))
        )
        keep(response, _DOOR, key)
        return response

    @router.get("")
    def first() -> Response:
        return RedirectResponse("/staff/console", 303)

    @router.get("/sign-in")
    def ask(request: Request, why: str = "") -> Response:
        return door(request, say("sign-in-ended", spoken(request)) if why == "ended" else "")

    @router.post("/sign-in")
    def enter(request: Request, fields: Fields) -> Response:
        tongue = spoken(request)
        name, counter = fields.get("name", "").strip()[: staff.NAME_LIMIT], fields.get("counter", "").strip()
        if pace.wait(request.client.host if request.client else ""):
            return door(request, say("sign-in-busy", tongue), name, counter, 429)
        if not hmac.compare_digest(fields.get("csrf", "").encode(), _of(request.cookies.get(_DOOR, "")).encode()):
            return door(request, say("sign-in-stale", tongue), name, counter, 403)
        if counter and not (counter.isascii() and counter.isdigit() and 1 <= int(counter[:4]) <= 999):
            return door(request, say("sign-in-counter", tongue), name, "", 400)
        now = hall.now()
        try:
            staff.admit(hall.store, name, fields.get("password", ""), now)
        except staff.Locked as locked:
            return door(request, say("sign-in-locked", tongue, wait=_wait(locked.seconds, tongue)), name, counter, 429)
        except staff.Busy:
            return door(request, say("sign-in-busy", tongue), name, counter, 503)
        except staff.NotAdmitted:
            return door(request, say("sign-in-wrong", tongue), name, counter, 403)
        with hall.store.writing() as session:
            clerk = session.get_one(Clerk, name)
            clerk.counter = counter.lstrip("0") or clerk.counter
            token = sessions.begin(session, name, now)
            session.add(Trail(at=now, clerk=name, verb="sign_in", detail=f"counter {clerk.counter}"))
        response = RedirectResponse("/staff/console", 303)
        keep(response, COOKIE, token)
        forget(response, _DOOR)
        return response

    @router.post("/sign-out")
    def leave(request: Request, fields: Fields) -> Response:
        person = entrance.acting(request, fields)
        with hall.store.writing() as session:
            sessions.end(session, person)
            session.add(Trail(at=hall.now(), clerk=person.name, verb="sign_out"))
        response = RedirectResponse("/staff/sign-in", 303)
        forget(response, COOKIE)
        return response

    @router.get("/language/{tag}")
    def language(tag: str, back: str = "console") -> Response:
        if tag not in set(Tongue) or back not in _PLACES:
            raise HTTPException(404)
        response = RedirectResponse(f"/staff/{back}", 303)
        keep(response, LANGUAGE, tag, _YEAR_S)
        return response

    return router


def _of(key: str) -> str:
    """What the sign-in form carries for the cookie ``key``; matches nothing where there is no cookie."""
    return hashlib.sha256(b"keting-door\0" + key.encode()).hexdigest() if key else secrets.token_hex(32)


def _wait(seconds: int, tongue: Tongue) -> str:
    return say("seconds", tongue, n=seconds) if seconds < 120 else say("minutes", tongue, n=-(-seconds // 60))
