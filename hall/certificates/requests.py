"""What a kiosk asks in order to issue certificates (docs/sync.md): a key, status indices, a record."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from certificates.template import Template
from hall import signatures, wire
from hall.certificates import indices, kiosk_keys, publishing
from hall.certificates.records import Records, Unavailable, known_kinds, told
from hall.certificates.wire import IndexWish, KeyWish, RecordWish
from hall.limits import Bucket
from hall.models import Kiosk, Trail
from hall.people import accounts, trail
from hall.refusal import Refusal
from hall.signed import CBOR_BODY, SIGNED, Later, signed
from hall.state import Hall
from offline_cache.envelope import sign


def routes(hall: Hall, records: Records) -> APIRouter:
    """The /v1 routes about certificates."""
    router = APIRouter(prefix="/v1")
    kinds = known_kinds(hall.templates)
    pace = Bucket(hall.settings.records_per_minute / 60)
    described: dict[str, Any] = {"response_class": Response, "responses": SIGNED, "openapi_extra": CBOR_BODY}

    def reply(kind: str, kiosk: Kiosk, by: signatures.Sender, payload: dict[str, Any]) -> bytes:
        known = {"kiosk": kiosk.id, "epoch": kiosk.epoch, "counter": by.counter}
        return sign(kind, known | payload, hall.keys.reply)

    @router.post("/indices", **described)
    async def lease(request: Request) -> Response:
        """A block of status indices that no other kiosk gets."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            wish = wire.read(IndexWish, body)
            if wish.left > 2 * hall.settings.index_block:
                raise Refusal(400, "malformed")
            given = indices.lease(session, kiosk, hall.settings.index_block, hall.now())
            if publishing.lists_missing(session):
                publishing.publish(session, hall)
            return reply("indices", kiosk, by, {"indices": given})

        body = await request.body()
        return await signed(hall, request, answer)

    @router.post("/certificate-key", **described)
    async def key(request: Request) -> Response:
        """Take the kiosk's next certificate key into the published lists."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            key = kiosk_keys.register(session, kiosk, wire.read(KeyWish, body), hall.now())
            publishing.publish(session, hall)
            return reply("certificate-key", kiosk, by, {"kid": key.kid, "nbf": key.nbf, "exp": key.exp})

        body = await request.body()
        return await signed(hall, request, answer)

    def found(template: Template, wish: RecordWish, reply: Callable[[dict[str, Any]], bytes]) -> bytes:
        try:
            known = records.find(wish.kind, wish.name, wish.number)
            return reply({"found": known is not None, "fields": told(template, known) if known is not None else {}})
        except Unavailable:
            raise Refusal(503, "unavailable", retry_after=60) from None

    @router.post("/record", **described)
    async def record(request: Request) -> Response:
        """What the departments know of a citizen who stands at the kiosk with their card."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> Later:
            wish = wire.read(RecordWish, body)
            if wish.kind not in kinds:
                raise Refusal(400, "malformed")
            if wait := pace.wait(kiosk.id):
                raise Refusal(429, "too-many", retry_after=wait)
            session.add(Trail(at=hall.now(), verb="record", detail=f"{kiosk.id} {wish.kind}"))
            account = accounts.of_number(session, hall, wish.number)
            if account is not None:
                issuer = trail.Who("department", kinds[wish.kind].issuer.zh)
                what: tuple[trail.What, ...] = ("name", "number", "record")
                trail.read(session, account.id, hall.now(), issuer, what, "record", wish.kind)
            return partial(found, kinds[wish.kind], wish, partial(reply, "record", kiosk, by))

        body = await request.body()
        return await signed(hall, request, answer)

    return router
