"""What oauthlib asks of the hall while it goes through a request: each answer from the rows of one transaction."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote_plus

from oauthlib.common import Request
from oauthlib.openid.connect.core.request_validator import RequestValidator
from sqlalchemy.orm import Session

from hall.oidc import clients, consents, grants
from hall.oidc.keys import SignInKeys
from hall.oidc.models import DepartmentClient, DepartmentCode, DepartmentToken
from hall.oidc.persons import Persons, Visitor
from hall.oidc.scopes import ASSURANCE, OPENID
from hall.oidc.subjects import subject

_BASIC: Final = re.compile(r"[Bb][Aa][Ss][Ii][Cc] ([A-Za-z0-9+/]{1,400}={0,2})")


@dataclass(frozen=True, slots=True)
class _Known:
    """A client as oauthlib wants to see it."""

    client_id: str
    row: DepartmentClient


class Validator(RequestValidator):
    """For one request, within the one transaction of ``session``."""

    def __init__(
        self,
        session: Session,
        keys: SignInKeys,
        issuer: str,
        now: int,
        persons: Persons,
        visitor: Visitor | None = None,
        binding: str = "",
    ) -> None:
        """``now`` in milliseconds since 1970; ``binding`` is the phone by which ``visitor`` is signed in."""
        self._session, self._keys, self._issuer, self._now = session, keys, issuer, now
        self._persons, self._visitor, self._binding = persons, visitor, binding
        self._code: DepartmentCode | None = None
        self._token: DepartmentToken | None = None

    # the authorization request

    def validate_client_id(self, client_id: str, request: Request, *_args: Any, **_kwargs: Any) -> bool:
        found = clients.find(self._session, client_id)
        request.client = _Known(found.id, found) if found else None
        return found is not None

    def validate_redirect_uri(
        self, client_id: str, redirect_uri: str, request: Request, *_args: Any, **_kwargs: Any
    ) -> bool:
        return redirect_uri in request.client.row.redirects if request.client else False

    def get_default_redirect_uri(self, client_id: str, request: Request, *_args: Any, **_kwargs: Any) -> str:
        return ""

    def validate_response_type(
        self, client_id: str, response_type: str, client: Any, request: Request, *_args: Any, **_kwargs: Any
    ) -> bool:
        return response_type == "code"

    def get_default_scopes(self, client_id: str, request: Request, *_args: Any, **_kwargs: Any) -> list[str]:
        return []

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Any, request: Request, *_args: Any, **_kwargs: Any
    ) -> bool:
        return OPENID in scopes and len(set(scopes)) == len(scopes) and set(scopes) <= set(client.row.scopes)

    def is_pkce_required(self, client_id: str, request: Request) -> bool:
        return True

    def validate_silent_login(self, request: Request) -> bool:
        return self._visitor is not None

    def validate_silent_authorization(self, request: Request) -> bool:
        return self._visitor is not None and consents.covers(
            self._session, self._visitor.account, str(request.client_id), request.scopes or []
        )

    def validate_user_match(self, id_token_hint: Any, scopes: Any, claims: Any, request: Request) -> bool:
        return True  # hints are not read: the person sees on the page who is signed in

    def save_authorization_code(self, client_id: str, code: Any, request: Request, *_args: Any, **_kwargs: Any) -> None:
        assert self._visitor is not None
        assert self._binding
        handing = grants.Handing(
            client_id, self._visitor.account, self._binding, request.scopes or [], self._visitor.level
        )
        grants.give_code(
            self._session,
            code["code"],
            handing,
            str(request.redirect_uri),
            str(request.nonce),
            str(request.code_challenge),
            self._now,
        )

    # the token request

    def client_authentication_required(self, request: Request, *_args: Any, **_kwargs: Any) -> bool:
        return True

    def authenticate_client(self, request: Request, *_args: Any, **_kwargs: Any) -> bool:
        """By ``client_secret_basic`` alone (RFC 6749, section 2.3.1), as whoever the body says, where it says so."""
        if request.client_secret is not None:
            return False
        found = _BASIC.fullmatch(request.headers.get("Authorization", ""))
        try:
            id, _, secret = b64decode(found[1], validate=True).decode("ascii").partition(":") if found else ("",) * 3
        except ValueError:
            return False
        admitted = clients.admit(self._session, unquote_plus(id), unquote_plus(secret))
        if admitted is None or request.client_id not in (None, admitted.id):
            return False
        request.client = _Known(admitted.id, admitted)
        return True

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Any, request: Request, *_args: Any, **_kwargs: Any
    ) -> bool:
        return grant_type == "authorization_code"

    def validate_code(
        self, client_id: str, code: str, client: Any, request: Request, *_args: Any, **_kwargs: Any
    ) -> bool:
        self._code = grants.present(self._session, code, client_id, self._now)
        if self._code is None or not self._persons.is_open(self._session, self._code.account):
            return False
        request.user, request.scopes = self._code.account, list(self._code.scopes)
        return True

    def get_code_challenge(self, code: str, request: Request) -> str:
        return self._presented.challenge

    def get_code_challenge_method(self, code: str, request: Request) -> str:
        return "S256"

    def confirm_redirect_uri(
        self,
        client_id: str,
        code: str,
        redirect_uri: str,
        client: Any,
        request: Request,
        *_args: Any,
        **_kwargs: Any,
    ) -> bool:
        return redirect_uri == self._presented.redirect

    def save_bearer_token(self, token: Any, request: Request, *_args: Any, **_kwargs: Any) -> None:
        grants.give_token(self._session, token["access_token"], self._presented, self._now)

    def invalidate_authorization_code(
        self, client_id: str, code: str, request: Request, *_args: Any, **_kwargs: Any
    ) -> None:
        """It was used up when it was presented."""

    def get_authorization_code_nonce(self, client_id: str, code: str, redirect_uri: str, request: Any) -> str:
        return self._presented.nonce

    def finalize_id_token(
        self, id_token: dict[str, Any], token: dict[str, Any], token_handler: Any, request: Request
    ) -> str:
        """Who signed in, for this department alone; of the person only the level, and only where it was asked for."""
        code, seconds = self._presented, self._now // 1000
        told = [scope for scope in code.scopes if scope == ASSURANCE]
        claims = {
            **id_token,
            **self._persons.hand_over(self._session, code.account, code.client, told, code.level),
            "iss": self._issuer,
            "sub": subject(self._keys.salt, code.client, code.account),
            "iat": seconds,
            "exp": seconds + grants.TOKEN_S,
        }
        return self._keys.sign(claims)

    @property
    def _presented(self) -> DepartmentCode:
        assert self._code is not None
        return self._code

    # userinfo

    def validate_bearer_token(self, token: str | None, scopes: Any, request: Request) -> bool:
        self._token = grants.holding(self._session, token, self._now) if token else None
        client = clients.find(self._session, self._token.client) if self._token else None
        if self._token is None or client is None or not self._persons.is_open(self._session, self._token.account):
            return False
        request.client = _Known(client.id, client)
        request.scopes = [scope for scope in self._token.scopes if scope in client.scopes]
        return True

    def get_userinfo_claims(self, request: Request) -> dict[str, Any]:
        """Just what was said yes to, each time with a line in the person's trail."""
        assert self._token is not None
        held = self._token
        claims = self._persons.hand_over(
            self._session, held.account, held.client, list(request.scopes or []), held.level
        )
        return {**claims, "sub": subject(self._keys.salt, held.client, held.account)}
