"""What anybody may ask of the registry by the short code on a paper: does it stand, and its PDF.

The answer names nobody. Who does not hold the paper learns nothing: a code
has 80 random bits, and what is not there is answered like what is.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from certificates.qr import TooLong
from certificates.sheet import NotSet
from hall.certificates import registry
from hall.certificates.models import CertificateKey
from hall.certificates.reading import Reading, account_of
from hall.certificates.signed_pdf import signed_pdf
from hall.limits import Bucket
from hall.models import Kiosk
from hall.people import trail
from hall.poison import Poison
from hall.refusal import Refusal
from hall.state import Hall

_CODE: Final = re.compile(r"[0-9A-HJKMNP-TV-Z]{16}", re.ASCII)


Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Wish(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)

    digest: Digest


def routes(hall: Hall, monotonic: Callable[[], float] = time.monotonic) -> APIRouter:
    """``/c/<short code>.json`` and ``/c/<short code>/pdf``. ``monotonic`` paces who asks too often, in seconds."""
    router = APIRouter(prefix="/c", include_in_schema=False)
    each = Bucket(hall.settings.lookups_per_minute / 60, monotonic)
    reading = Reading(hall.keys.seal, hall.templates)

    def paced(request: Request) -> None:
        wait = each.wait(request.client.host if request.client else "")
        if wait:
            raise Refusal(429, "too-many", retry_after=wait)

    @router.get("/{short}.json")
    def look(short: str, request: Request, copy: Digest | None = None) -> Response:
        """``copy``: the hash of what is signed on one paper, for who asks about that paper and not about its code."""
        paced(request)
        return JSONResponse(_said(hall, short, bytes.fromhex(copy) if copy else None))

    @router.post("/{short}/pdf")
    async def page(short: str, request: Request) -> Response:
        """The signed PDF, for who has the paper: they know the hash of what is signed on it."""
        paced(request)
        try:
            wish = _Wish.model_validate_json(await request.body())
        except ValidationError:
            raise HTTPException(404) from None
        made = await run_in_threadpool(_pdf, hall, reading, short, bytes.fromhex(wish.digest))
        if made is None:
            raise HTTPException(404)
        return Response(made, media_type="application/pdf")

    return router


def _said(hall: Hall, short: str, digest: bytes | None) -> dict[str, Any]:
    with hall.store.reading() as session:
        entry = registry.find(session, short if _CODE.fullmatch(short) else "")
    if entry is None:
        return {"registered": False, "type": None, "status": None, "copies": 0, "revoked_at": None, "revoked_why": None}
    taken = entry.revocation
    return {
        "registered": digest is None or any(copy.digest == digest for copy in entry.copies),
        "type": entry.certificate.type,
        "status": entry.standing(hall.now(), digest).value,
        "copies": sum(copy.outcome == "printed" for copy in entry.copies),
        "revoked_at": taken.at // 1000 if taken and taken.at else None,
        "revoked_why": taken.why if taken else None,
    }


def _pdf(hall: Hall, reading: Reading, short: str, digest: bytes) -> bytes | None:
    """None where these are not the signed bytes of a copy that stands, or what they say was erased."""
    with hall.store.reading() as session:
        entry = registry.find(session, short if _CODE.fullmatch(short) else "")
        copy = entry.good(digest) if entry else None
        if entry is None or copy is None or copy.sealed is None:
            return None
        first, key = entry.copies[0], session.get_one(CertificateKey, copy.kid)
        first_key = session.get_one(CertificateKey, first.kid)
        kiosk = session.get_one(Kiosk, entry.certificate.kiosk)
    try:
        opened = reading.opened(copy.sealed, short, digest, key)
        template = reading.template(opened.claims)
        made = signed_pdf(hall, entry.certificate, kiosk, template, opened.claims, opened.signed)
        number = opened.number or reading.opened(first.sealed, short, first.digest, first_key).number
    except (Poison, NotSet, TooLong):
        return None
    with hall.store.writing() as session:  # before the first byte goes out
        account = account_of(session, hall, entry.certificate, number)
        if account is not None:
            what: tuple[trail.What, ...] = ("name", "number", "certificates")
            trail.read(session, account, hall.now(), trail.Who("paper"), what, "pdf", short)
    return made
