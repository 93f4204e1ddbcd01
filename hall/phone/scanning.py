"""A phone has read a kiosk's code: what it is about, the number to type there, and the key to refuse."""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from hall.binding import tries
from hall.binding.models import Binding, BindTry
from hall.binding.tries import State, Why
from hall.models import Kiosk
from hall.people.models import Account
from hall.phone import doors
from hall.phone.models import PhoneDoor
from hall.phone.site import Site, onward, same, tongue
from hall.phone.ways import begun
from hall.web.answered import PageRoute
from hall.web.forms import Fields
from hall.web.pages import stamp

_TOKEN: Final = re.compile(r"[A-Z2-7]{26}")
HERE: Final = "/phone/bind"
LOOKS_AGAIN_S: Final = 3
"""Seconds after which the page asks how it stands."""


def scanning(site: Site) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    hall = site.hall

    @router.get("/b/{code}")
    @router.get("/B/{code}")
    def scan(code: str, request: Request) -> Response:
        """Opening the address is the scan: the first browser that does has the code to itself."""
        site.admitted(request)
        name = code.upper() if code.isascii() else ""
        with hall.store.writing() as session:
            one = tries.of_token(session, name) if _TOKEN.fullmatch(name) else None
            if one is not None:
                return _scanned(session, request, one)
        site.guessed(request)
        with hall.store.writing() as session:
            tries.record(session, hall.now(), "a code that is not there")
        return site.word(request, "no-code", 404)

    def _scanned(session: Session, request: Request, one: BindTry) -> Response:
        mine = doors.of(session, request.cookies.get(doors.COOKIE, ""), hall.now())
        if mine is not None and one.door == mine.token:
            return onward(HERE)
        if not site.channels:
            return site.word(request, "no-channel", 503)
        opened = doors.fresh(session, next(iter(site.channels)), hall.now(), bind=one.id)
        if not tries.scanned(session, one, opened.door.token, hall.now()):
            why = "second-scan" if one.why in ("", Why.SECOND_SCAN) else "code-over"
            return site.word(request, why, 410)
        session.add(opened.door)
        return begun(site, opened)

    def held(session: Session, request: Request) -> tuple[PhoneDoor, BindTry] | None:
        """What this browser scanned."""
        door = doors.of(session, request.cookies.get(doors.COOKIE, ""), hall.now())
        one = session.get(BindTry, door.bind) if door is not None and door.bind else None
        return (door, one) if door is not None and one is not None and one.door == door.token else None

    @router.get(HERE)
    def number(request: Request) -> Response:
        site.admitted(request)
        with hall.store.writing() as session:
            found = held(session, request)
            if found is None:
                return site.word(request, "stale", 404)
            door, one = found
            tries.over(session, one, hall.now())
            values = _told(session, request, door, one)
        return site.page(request, "phone_bind.html", **values)

    def _told(session: Session, request: Request, door: PhoneDoor, one: BindTry) -> dict[str, Any]:
        kiosk = session.get_one(Kiosk, one.kiosk)
        number = site.numbers.of(one) if tries.shows_number(one) else ""
        state = "number" if number else "coming" if one.state == State.SCANNED else str(one.state)
        bound = session.get(Binding, one.binding) if one.binding else None
        return {
            "state": state,
            "purpose": one.purpose,
            "why": one.why,
            "number": number,
            "kiosk": kiosk.number,
            "place": {"zh": kiosk.place_zh, "en": kiosk.place_en},
            "masked": session.get_one(Account, one.account).masked,
            "channel": site.channel(request, door.channel),
            "shown": one.shown,
            "until": f"{site.pages.moment(one.until):%H:%M:%S}",
            "waits": bound is not None and bound.counts_from > hall.now(),
            "counts": f"{site.pages.moment(bound.counts_from):%m-%d %H:%M}" if bound else "",
            "again": LOOKS_AGAIN_S,
            # By name: the way here began at an address with a fragment, and a page is not fetched again for one.
            "here": f"{HERE}?lang={tongue(request)}",
            "stamp": stamp(door.csrf),
        }

    @router.post("/phone/bind/refuse")
    def refuse(request: Request, fields: Fields) -> Response:
        """Whoever holds the phone did not mean it."""
        site.admitted(request)
        with hall.store.writing() as session:
            found = held(session, request)
            if found is None or not same(fields, found[0].csrf):
                tries.record(session, hall.now(), "a refusal that no page of ours sent")
                return site.word(request, "stale", 403)
            if found[1].state in tries.LIVE:
                tries.fall(session, found[1], Why.REFUSED, hall.now())
        return onward(HERE)

    return router
