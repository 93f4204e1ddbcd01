"""What departments ask by themselves: the discovery document, the key set, a token for a code, a person's data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request
from oauthlib.oauth2.rfc6749.errors import InvalidRequestError, OAuth2Error
from starlette.responses import JSONResponse, Response

from hall.limits import Bucket
from hall.oidc import parameters
from hall.oidc.parameters import Malformed
from hall.oidc.service import KEYS, TOKEN, USERINFO, Service
from hall.web.answered import Answered, PageRoute

PER_SECOND: Final = 50.0
"""Requests from one address: a department asks twice for each person who signs in."""

_PUBLIC: Final = {"Cache-Control": "public, max-age=300"}
_LONGEST_HEADER: Final = 512


async def _raw(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > parameters.LIMIT:
            break
    return bytes(body)


Raw = Annotated[bytes, Depends(_raw)]
"""A body of ``parameters.LIMIT`` bytes at most, and enough more to be refused for."""


def exchange(service: Service, monotonic: Callable[[], float]) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    hall, pace = service.hall, Bucket(PER_SECOND, monotonic)

    def admitted(request: Request) -> dict[str, str]:
        """The one header that counts here; 429 for an address that asks too often."""
        if wait := pace.wait(request.client.host if request.client else ""):
            raise Answered(JSONResponse({"error": "too-many"}, 429, {"Retry-After": str(wait)}))
        given = request.headers.getlist("authorization")
        return {"Authorization": given[0]} if len(given) == 1 and len(given[0]) <= _LONGEST_HEADER else {}

    @router.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        return JSONResponse(service.discovery(), headers=_PUBLIC)

    @router.get(KEYS)
    def keys() -> Response:
        return JSONResponse(service.keys.public, headers=_PUBLIC)

    @router.post(TOKEN)
    def token(request: Request, raw: Raw) -> Response:
        headers = admitted(request)
        try:
            if _media_type(request) != "application/x-www-form-urlencoded" or request.scope["query_string"]:
                raise Malformed
            sent = parameters.redeemed(raw)
        except Malformed:
            return _refused(InvalidRequestError())
        # One transaction from looking at the code to giving the token: two who come at once do not both get one.
        with hall.store.writing() as session:
            provider = service.provider(session)
            said, body, status = provider.create_token_response(
                service.issuer + TOKEN, "POST", parameters.again(sent), headers
            )
        return _answer(said, body, status)

    @router.get(USERINFO)
    @router.post(USERINFO)
    def userinfo(request: Request) -> Response:
        """The token comes in the header alone (RFC 6750, section 2.1)."""
        headers = admitted(request)
        try:
            with hall.store.writing() as session:
                said, body, status = service.provider(session).create_userinfo_response(
                    service.issuer + USERINFO, "GET", None, headers
                )
        except OAuth2Error as error:
            return _refused(error)
        return _answer(said, body, status)

    return router


def _answer(headers: dict[str, Any], body: str, status: int) -> Response:
    kept = {name: value for name, value in headers.items() if name.lower() != "www-authenticate"}
    if status == 401:  # whoever comes with a secret is told how secrets are brought (RFC 6749, section 5.2)
        kept["WWW-Authenticate"] = 'Basic realm="keting"'
    return Response(body, status, kept)


def _refused(error: OAuth2Error) -> Response:
    return Response(error.json, error.status_code, {**error.headers, "Cache-Control": "no-store"}, "application/json")


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
