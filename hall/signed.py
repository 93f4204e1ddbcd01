"""A request that a kiosk signed, from the socket to the answer: who it is, once, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from fastapi import Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from hall import signatures
from hall.models import Kiosk
from hall.refusal import Refusal, Word
from hall.state import Hall

COSE: Final = "application/cose"
CBOR: Final = "application/cbor"


class Problem(BaseModel):
    """Why not, in one word."""

    error: Word


_PROBLEM: Final = {"application/json": {"schema": Problem.model_json_schema()}}


def problem(why: str) -> dict[str, Any]:
    """One refusal as OpenAPI tells of it. FastAPI would build a model anew for each of them at each route."""
    return {"description": why, "content": _PROBLEM}


Later = Callable[[], bytes]
"""An answer that may take long: made when the transaction is over and nobody waits for it."""

Answer = Callable[[Session, Kiosk, signatures.Sender], bytes | Later]

Documented = dict[int | str, dict[str, Any]]
BOUNDED: Final[Documented] = {
    408: problem("Slower than the hall waits"),
    413: problem("Longer than the hall reads"),
    429: problem("Too many requests; Retry-After says when"),
}
SIGNED: Final[Documented] = {
    200: {
        "description": "A signed document (COSE_Sign1)",
        "content": {COSE: {"schema": {"type": "string", "format": "binary"}}},
    },
    400: problem("Not what docs/sync.md says"),
    401: problem("Signature or counter"),
    403: problem("Revoked, quarantined, or for another kiosk"),
    503: problem("Not now; Retry-After says when"),
    **BOUNDED,
}
CBOR_BODY: Final[dict[str, Any]] = {
    "requestBody": {"required": True, "content": {CBOR: {"schema": {"type": "string", "format": "binary"}}}}
}


async def signed(hall: Hall, request: Request, answer: Answer) -> Response:
    """Serve a request of a kiosk: whoever signed it, once, in one transaction. Raises ``Refusal``."""
    host = request.headers.get("host", "")
    if host.rpartition(":")[0] not in hall.settings.hosts and host not in hall.settings.hosts:
        raise Refusal(401, "signature")
    target = request.scope["raw_path"].decode("ascii", "replace")
    query = request.scope["query_string"].decode("ascii", "replace")
    message = signatures.Message(
        method=request.method,
        url=f"https://{host}{target}" + (f"?{query}" if query else ""),
        headers=request.headers,
        body=await request.body(),
    )
    document = await run_in_threadpool(_serve, hall, message, answer)
    return Response(document, media_type=COSE)


def _serve(hall: Hall, message: signatures.Message, answer: Answer) -> bytes:
    with hall.store.reading() as session:
        by = signatures.sender(session, message)
    refused: Refusal | None = None
    with hall.store.writing() as session:
        try:
            made = answer(session, signatures.admit(session, by), by)
        except Refusal as refusal:  # what led to it is kept: the counter, a quarantine
            refused = refusal
    if refused is not None:
        raise refused
    return made if isinstance(made, bytes) else made()
