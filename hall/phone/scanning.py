"""A phone has read a kiosk's code: what it is about, the number to type there, and the key to refuse."""

from __future__ import annotations

import re
from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import Response

from hall.binding import tries
from hall.binding.models import Binding, BindTry
from hall.binding.tries import State, Why
from hall.models import Kiosk
from hall.people import trail
from hall.people.models import Account, DataRead
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
        with hall.store.reading() as session:
            one = tries.of_token(session, name) if _TOKEN.fullmatch(name) else None
            mine = _mine(session, request, one)
        if one is None:
            site.guessed(request)
            site.recorded(request, "a code that is not there")
            return site.word(request, "no-code", 404)
        if mine:
            return onward(HERE)
        if one.state not in tries.LIVE:
            site.recorded(request, f"{one.kiosk} {one.purpose} {Why.SECOND_SCAN if one.door else one.why}")
            return _over(request, one)
        if not site.channels:
            return site.word(request, "no-channel", 503)
        with hall.store.writing() as session:
            return _scanned(session, request, session.get_one(BindTry, one.id))

    def _scanned(session: Session, request: Request, one: BindTry) -> Response:
        opened = doors.fresh(session, next(iter(site.channels)), hall.now(), bind=one.id)
        if not tries.scanned(session, one, opened.door.token, hall.now()):
            return _over(request, one)
        session.add(opened.door)
        return begun(site, opened)

    def _mine(session: Session, request: Request, one: BindTry | None) -> bool:
        """Whether this very browser scanned the code before."""
        door = doors.of(session, request.cookies.get(doors.COOKIE, ""), hall.now())
        return door is not None and one is not None and one.door == door.token

    def _over(request: Request, one: BindTry) -> Response:
        return site.word(request, "second-scan" if one.why in ("", Why.SECOND_SCAN) else "code-over", 410)

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
            _seen(session, one)
            values = _told(session, request, door, one)
        return site.page(request, "phone_bind.html", **values)

    def _seen(session: Session, one: BindTry) -> None:
        """Whose document lies at the kiosk stands on the phone, masked, whoever holds it: the person sees which phone.

        The page asks again by itself; of each phone one row is enough, and of one that has not said yet which it is.
        """
        if one.state not in tries.LIVE:
            return
        written = select(DataRead.id).where(
            DataRead.account == one.account,
            DataRead.who_kind == "phone",
            DataRead.who == one.shown,
            DataRead.about == one.id,
        )
        if session.scalar(written.limit(1)) is None:
            who = trail.Who("phone", one.shown)
            trail.read(session, one.account, hall.now(), who, ("name",), "binding", one.id)

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
            "masked": session.get_one(Account, one.account).masked if one.state in tries.LIVE else "",
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
        with hall.store.reading() as session:
            found = held(session, request)
        if found is None or not same(fields, found[0].csrf):
            site.recorded(request, "a refusal that no page of ours sent")
            return site.word(request, "stale", 403)
        with hall.store.writing() as session:
            one = session.get_one(BindTry, found[1].id)
            if one.state in tries.LIVE:
                tries.fall(session, one, Why.REFUSED, hall.now())
        return onward(HERE)

    return router
