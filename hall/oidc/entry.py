"""Where a department sends a person's browser: sign in at the hall, see what is asked, say yes or no, go back."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from oauthlib.oauth2.rfc6749.errors import AccessDeniedError, FatalClientError, OAuth2Error
from starlette.responses import RedirectResponse, Response

from hall.limits import Bucket
from hall.oidc import clients, consents, parameters
from hall.oidc.models import DepartmentClient
from hall.oidc.parameters import Malformed
from hall.oidc.persons import Visitor
from hall.oidc.service import AUTHORIZE, Service
from hall.phone import sessions
from hall.phone.going_on import sign_in_url
from hall.phone.site import tongue
from hall.web.answered import Answered, PageRoute
from hall.web.forms import Fields
from hall.web.pages import Pages, stamp
from hall.web.words import Tongue

PER_SECOND: Final = 60.0
"""Requests from one address: everyone in the hall may be behind the same one."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request of a department that may be put to the person."""

    parameters: dict[str, str]
    scopes: Sequence[str]
    client: DepartmentClient
    ask: bool
    """Whether the department wants the question put again."""


def entry(service: Service, pages: Pages, monotonic: Callable[[], float]) -> APIRouter:
    router = APIRouter(include_in_schema=False, route_class=PageRoute)
    hall, pace = service.hall, Bucket(PER_SECOND, monotonic)

    def admitted(request: Request) -> None:
        if wait := pace.wait(request.client.host if request.client else ""):
            raise Answered(Response(status_code=429, headers={"Retry-After": str(wait)}))

    def refused(request: Request, why: str, status: int = 400) -> Answered:
        """Nothing is sent anywhere: who asks, or where to, is not known."""
        return Answered(pages.render("oidc_refused.html", tongue(request), status, why=why))

    def visitor(request: Request) -> Visitor | None:
        return service.persons.visitor(request.cookies.get(sessions.COOKIE, ""))

    def onward(request: Request, location: str) -> Response:
        """Back to the department; after a form by a page of its own.

        A browser holds a form's redirects to the policy of the page that the form stood on,
        and that one allows no address but the hall's.
        """
        if request.method == "GET":
            return RedirectResponse(location, 303)
        return pages.render("oidc_onward.html", tongue(request), location=location)

    def checked(request: Request, sent: dict[str, str], who: Visitor | None) -> _Asked:
        """The request, if a department may make it; else the answer that it gets."""
        with hall.store.reading() as session:
            provider = service.provider(session, who)
            try:
                scopes, info = provider.validate_authorization_request(service.uri(sent))
            except FatalClientError:
                raise refused(request, "department-refused") from None
            except OAuth2Error as error:
                raise Answered(onward(request, service.answer(error))) from None
            client = clients.find(session, sent["client_id"])
            assert client is not None
            return _Asked(sent, scopes, client, "consent" in info["prompt"])

    def granted(request: Request, who: Visitor, asked: _Asked, said_yes: bool) -> Response | None:
        """The way back with a code; None where the person has not allowed so much yet.

        Whether they are still signed in is asked once more: a phone may have been unbound meanwhile.
        """
        account, client = who.account, asked.client.id
        try:
            with hall.store.writing() as session:
                phone = sessions.holding(session, request.cookies.get(sessions.COOKIE, ""), hall.now())
                if phone is None or phone.account != account or not service.persons.is_open(session, account):
                    raise refused(request, "department-stale", 403)
                if said_yes:
                    consents.give(session, account, client, asked.scopes, hall.now())
                elif not consents.covers(session, account, client, asked.scopes):
                    return None
                service.persons.used(session, account)
                headers, _, _ = service.provider(session, who, phone.binding).create_authorization_response(
                    service.uri(asked.parameters), scopes=list(asked.scopes)
                )
        except FatalClientError:  # shut out since it was looked at
            raise refused(request, "department-refused") from None
        return onward(request, str(headers["Location"]))

    @router.get(AUTHORIZE)
    def authorize(request: Request) -> Response:
        admitted(request)
        try:
            sent = parameters.asked(request.scope["query_string"])
        except Malformed:
            raise refused(request, "department-refused") from None
        who = visitor(request)
        asked = checked(request, sent, who)
        if who is None:
            return RedirectResponse(sign_in_url(f"{AUTHORIZE}?{parameters.again(sent)}"), 303)
        silently = None if asked.ask else granted(request, who, asked, said_yes=False)
        return silently or page(request, who, asked)

    def page(request: Request, who: Visitor, asked: _Asked) -> Response:
        spoken = tongue(request)
        service.persons.greeted(who)
        client, zh = asked.client, spoken is Tongue.ZH
        other = {**asked.parameters, "lang": str(spoken.other)}
        return pages.render(
            "oidc_consent.html",
            spoken,
            department=client.name_zh if zh else client.name_en,
            purpose=client.purpose_zh if zh else client.purpose_en,
            handed=[scope for scope in asked.scopes if scope != "openid"],
            masked=who.masked,
            sent=asked.parameters,
            stamp=stamp(_seal(who.csrf, asked.parameters)),
            other=f"{AUTHORIZE}?{urlencode(other)}",
            action=f"{AUTHORIZE}?lang={spoken}",
        )

    @router.post(AUTHORIZE)
    def answer(request: Request, fields: Fields) -> Response:
        admitted(request)
        who, said = visitor(request), fields.get("answer")
        try:
            sent = parameters.asked(
                urlencode({k: v for k, v in fields.items() if k not in ("csrf", "answer")}).encode()
            )
        except Malformed:
            raise refused(request, "department-refused") from None
        if who is None or not hmac.compare_digest(fields.get("csrf", "").encode(), _seal(who.csrf, sent).encode()):
            raise refused(request, "department-stale", 403)
        asked = checked(request, sent, who)
        if said == "yes" and (gone := granted(request, who, asked, said_yes=True)):
            return gone
        if said == "no":
            denied = AccessDeniedError(state=sent["state"])
            denied.redirect_uri = sent["redirect_uri"]
            return onward(request, service.answer(denied))
        raise refused(request, "department-stale")

    return router


def _seal(csrf: str, sent: dict[str, str]) -> str:
    """What the form carries: made of what only pages of this sign-in know, and of all that this one asks."""
    return hmac.new(csrf.encode(), b"keting-consent\0" + parameters.again(sent).encode(), hashlib.sha256).hexdigest()
