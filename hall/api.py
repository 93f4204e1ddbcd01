"""The requests of a kiosk about its day, and enrolment (docs/sync.md)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Annotated, Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, StringConstraints
from sqlalchemy.orm import Session

from hall import board, bundles, enrol, intake, leases, signatures, wire
from hall.effects import Terms
from hall.models import Kiosk
from hall.refusal import Refusal
from hall.signed import BOUNDED, CBOR_BODY, SIGNED, problem, signed
from hall.state import Hall
from offline_cache.envelope import sign

Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{4,400}={0,2}$")]


class EnrolWish(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    code: Annotated[str, StringConstraints(pattern=r"^[A-Z2-7]{26}$")]
    key: Base64
    proof: Base64


class Words(BaseModel):
    zh: str
    en: str


class EnrolKeys(BaseModel):
    bundle: str
    reply: str


class Enrolled(BaseModel):
    """What a kiosk keeps of its hall; keys are base64."""

    kiosk: str
    number: str
    epoch: int
    hall: str
    place: Words
    keys: EnrolKeys
    seal: str
    url: str


def routes(hall: Hall) -> APIRouter:
    """The /v1 routes of ``hall``."""
    router = APIRouter(prefix="/v1")
    described: dict[str, Any] = {"response_class": Response, "responses": SIGNED}

    @router.get(
        "/ca",
        response_class=Response,
        responses={
            200: {"description": "The CA certificate", "content": {"application/x-pem-file": {}}},
            429: BOUNDED[429],
        },
    )
    def ca() -> Response:
        """The hall's CA certificate, to be trusted by its fingerprint only."""
        return Response(hall.keys.ca.public_bytes(Encoding.PEM), media_type="application/x-pem-file")

    @router.post(
        "/enrol",
        responses={
            400: problem("Not an enrolment"),
            403: problem("A code that is wrong, used or old, or no proof of the key"),
            **BOUNDED,
        },
    )
    def enrolment(wish: EnrolWish) -> Enrolled:
        """Make the sender a kiosk of this hall."""
        with hall.store.writing() as session:
            kiosk = enrol.enrol(session, wish.code, _bytes(wish.key), _bytes(wish.proof), hall.now())
            return _enrolled(hall, kiosk)

    @router.post("/events", **described, openapi_extra=CBOR_BODY)
    async def events(request: Request) -> Response:
        """Take in what happened at the kiosk; answers an ack."""
        terms = Terms.of(hall)

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            intake.accept(session, kiosk, wire.events(body), hall.now(), terms)
            session.flush()
            return sign("ack", intake.ack(session, kiosk, by.counter, hall.settings.batch), hall.keys.reply)

        body = await request.body()
        return await signed(hall, request, answer)

    @router.post("/heartbeat", **described, openapi_extra=CBOR_BODY)
    async def heartbeat(request: Request) -> Response:
        """Hear how the kiosk is; answers the board."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            board.heard(session, hall, kiosk, wire.read(wire.Heartbeat, body))
            return sign("board", board.board(session, hall, kiosk, by.counter), hall.keys.reply)

        body = await request.body()
        return await signed(hall, request, answer)

    @router.get("/bundle", **described)
    async def bundle(request: Request) -> Response:
        """The catalogue, opening hours and texts."""
        return await signed(hall, request, lambda session, _kiosk, _by: bundles.bundle(session, hall))

    @router.get("/day", **described)
    async def day(request: Request) -> Response:
        """Today's key and bookings."""
        return await signed(hall, request, lambda session, _kiosk, _by: bundles.sheet(session, hall))

    @router.post("/leases", **described, openapi_extra=CBOR_BODY)
    async def lease(request: Request) -> Response:
        """A block of numbers that no other kiosk gets."""

        def answer(session: Session, kiosk: Kiosk, by: signatures.Sender) -> bytes:
            return sign("lease", _lease(hall, session, kiosk, by, body), hall.keys.reply)

        body = await request.body()
        return await signed(hall, request, answer)

    return router


def _lease(hall: Hall, session: Session, kiosk: Kiosk, by: signatures.Sender, body: bytes) -> dict[str, Any]:
    wish = wire.read(wire.LeaseWish, body)
    if wish.day not in hall.leasable() or wish.queue not in hall.queues or wish.left > 2 * hall.settings.lease_block:
        raise Refusal(400, "malformed")
    given = leases.lease(session, kiosk, wish.day, wish.queue, hall.settings.lease_block)
    return {
        "kiosk": kiosk.id,
        "epoch": kiosk.epoch,
        "counter": by.counter,
        "lease": given.id,
        "day": given.day,
        "queue": given.queue,
        "first": given.first,
        "last": given.last,
    }


def _enrolled(hall: Hall, kiosk: Kiosk) -> Enrolled:
    return Enrolled(
        kiosk=kiosk.id,
        number=kiosk.number,
        epoch=kiosk.epoch,
        hall=hall.settings.name,
        place=Words(zh=kiosk.place_zh, en=kiosk.place_en),
        keys=EnrolKeys(bundle=_spki(hall.keys.bundle.public_key()), reply=_spki(hall.keys.reply.public_key())),
        seal=b64encode(hall.keys.seal.public_key().public_bytes_raw()).decode(),
        url=hall.settings.url,
    )


def _bytes(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise Refusal(400, "malformed") from None


def _spki(key: ec.EllipticCurvePublicKey) -> str:
    return b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
