"""The departments' side believes nothing that it has not checked: bent ID tokens, a hall that mixes people up."""

from __future__ import annotations

import hmac
import socket
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any, Final

import pytest
import uvicorn
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import ECKey, KeySet
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hall import authority
from tests.stand.relying_party import LEEWAY_S, NotSignedIn, Pending, RelyingParty, validated

ISSUER: Final = "https://hall.example"
NOW: Final = 1_773_000_000


def key(kid: str = "one") -> ECKey:
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"})


KEY: Final = key()
KEYS: Final = KeySet([ECKey.import_key(KEY.as_dict(private=False))])


def claims(**changed: Any) -> dict[str, Any]:
    good = {"iss": ISSUER, "aud": "social", "sub": "s", "iat": NOW, "exp": NOW + 300, "nonce": "n"}
    return {name: value for name, value in (good | changed).items() if value is not None}


def signed(said: dict[str, Any], by: ECKey = KEY, kid: str = "one") -> str:
    return jwt.encode({"alg": "ES256", "kid": kid}, said, by, algorithms=["ES256"])


def check(id_token: str, now: int = NOW) -> dict[str, Any]:
    return validated(id_token, KEYS, ISSUER, "social", "n", now)


def test_a_good_token_is_believed_for_as_long_as_it_says() -> None:
    assert check(signed(claims()))["sub"] == "s"
    assert check(signed(claims()), NOW + 299 + LEEWAY_S)
    with pytest.raises(NotSignedIn):
        check(signed(claims()), NOW + 300 + LEEWAY_S)


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "civil"},
        {"aud": ["social", "civil"]},
        {"aud": None},
        {"sub": None},
        {"sub": 7},
        {"nonce": "other"},
        {"nonce": None},
        {"exp": NOW - 100},
        {"exp": None},
        {"exp": "9999999999"},
        {"exp": True},
        {"iat": NOW + 100},
        {"iat": None},
    ],
)
def test_a_token_for_somebody_else_or_another_time_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(NotSignedIn):
        check(signed(claims(**changed)))


def part(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def test_the_algorithm_is_the_departments_choice() -> None:
    body = signed(claims()).split(".")[1]
    plain = part(b'{"alg":"none","kid":"one"}') + f".{body}"
    keyed = part(b'{"alg":"HS256","kid":"one"}') + f".{body}"
    # as if the public key, which everybody has, were a secret
    forged = part(hmac.digest(KEY.as_pem(private=False), keyed.encode(), "sha256"))
    for bent in (f"{plain}.", f"{keyed}.{forged}"):
        with pytest.raises((NotSignedIn, InvalidKeyIdError)):
            check(bent)


def test_another_key_under_the_same_name_and_changed_bytes_are_refused() -> None:
    head, body, signature = signed(claims()).split(".")
    other = signed(claims(sub="other")).split(".")[1]
    for bent in (signed(claims(), key()), f"{head}.{other}.{signature}", f"{head}.{body}.", "", "x", "a.b.c", "\0"):
        with pytest.raises(NotSignedIn):
            check(bent)


class Liar:
    """A provider that says what the test wants, over TLS."""

    def __init__(self, folder: Path) -> None:
        authority.create(folder, "liar", datetime.now(UTC))
        tls = authority.load(folder, ("localhost",), datetime.now(UTC))
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.ca, self.url = folder / "ca.pem", f"https://localhost:{self._listening.getsockname()[1]}"
        self.issuer, self.sub, self.nonce, self.signer = self.url, "s", "", KEY
        self.published = [KEY]
        routes = [
            Route("/.well-known/openid-configuration", self._discovery),
            Route("/keys", self._keys),
            Route("/token", self._token, methods=["POST"]),
            Route("/userinfo", self._userinfo),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes),
            log_level="critical",
            lifespan="off",
            ws="none",
            http="h11",
            ssl_certfile=tls.server_certificate,
            ssl_keyfile=tls.server_key,
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, args=([self._listening],), name="liar")
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self._listening.close()

    def _discovery(self, _request: Request) -> Response:
        ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        said = {name: f"{self.url}/{end}" for name, end in (ends | {"jwks_uri": "keys"}).items()}
        return JSONResponse({"issuer": self.issuer, **said})

    def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [each.as_dict(private=False) for each in self.published]})

    def _token(self, _request: Request) -> Response:
        now = int(time.time())
        said = claims(iss=self.url, iat=now, exp=now + 300, nonce=self.nonce)
        return JSONResponse({"access_token": "t", "id_token": signed(said, self.signer, kid=str(self.signer.kid))})

    def _userinfo(self, _request: Request) -> Response:
        return JSONResponse({"sub": self.sub, "name": "王小明"})


@pytest.fixture
def liar(tmp_path: Path) -> Iterator[Liar]:
    one = Liar(tmp_path)
    yield one
    one.stop()


def comes(liar: Liar, party: RelyingParty, **changed: str) -> dict[str, Any]:
    pending = Pending()
    liar.nonce = pending.nonce
    return party.signs_in({"code": "c", "state": pending.state, "iss": liar.url} | changed, pending)


@pytest.fixture
def party(liar: Liar) -> RelyingParty:
    return RelyingParty(liar.url, liar.ca, "social", "secret", "https://social.example/callback", ("name",))


def test_data_of_another_person_than_the_one_who_signed_in_is_refused(liar: Liar, party: RelyingParty) -> None:
    assert comes(liar, party)["name"] == "王小明"
    liar.sub = "t"
    with pytest.raises(NotSignedIn, match="another subject"):
        comes(liar, party)


def test_an_answer_of_another_hall_or_another_sign_in_is_refused(liar: Liar, party: RelyingParty) -> None:
    for changed, why in (({"iss": ISSUER}, "issuer"), ({"state": "other"}, "state"), ({"state": "状"}, "state")):
        with pytest.raises(NotSignedIn, match=why):
            comes(liar, party, **changed)
    with pytest.raises(NotSignedIn, match="state"):
        party.signs_in({"code": "c", "state": "s", "iss": liar.url}, None)


def test_a_hall_that_calls_itself_by_another_name_is_not_believed(liar: Liar, party: RelyingParty) -> None:
    liar.issuer = ISSUER
    with pytest.raises(NotSignedIn, match="issuer"):
        comes(liar, party)


def test_a_new_key_is_fetched_once_and_an_unpublished_one_never_believed(liar: Liar, party: RelyingParty) -> None:
    assert comes(liar, party)
    liar.signer = key("two")
    with pytest.raises(NotSignedIn, match="unknown key"):
        comes(liar, party)
    liar.published = [liar.signer]
    assert comes(liar, party)
