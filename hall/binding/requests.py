"""What a kiosk asks in order to bind, prove and unbind a phone (docs/sync.md, "Binding")."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field, StringConstraints
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from hall import signatures, wire
from hall.binding import answers, bindings, tries
from hall.binding.answers import Match, Vouch
from hall.binding.deliverer import Deliverer
from hall.binding.tries import Numbers
from hall.channels import ChannelDown, Channels, CodeRefused
from hall.limits import Bucket
from hall.models import Kiosk
from hall.people import accounts, reading, trail
from hall.people.levels import reaches
from hall.people.models import Account
from hall.refusal import Refusal
from hall.signed import CBOR_BODY, SIGNED, Answer, Later, signed
from hall.state import Hall
from offline_cache.envelope import sign

BindId = Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{26}$")]
Nonce = Annotated[bytes, Field(min_length=16, max_length=16, repr=False)]


class BeginWish(wire.Body):
    """``POST /v1/bind/begin``"""

    who: wire.Who
    purpose: Literal["bind", "prove"]
    nonce: Nonce


class NumberWish(wire.Body):
    """``POST /v1/bind/number``; without digits it only asks how it stands."""

    bind: BindId
    digits: Annotated[str, StringConstraints(pattern=r"^([0-9]{4})?$"), Field(repr=False)]


class ConfirmWish(wire.Body):
    """``POST /v1/bind/confirm``"""

    bind: BindId
    nonce: Nonce
    phone: Annotated[bytes, Field(min_length=32, max_length=32, repr=False)]


class UnbindWish(wire.Body):
    """``POST /v1/unbind``"""

    who: wire.Who
    channel: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,16}$")]


def routes(
    hall: Hall, channels: Channels, numbers: Numbers, monotonic: Callable[[], float] = time.monotonic
) -> APIRouter:
    """The /v1 routes about phones. While the application serves, its messages to phones are delivered."""

    @asynccontextmanager
    async def delivering(_app: Any) -> AsyncIterator[None]:
        deliverer = Deliverer(hall, channels)
        deliverer.start()
        yield
        await run_in_threadpool(deliverer.stop)

    router = APIRouter(prefix="/v1", lifespan=delivering)
    begins = Bucket(hall.settings.binds_per_minute / 60, monotonic)
    pace = Bucket(hall.settings.bind_questions_per_second, monotonic)
    recorded = Bucket(tries.RECORDED_PER_SECOND, monotonic)
    described: dict[str, Any] = {"response_class": Response, "responses": SIGNED, "openapi_extra": CBOR_BODY}

    async def asked(request: Request, answer: Answer) -> Response:
        """The answer to whoever signed the request; that somebody did not, or may not, goes into the trail."""
        try:
            return await signed(hall, request, answer)
        except Refusal as refusal:
            if refusal.status in (401, 403) and not recorded.wait(request.client.host if request.client else ""):
                with hall.store.writing() as session:
                    tries.record(session, hall.now(), f"{request.url.path} {refusal.word}")
            raise

    def reply(kind: str, kiosk: Kiosk, by: signatures.Sender, payload: dict[str, Any]) -> bytes:
        known = {"kiosk": kiosk.id, "epoch": kiosk.epoch, "counter": by.counter}
        return sign(kind, known | payload, hall.keys.reply)

    def account(session: Session, kiosk: Kiosk, who: wire.Who) -> Account:
        """Whose document lies there, and that it was asked. Raises ``Refusal`` 403.

        A document that proves nothing must at least say the right name.
        """
        found = accounts.find(session, hall, who)
        if found is None:
            raise Refusal(403, "no-account")
        reader, now = trail.Who("kiosk", kiosk.id), hall.now()
        person = reading.of_account(session, hall.keys.seal, found, now, reader, ("name", "bindings"), "binding")
        if not reaches(who.level, "phone") and (person is None or person.name != who.name):
            raise Refusal(403, "no-account")
        return found

    def paced(bucket: Bucket, kiosk: Kiosk) -> None:
        if wait := bucket.wait(kiosk.id):
            raise Refusal(429, "too-many", retry_after=wait)

    @router.post("/bind/begin", **described)
    async def begin(request: Request) -> Response:
        """A code for the phone of whoever's document lies at the kiosk."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            wish = wire.read(BeginWish, body)
            paced(begins, kiosk)
            if not channels:
                raise Refusal(503, "unavailable", retry_after=60)
            owner = account(session, kiosk, wish.who)
            begun = tries.begin(session, kiosk, owner.id, wish.purpose, wish.nonce, hall.now())
            url = f"{hall.settings.url}/b/{begun.token}".upper()
            return reply("bind-begun", kiosk, by, {"bind": begun.one.id, "url": url, "until": begun.one.until})

        body = await request.body()
        return await asked(request, answer)

    def vouched(wanted: Vouch, person: reading.Person | None, answered: Callable[[Match], bytes]) -> bytes:
        """Ask the channel whose phone it is; nobody waits for the database meanwhile."""
        try:
            held = person is not None and channels[wanted.channel].real_name(
                wanted.openid, wanted.consent, person.name, person.number
            )
        except CodeRefused:
            held = False
        except ChannelDown:
            with hall.store.writing() as session:
                answers.unanswered(session, wanted)
            raise Refusal(503, "unavailable", retry_after=5) from None
        with hall.store.writing() as session:
            match = answers.vouched(session, wanted.bind, held, hall.now())
        return answered(match)

    @router.post("/bind/number", **described)
    async def number(request: Request) -> Response:
        """Whether the number typed at the kiosk is the one on the phone that scanned its code."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes | Later:
            wish = wire.read(NumberWish, body)
            paced(pace, kiosk)
            found = answers.number(session, numbers, kiosk, wish.bind, wish.digits, hall.now())
            answered = partial(_match, partial(reply, "bind-number", kiosk, by))
            if isinstance(found, Match):
                return answered(found)
            person = reading.of_account(
                session,
                hall.keys.seal,
                session.get_one(Account, found.account),
                hall.now(),
                trail.Who("kiosk", kiosk.id),
                ("name", "number"),
                "real-name",
                found.channel,
            )
            return partial(vouched, found, person, answered)

        body = await request.body()
        return await asked(request, answer)

    @router.post("/bind/confirm", **described)
    async def confirm(request: Request) -> Response:
        """The kiosk's yes to the phone whose account it showed."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            wish = wire.read(ConfirmWish, body)
            paced(pace, kiosk)
            made = answers.confirm(session, kiosk, wish.bind, wish.nonce, wish.phone, hall.now())
            return reply("bind-confirmed", kiosk, by, asdict(made))

        body = await request.body()
        return await asked(request, answer)

    @router.post("/unbind", **described)
    async def unbind(request: Request) -> Response:
        """Unbind the phones of a channel from whoever's document lies at the kiosk."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            wish = wire.read(UnbindWish, body)
            paced(begins, kiosk)
            owner = account(session, kiosk, wish.who)
            ended = bindings.live(session, owner.id, wish.channel)
            for each in ended:
                bindings.end(session, each, "kiosk", hall.now(), kiosk.number)
            return reply("unbound", kiosk, by, {"done": bool(ended)})

        body = await request.body()
        return await asked(request, answer)

    return router


def _match(reply: Callable[[dict[str, Any]], bytes], match: Match) -> bytes:
    return reply({"state": match.state, "shown": match.shown, "phone": match.phone, "why": match.why})
