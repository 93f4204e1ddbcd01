"""What a kiosk asks in order to issue certificates (docs/sync.md): a key, status indices, a record."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from hall import signatures, wire
from hall.certificates import indices, kiosk_keys, publishing
from hall.certificates.wire import IndexWish, KeyWish
from hall.models import Kiosk
from hall.refusal import Refusal
from hall.signed import CBOR_BODY, SIGNED, signed
from hall.state import Hall
from offline_cache.envelope import sign


def routes(hall: Hall) -> APIRouter:
    """The /v1 routes about certificates."""
    router = APIRouter(prefix="/v1")
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

    return router
