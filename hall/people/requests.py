"""What a kiosk asks about the person whose document lies there (docs/sync.md): their account, and their own page."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from hall import signatures, wire
from hall.binding import bindings
from hall.limits import Bucket
from hall.models import Kiosk
from hall.people import accounts, me, reading, trail
from hall.people.history import Part
from hall.people.levels import reaches
from hall.people.models import Account
from hall.people.wire import AccountWish, MeWish, OlderWish
from hall.refusal import Refusal
from hall.signed import CBOR_BODY, SIGNED, signed
from hall.state import Hall
from offline_cache.envelope import sign


def routes(hall: Hall) -> APIRouter:
    """The /v1 routes about persons."""
    router = APIRouter(prefix="/v1")
    pace = Bucket(hall.settings.accounts_per_minute / 60)
    described: dict[str, Any] = {"response_class": Response, "responses": SIGNED, "openapi_extra": CBOR_BODY}

    def found(session: Session, kiosk: Kiosk, who: wire.Who) -> Account | None:
        if wait := pace.wait(kiosk.id):
            raise Refusal(429, "too-many", retry_after=wait)
        return accounts.find(session, hall, who)

    def known(session: Session, kiosk: Kiosk, who: wire.Who) -> Account | None:
        """Whose document lies there, which the trail has. One that proves nothing must at least say the right name."""
        account, reader, now = found(session, kiosk, who), trail.Who("kiosk", kiosk.id), hall.now()
        if account is None:
            return None
        if reaches(who.level, "phone"):
            trail.read(session, account.id, now, reader, ("account", "bindings"), "card-laid")
            return account
        read: tuple[trail.What, ...] = ("name", "account", "bindings")
        person = reading.of_account(session, hall.keys.seal, account, now, reader, read, "card-laid")
        return account if person is not None and person.name == who.name else None

    def reply(kind: str, kiosk: Kiosk, by: signatures.Sender, payload: dict[str, Any]) -> bytes:
        known = {"kiosk": kiosk.id, "epoch": kiosk.epoch, "counter": by.counter}
        return sign(kind, known | payload, hall.keys.reply)

    @router.post("/account", **described)
    async def account(request: Request) -> Response:
        """Whether the holder has an account, and which phones are bound to it."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            wish = wire.read(AccountWish, body)
            account = known(session, kiosk, wish.who)
            if account is None:
                return reply("account", kiosk, by, {"account": None, "channels": [], "notice": 0})
            account.used = hall.now()  # asking is using: an account whose holder comes back is kept
            channels = [asdict(channel) for channel in bindings.of(session, account.id)]
            said = {"account": account.id, "channels": channels, "notice": account.notice}
            return reply("account", kiosk, by, said)

        body = await request.body()
        return await signed(hall, request, answer)

    @router.post("/me", **described)
    async def own(request: Request) -> Response:
        """The holder's own page."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            wish = wire.read(MeWish, body)
            account = found(session, kiosk, wish.who)
            reader = trail.Who("kiosk", kiosk.id)
            page = me.page_for(session, hall, account, reader, wish.who) if account else None
            if account is not None and page is not None:
                account.used = hall.now()
            return reply("me", kiosk, by, {"page": page.payload() if page else None})

        body = await request.body()
        return await signed(hall, request, answer)

    @router.post("/me/older", **described)
    async def older(request: Request) -> Response:
        """More of a list of the holder's own page."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            wish = wire.read(OlderWish, body)
            account = found(session, kiosk, wish.who)
            reader = trail.Who("kiosk", kiosk.id)
            part = me.older_for(session, hall, account, reader, wish.who, wish.list_, wish.before) if account else None
            return reply("me-older", kiosk, by, me.rows(part or Part((), None)))

        body = await request.body()
        return await signed(hall, request, answer)

    return router
