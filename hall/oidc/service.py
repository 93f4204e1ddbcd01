"""The sign-in service of one hall: its keys, its clock, and one provider for each request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from oauthlib.oauth2.rfc6749.errors import OAuth2Error
from sqlalchemy.orm import Session

from hall.oidc import keys, parameters
from hall.oidc.keys import ALGORITHM, SignInKeys
from hall.oidc.persons import Persons, Visitor
from hall.oidc.provider import Provider
from hall.oidc.scopes import CLAIMS, SCOPES
from hall.oidc.validator import Validator
from hall.state import Hall

AUTHORIZE: Final = "/oidc/authorize"
TOKEN: Final = "/oidc/token"
USERINFO: Final = "/oidc/userinfo"
KEYS: Final = "/oidc/keys"


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that the routes of this part share."""

    hall: Hall
    keys: SignInKeys
    persons: Persons

    @property
    def issuer(self) -> str:
        return self.hall.settings.url

    def provider(self, session: Session, visitor: Visitor | None = None, binding: str = "") -> Provider:
        """For one request; a code is given only where ``binding``, the phone that signed ``visitor`` in, is named."""
        validator = Validator(session, self.keys, self.issuer, self.hall.now(), self.persons, visitor, binding)
        return Provider(validator, self.issuer)

    def uri(self, asked: dict[str, str]) -> str:
        """The authorization request that says just this."""
        return f"{self.issuer}{AUTHORIZE}?{parameters.again(asked)}"

    def answer(self, error: OAuth2Error) -> str:
        """Where the browser takes ``error``: back to the department that asked, at an address known to be its own."""
        joint = "&" if "?" in str(error.redirect_uri) else "?"
        said = urlencode([*error.twotuples, ("iss", self.issuer)])
        return f"{error.redirect_uri}{joint}{said}"

    def discovery(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0, section 3."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": self.issuer + AUTHORIZE,
            "token_endpoint": self.issuer + TOKEN,
            "userinfo_endpoint": self.issuer + USERINFO,
            "jwks_uri": self.issuer + KEYS,
            "scopes_supported": list(SCOPES),
            "claims_supported": list(CLAIMS.values()),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": [ALGORITHM],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "code_challenge_methods_supported": ["S256"],
            "prompt_values_supported": ["none", "consent"],
            "ui_locales_supported": ["zh-Hans", "en"],
            "claims_parameter_supported": False,
            "request_parameter_supported": False,
            "request_uri_parameter_supported": False,
            "authorization_response_iss_parameter_supported": True,
        }


def serve(hall: Hall) -> Service:
    """The service of ``hall``; its keys are made when they are missing."""
    return Service(hall, keys.load(hall.settings.keys), Persons(hall))
