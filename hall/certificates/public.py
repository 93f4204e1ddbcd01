"""What anybody may fetch: the signed lists (docs/certificate-format.md, section 4.1)."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Path, Request
from starlette.responses import Response

from certificates.lists import digest
from hall.certificates import publishing, roots
from hall.signed import COSE
from hall.state import Hall

_DOCUMENT: Final[dict[str, Any]] = {"response_class": Response, "include_in_schema": False}

Kid = Annotated[str, Path(pattern=r"^[0-9a-f]{8}$")]
Number = Annotated[int, Path(ge=0, lt=2**32)]


def routes(hall: Hall) -> APIRouter:
    """Everything under /lists. A browser may keep what it got, and asks each time whether it still holds."""
    router = APIRouter(prefix="/lists")

    def stored(request: Request, name: str) -> Response:
        with hall.store.reading() as session:
            row = publishing.document(session, name)
            stale = name == publishing.INDEX and publishing.due(session, hall)
        if stale:
            with hall.store.writing() as session:
                publishing.publish(session, hall)
                row = publishing.document(session, name)
        return answered(request, row.data if row else None)

    @router.get("/root/{version}", **_DOCUMENT)
    def root(request: Request, version: Number) -> Response:
        return answered(request, roots.document(hall.settings.roots, version))

    @router.get("/index", **_DOCUMENT)
    def index(request: Request) -> Response:
        return stored(request, publishing.INDEX)

    @router.get("/templates", **_DOCUMENT)
    def templates(request: Request) -> Response:
        return stored(request, "templates")

    @router.get("/keys/{shard}", **_DOCUMENT)
    def keys(request: Request, shard: Number) -> Response:
        return stored(request, f"keys/{shard}")

    @router.get("/status/{number}", **_DOCUMENT)
    def status(request: Request, number: Number) -> Response:
        return stored(request, f"status/{number}")

    @router.get("/cut/{kid}", **_DOCUMENT)
    def cut(request: Request, kid: Kid) -> Response:
        return stored(request, f"cut/{kid}")

    return router


def answered(request: Request, data: bytes | None, media_type: str = COSE) -> Response:
    """A document that is kept by who asked and asked for again; 404 without one."""
    if data is None:
        raise HTTPException(404)
    headers = {"ETag": f'"{digest(data).hex()}"', "Cache-Control": "no-cache"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=media_type, headers=headers)
