"""A department's side of a sign-in, as any OpenID Connect client has it: it shares no code with the hall.

What comes back is believed only after state, issuer, key, algorithm, audience, nonce and subject were checked.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import ssl
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

LEEWAY_S: Final = 30
_DEADLINE_S: Final = 10.0


class NotSignedIn(Exception):
    """What came back is not a sign-in that this department may believe; the text names the rule."""


@dataclass(frozen=True)
class Pending:
    """A sign-in that was begun in one browser."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()


def validated(id_token: str, keys: KeySet, issuer: str, client: str, nonce: str, now: int) -> dict[str, Any]:
    """The claims of an ID token (OpenID Connect Core, section 3.1.3.7). Raises ``NotSignedIn``.

    ``InvalidKeyIdError`` where ``keys`` do not have the key that it names.
    The algorithm is this department's choice, never the token's.
    """
    try:
        claims = jwt.decode(id_token, keys, algorithms=["ES256"]).claims
        jwt.JWTClaimsRegistry(
            now,
            LEEWAY_S,
            iss={"essential": True, "value": issuer},
            nonce={"essential": True, "value": nonce},
            aud={"essential": True, "value": client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(claims)
    except InvalidKeyIdError:
        raise
    except (JoseError, ValueError, TypeError) as error:
        raise NotSignedIn(type(error).__name__) from None
    if claims["aud"] != client:
        raise NotSignedIn("for others too")
    return claims


class RelyingParty:
    """One client of one provider: ``issuer`` is its address, ``ca`` (PEM) what its certificate is checked by."""

    def __init__(self, issuer: str, ca: Path, id: str, secret: str, redirect: str, scopes: tuple[str, ...]) -> None:
        self.id, self.redirect, self.scopes = id, redirect, scopes
        self._issuer, self._trust, self._secret = issuer, ssl.create_default_context(cafile=ca), secret
        self._said: dict[str, Any] = {}
        self._keys: KeySet | None = None

    def asks(self, pending: Pending, **changed: str) -> str:
        """Where a browser is sent to be signed in."""
        asked = {
            "response_type": "code",
            "client_id": self.id,
            "redirect_uri": self.redirect,
            "scope": " ".join(("openid", *self.scopes)),
            "state": pending.state,
            "nonce": pending.nonce,
            "code_challenge": pending.challenge,
            "code_challenge_method": "S256",
        }
        return f"{self._discovered()['authorization_endpoint']}?{urlencode(asked | changed)}"

    def signs_in(self, came: dict[str, str], pending: Pending | None) -> dict[str, Any]:
        """Who came back. Raises ``NotSignedIn``."""
        if pending is None or not hmac.compare_digest(came.get("state", "").encode(), pending.state.encode()):
            raise NotSignedIn("state")
        if came.get("iss") != self._issuer:
            raise NotSignedIn("issuer")
        if "code" not in came:
            raise NotSignedIn(came.get("error", "no code"))
        sent = {
            "grant_type": "authorization_code",
            "code": came["code"],
            "redirect_uri": self.redirect,
            "code_verifier": pending.verifier,
        }
        with self._asking() as client:
            answer = client.post(self._discovered()["token_endpoint"], data=sent, auth=(self.id, self._secret))
            if answer.status_code != 200:
                raise NotSignedIn(f"token {answer.json().get('error')}")
            tokens = answer.json()
            claims = self._believed(str(tokens.get("id_token", "")), pending.nonce)
            bearer = {"Authorization": f"Bearer {tokens.get('access_token', '')}"}
            answer = client.get(self._discovered()["userinfo_endpoint"], headers=bearer)
            if answer.status_code != 200:
                raise NotSignedIn(f"userinfo {answer.status_code}")
        told: dict[str, Any] = answer.json()
        if told.get("sub") != claims["sub"]:
            raise NotSignedIn("another subject")
        return told

    def _believed(self, id_token: str, nonce: str) -> dict[str, Any]:
        """By the keys that were fetched; by those of now, once, where the key is a new one."""
        for fresh in (False, True):
            try:
                return validated(id_token, self._key_set(fresh), self._issuer, self.id, nonce, int(time.time()))
            except InvalidKeyIdError:
                continue
        raise NotSignedIn("unknown key")

    def _key_set(self, fresh: bool) -> KeySet:
        if self._keys is None or fresh:
            with self._asking() as client:
                self._keys = KeySet.import_key_set(client.get(self._discovered()["jwks_uri"]).raise_for_status().json())
        return self._keys

    def _discovered(self) -> dict[str, Any]:
        """What the hall says of itself; believed where it says so of the address that was asked."""
        if not self._said:
            with self._asking() as client:
                said = client.get(f"{self._issuer}/.well-known/openid-configuration").raise_for_status().json()
            if said["issuer"] != self._issuer:
                raise NotSignedIn("issuer")
            self._said = said
        return self._said

    def _asking(self) -> httpx.Client:
        return httpx.Client(verify=self._trust, timeout=_DEADLINE_S, trust_env=False)
