"""A person's own page on their phone, and what they can take back there: a phone, what a department was allowed."""

from __future__ import annotations

import re
from typing import Final, get_args

from fastapi import APIRouter, Request
from starlette.responses import Response

from hall.binding import bindings
from hall.binding.models import Binding
from hall.oidc import consents
from hall.people import me, trail
from hall.people.models import Account
from hall.people.wire import Of
from hall.phone.going_on import MY_PAGE, sign_in_url
from hall.phone.sessions import SignedPhone
from hall.phone.site import Site, onward, said, same, tongue
from hall.web.answered import Answered, PageRoute
from hall.web.forms import Fields
from hall.web.pages import stamp
from hall.web.words import Both

OLDER: Final = f"{MY_PAGE}/older"
LISTS: Final[tuple[Of, ...]] = get_args(Of)

_BEFORE: Final = re.compile(r"[0-9]{1,15}", re.ASCII)


def my_page(site: Site) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    hall = site.hall

    def signed(request: Request) -> SignedPhone:
        """Whose phone it is; anybody else is shown to the sign-in."""
        site.admitted(request)
        phone = site.phone(request)
        if phone is None:
            raise Answered(onward(sign_in_url(MY_PAGE)))
        return phone

    def acting(request: Request, fields: dict[str, str]) -> SignedPhone:
        """Whose phone sends this form, if it came from a page of this very sign-in."""
        phone = signed(request)
        if not same(fields, phone.csrf):
            raise Answered(site.word(request, "stale", 403))
        return phone

    @router.get(MY_PAGE)
    def page(request: Request) -> Response:
        phone = signed(request)
        with hall.store.writing() as session:
            account = session.get_one(Account, phone.account)
            account.used = hall.now()
            told = me.page(session, hall, account, trail.Who("phone", phone.shown))
            phones = bindings.live(session, phone.account)
            departments = consents.of(session, phone.account)
        language = tongue(request)
        return site.page(
            request,
            "phone_me.html",
            me=told,
            masked=account.masked,
            phones=[_phone(site, request, each, phone) for each in phones],
            departments=[
                {"client": each.client, "name": said(Both(each.name_zh, each.name_en), language), "since": each.since}
                for each in departments
            ],
            inside=lambda words: said(words, language),
            day=lambda at: f"{site.pages.moment(at):%m-%d %H:%M}",
            stamp=stamp(phone.csrf),
        )

    @router.get(OLDER)
    def older(request: Request, of: str = "", before: str = "") -> Response:
        """What of one list is not on the page."""
        phone, language = signed(request), tongue(request)
        wanted = next((each for each in LISTS if each == of), None)
        if wanted is None or not _BEFORE.fullmatch(before):
            return site.word(request, "stale", 404)
        with hall.store.writing() as session:
            account = session.get_one(Account, phone.account)
            account.used = hall.now()
            part = me.older(session, hall, account, trail.Who("phone", phone.shown), wanted, int(before))
        return site.page(
            request,
            "phone_older.html",
            of=wanted,
            part=part,
            here=f"{OLDER}?of={wanted}&before={before}",
            inside=lambda words: said(words, language),
            day=lambda at: f"{site.pages.moment(at):%Y-%m-%d %H:%M}",
        )

    @router.post("/me/unbind")
    def unbind(request: Request, fields: Fields) -> Response:
        """At once; the phone that is unbound is told, and signed out."""
        phone = acting(request, fields)
        with hall.store.writing() as session:
            found = session.get(Binding, fields.get("binding", ""))
            mine = found is not None and found.account == phone.account
            if found is not None and mine:
                bindings.end(session, found, "phone", hall.now())
        if found is None or not mine:
            return site.word(request, "stale", 404)
        return site.word(request, "unbound", 200) if found.id == phone.binding else onward(MY_PAGE)

    @router.post("/me/withdraw")
    def withdraw(request: Request, fields: Fields) -> Response:
        """A department is allowed nothing any more."""
        phone = acting(request, fields)
        with hall.store.writing() as session:
            consents.withdraw(session, phone.account, fields.get("client", "")[:64])
        return onward(MY_PAGE)

    return router


def _phone(site: Site, request: Request, each: Binding, phone: SignedPhone) -> dict[str, object]:
    return {
        "id": each.id,
        "channel": site.channel(request, each.channel),
        "shown": each.shown,
        "since": each.since,
        "waits": each.counts_from if each.counts_from > site.hall.now() else 0,
        "this": each.id == phone.binding,
    }
