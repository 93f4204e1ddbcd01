"""The protocol itself: oauthlib's endpoints, with the code flow of OpenID Connect and nothing else.

What the library leaves to choice is chosen here: PKCE with S256 only, state and nonce always, one
response type, no refresh tokens. (OAuth 2.0 security best practice, RFC 9700, section 2.1.)
"""

from __future__ import annotations

import re
from typing import Any, Final

from oauthlib.common import Request
from oauthlib.oauth2.rfc6749 import errors
from oauthlib.oauth2.rfc6749.endpoints import AuthorizationEndpoint, TokenEndpoint
from oauthlib.oauth2.rfc6749.tokens import BearerToken, TokenBase
from oauthlib.openid.connect.core.endpoints import UserInfoEndpoint
from oauthlib.openid.connect.core.exceptions import (
    AccountSelectionRequired,
    LoginRequired,
    RequestNotSupported,
    RequestURINotSupported,
)
from oauthlib.openid.connect.core.grant_types import AuthorizationCodeGrant
from oauthlib.openid.connect.core.request_validator import RequestValidator

from hall.oidc.grants import TOKEN_S

LONGEST: Final = 200
"""Characters of a state or a nonce."""

_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_VERIFIER: Final = re.compile(r"[A-Za-z0-9._~-]{43,128}")
"""RFC 7636, section 4.1."""


class Provider(AuthorizationEndpoint, TokenEndpoint, UserInfoEndpoint):
    """The three endpoints, over one ``validator``. ``issuer`` stands in every answer of the first (RFC 9207)."""

    def __init__(self, validator: RequestValidator, issuer: str) -> None:
        self._issuer = issuer
        grant = AuthorizationCodeGrant(validator, pre_auth=[_strict], pre_token=[_verifies])
        grant.refresh_token = False
        grant.register_code_modifier(self._named)
        bearer: Any = BearerToken(validator, expires_in=TOKEN_S)  # the library's stubs expect a word here
        AuthorizationEndpoint.__init__(
            self, default_response_type="code", default_token_type=bearer, response_types={"code": grant}
        )
        TokenEndpoint.__init__(
            self,
            default_grant_type="authorization_code",
            default_token_type=bearer,
            grant_types={"authorization_code": grant},
        )
        UserInfoEndpoint.__init__(self, validator)

    def _named(self, grant: dict[str, str], _handler: TokenBase | None, _request: Request | None) -> dict[str, str]:
        return {**grant, "iss": self._issuer}


def _strict(request: Request) -> dict[str, Any]:
    """What is refused before the library looks at it. The redirect address is known to be good by now."""
    sent = dict(request.uri_query_params)
    if request.response_type not in (None, "code"):
        raise errors.UnsupportedResponseTypeError(request=request)
    if "request" in sent:
        raise RequestNotSupported(request=request)
    if "request_uri" in sent:
        raise RequestURINotSupported(request=request)
    for name in ("state", "nonce"):
        if not 1 <= len(sent.get(name, "")) <= LONGEST:
            raise errors.InvalidRequestError(
                description=f"{name} is required, {LONGEST} characters at most.", request=request
            )
    if request.code_challenge is None:
        raise errors.MissingCodeChallengeError(request=request)
    if request.code_challenge_method != "S256":
        raise errors.UnsupportedCodeChallengeMethodError(request=request)
    if not _CHALLENGE.fullmatch(request.code_challenge):
        raise errors.InvalidRequestError(description="code_challenge is not an S256.", request=request)
    if request.response_mode not in (None, "query"):
        raise errors.InvalidRequestError(description="response_mode is query.", request=request)
    prompt = set((request.prompt or "").split())
    if "login" in prompt or request.max_age is not None:  # the hall has no way to make a phone prove itself again
        raise LoginRequired(request=request)
    if "select_account" in prompt:
        raise AccountSelectionRequired(request=request)
    if prompt - {"none", "consent"}:
        raise errors.InvalidRequestError(description="prompt is none or consent.", request=request)
    return {}


def _verifies(request: Request) -> None:
    if request.code_verifier is not None and not _VERIFIER.fullmatch(request.code_verifier):
        raise errors.InvalidGrantError(request=request)
