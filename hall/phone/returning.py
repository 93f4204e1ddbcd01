"""A phone signs in through its channel, or comes back from it with what a kiosk's code needs."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import Response

from hall.binding import bindings, tries
from hall.binding.models import BindTry
from hall.binding.tries import State
from hall.channels import ChannelDown, CodeRefused, PhoneAccount
from hall.phone import doors, sessions
from hall.phone.going_on import MY_PAGE, SIGN_IN, safe
from hall.phone.models import PhoneDoor
from hall.phone.scanning import HERE
from hall.phone.site import BACK, Site, forget, keep, onward, same
from hall.phone.ways import begun
from hall.web.answered import PageRoute
from hall.web.forms import Fields

_CODE: Final = re.compile(r"[\x21-\x7e]{1,512}")
_STATE: Final = re.compile(r"[A-Z2-7]{26}")


class Refused(NamedTuple):
    """Why a phone is not signed in; ``time`` is from when on it would be."""

    why: str
    time: str = ""


def returning(site: Site) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    hall = site.hall

    @router.get(SIGN_IN)
    def sign_in(request: Request, to: str = MY_PAGE) -> Response:
        site.admitted(request)
        if not safe(to):
            return site.word(request, "no-place", 400)
        if site.phone(request) is not None:
            return onward(to)
        if not site.channels:
            return site.word(request, "no-channel", 503)
        with hall.store.writing() as session:
            opened = doors.fresh(session, next(iter(site.channels)), hall.now(), back=to)
            session.add(opened.door)
        return begun(site, opened)

    @router.get(BACK)
    def back(request: Request, code: str = "", state: str = "") -> Response:
        """Where the channel sends the phone: the same browser, with what it was sent with, once."""
        site.admitted(request)
        cookie = request.cookies.get(doors.COOKIE, "")
        with hall.store.reading() as session:
            found = doors.of(session, cookie, hall.now())
            known = found is not None and _STATE.fullmatch(state) is not None and doors.holds(found, state)
        if not known:
            return unknown(request)
        site.asking(request)
        with hall.store.writing() as session:
            door = doors.of(session, cookie, hall.now())
            known = door is not None and doors.returned(door, state)
        if door is None or not known:
            return unknown(request)
        if not _CODE.fullmatch(code):  # the person said no over there
            return site.word(request, "not-allowed", 403)
        if door.step == "consent":
            return consented(door.bind or "", code)
        try:
            phone = site.channels[door.channel].exchange(code)
        except CodeRefused:
            return site.word(request, "code-refused", 403)
        except (ChannelDown, KeyError):
            return site.word(request, "channel-down", 503)
        if door.bind:
            return arrived(request, door.token, door.bind, phone)
        return signed_in(request, door.back, phone)

    def unknown(request: Request) -> Response:
        site.recorded(request, "a way back that nobody went")
        return site.word(request, "stale", 403)

    def arrived(request: Request, token: bytes, bind: str, phone: PhoneAccount) -> Response:
        """The phone that scanned a code said whose it is; to bind it, its channel also has to vouch for the name."""
        with hall.store.writing() as session:
            one = session.get_one(BindTry, bind)
            tries.arrived(session, one, phone, hall.now())
            if one.purpose == "prove" or one.state != State.SCANNED:
                return onward(HERE)
            state = doors.sent(session.get_one(PhoneDoor, token), "consent")
        try:
            return onward(site.channels[phone.channel].consent_url(f"{hall.settings.url}{BACK}?state={state}"))
        except (ChannelDown, CodeRefused):
            return site.word(request, "channel-down", 503)

    def consented(bind: str, code: str) -> Response:
        with hall.store.writing() as session:
            tries.consented(session, session.get_one(BindTry, bind), code, hall.now())
        return onward(HERE)

    def signed_in(request: Request, to: str, phone: PhoneAccount) -> Response:
        with hall.store.writing() as session:
            token = _begun(session, phone)
        if isinstance(token, Refused):
            return site.word(request, token.why, 403, token.time)
        response = onward(to)
        keep(response, sessions.COOKIE, token)
        forget(response, doors.COOKIE)
        return response

    def _begun(session: Session, phone: PhoneAccount) -> str | Refused:
        binding = bindings.of_phone(session, phone)
        if binding is None:
            return Refused("not-bound")
        if binding.counts_from > hall.now():
            return Refused("not-yet", f"{site.pages.moment(binding.counts_from):%m-%d %H:%M}")
        return sessions.begin(session, binding, hall.now())

    @router.post("/phone/sign-out")
    def leave(request: Request, fields: Fields) -> Response:
        site.admitted(request)
        phone = site.phone(request)
        if phone is None or not same(fields, phone.csrf):
            return site.word(request, "stale", 403)
        with hall.store.writing() as session:
            sessions.end(session, phone)
        response = site.word(request, "signed-out", 200)
        forget(response, sessions.COOKIE)
        return response

    return router
