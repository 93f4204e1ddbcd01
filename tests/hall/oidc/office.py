"""A hall with people and departments, and the steps that a browser and a department take."""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from fastapi import FastAPI
from starlette.types import ASGIApp

from devices.citizen_number import check_digit
from hall.binding import bindings
from hall.channels import PhoneAccount
from hall.models import Kiosk
from hall.oidc import clients, endpoints
from hall.oidc.clients import Said
from hall.people.models import Account, DataRead
from hall.phone import sessions
from hall.state import Hall
from hall.web import SecurityHeaders
from offline_cache.envelope import seal
from tests.hall.conftest import Clock, InProcess

SOCIAL: Final = Said("江畔区社会保险服务", "Social insurance", "查您的参保记录", "Showing your insurance record")
CIVIL: Final = Said("江畔区民政服务", "Civil affairs", "办理高龄津贴", "Your allowance for the aged")


@dataclass
class Person:
    """Nobody, with an account at the hall and a browser that is signed in."""

    account: str
    cookie: str
    name: str
    number: str
    openid: str
    """Its owner's name at the channel of the bound phone."""


@dataclass
class Department:
    """A department's own side of a sign-in; what it sends can be changed by the test."""

    id: str
    secret: str
    redirect: str
    scopes: tuple[str, ...]
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def challenge(self) -> str:
        return urlsafe_b64encode(hashlib.sha256(self.verifier.encode()).digest()).rstrip(b"=").decode()

    def asks(self, **changed: str | None) -> dict[str, str]:
        """The parameters of its request; None leaves one out."""
        asked = {
            "client_id": self.id,
            "response_type": "code",
            "redirect_uri": self.redirect,
            "scope": " ".join(("openid", *self.scopes)),
            "state": self.state,
            "nonce": self.nonce,
            "code_challenge": self.challenge,
            "code_challenge_method": "S256",
        }
        return {name: value for name, value in (asked | changed).items() if value is not None}

    @property
    def basic(self) -> dict[str, str]:
        return {"authorization": "Basic " + b64encode(f"{self.id}:{self.secret}".encode()).decode()}


class Office:
    """The hall, asked by browsers and departments."""

    def __init__(self, hall: Hall, client: InProcess, clock: Clock, app: ASGIApp) -> None:
        self.hall, self.client, self.clock, self.app = hall, client, clock, app

    def ask(self, person: Person | None, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"cookie": f"__Host-phone={person.cookie}"} if person else {}
        return self.client.request(method, path, headers=headers | options.pop("headers", {}), **options)

    def authorize(self, person: Person | None, asked: dict[str, str], **headers: str) -> httpx.Response:
        return self.ask(person, "GET", f"/oidc/authorize?{urlencode(asked)}", headers=headers)

    def press(self, person: Person, page: httpx.Response, answer: str = "yes", **changed: str) -> httpx.Response:
        """Press a key of the page that asks."""
        return self.ask(person, "POST", "/oidc/authorize", data=form(page) | changed | {"answer": answer})

    def code(self, person: Person, department: Department, **changed: str | None) -> str:
        """The code that a department gets, after a yes where the person is asked."""
        answer = self.authorize(person, department.asks(**changed))
        if answer.status_code == 200:
            answer = self.press(person, answer)
        return sent_back(answer)["code"]

    def redeem(self, department: Department, code: str, **changed: str | None) -> httpx.Response:
        sent = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": department.redirect,
            "code_verifier": department.verifier,
        }
        data = {name: value for name, value in (sent | changed).items() if value is not None}
        return self.client.request("POST", "/oidc/token", data=data, headers=department.basic)

    def token(self, person: Person, department: Department, **changed: str | None) -> dict[str, Any]:
        answer = self.redeem(department, self.code(person, department, **changed))
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def userinfo(self, token: str, query: str = "") -> httpx.Response:
        return self.client.request("GET", f"/oidc/userinfo{query}", headers={"authorization": f"Bearer {token}"})

    def department(self, id: str, said: Said, *scopes: str) -> Department:
        redirect = f"https://{id}.example/callback"
        with self.hall.store.writing() as session:
            secret = clients.add(session, id, said, [redirect], scopes, self.hall.now())
        return Department(id, secret, redirect, scopes)

    def reads(self, person: Person) -> list[tuple[str, str, str, str]]:
        """The data trail of a person: who read, what and why, the oldest first."""
        with self.hall.store.reading() as session:
            rows = session.query(DataRead).filter_by(account=person.account).order_by(DataRead.id)
            return [(row.who_kind, row.who, row.what, row.why) for row in rows]


def form(page: httpx.Response) -> dict[str, str]:
    """The hidden fields of the page that asks."""
    assert page.status_code == 200, page.text
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert found, page.text
    return {name: unescape(value) for name, value in found.items()}


def destination(answer: httpx.Response) -> str:
    """Where an answer takes the browser: by redirect, or by a page that goes on by itself."""
    if answer.status_code == 303:
        return str(answer.headers["location"])
    assert answer.status_code == 200, answer.text
    onward = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', answer.text)
    assert onward, answer.text
    return unescape(onward[1])


def sent_back(answer: httpx.Response) -> dict[str, str]:
    """What the browser brings to the department."""
    return dict(parse_qsl(urlsplit(destination(answer)).query, strict_parsing=True))


def person(hall: Hall, name: str, number: str, account: str = "", birth: str = "") -> str:
    """An account as a kiosk opens one; its id."""
    id = account or b32()
    told = {
        "name": name,
        "number": number,
        "document": "resident-id",
        "state": "",
        "birth": birth,
        "expires": "2036-01-01",
    }
    with hall.store.writing() as session:
        if session.get(Kiosk, "K-0201") is None:
            session.add(Kiosk(id="K-0201", number="01", key=b"key"))
        session.add(
            Account(
                id=id,
                subject=hashlib.sha256(number.encode()).digest(),
                masked=f"{name[0]}*{name[-1]}",
                level="id-card",
                language="zh-Hans",
                kiosk="K-0201",
                epoch=1,
                seq=1,
                opened=hall.now(),
                notice=1,
                sealed=seal(told, id, hall.keys.seal.public_key()),
                used=hall.now(),
            )
        )
    return id


def b32() -> str:
    return "".join(secrets.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for _ in range(16))


def serving(hall: Hall, clock: Clock) -> FastAPI:
    """The hall's application, with this part's pace by the clock of the test."""
    app = FastAPI(openapi_url=None)
    app.include_router(endpoints.routes(hall, clock_seconds(clock)))
    app.add_middleware(SecurityHeaders)
    return app


def clock_seconds(clock: Clock) -> Callable[[], float]:
    def seconds() -> float:
        return clock.time.timestamp()

    return seconds


def arrive(hall: Hall, name: str, number: str, **given: str) -> Person:
    """Somebody with an account and a bound phone, signed in with it."""
    account, openid = person(hall, name, number, **given), b32()
    with hall.store.writing() as session:
        bound = bindings.bind(session, account, PhoneAccount("wechat", openid, "小*"), hall.now(), "01")
        assert bound
        session.flush()
        return Person(account, sessions.begin(session, bound, hall.now()), name, number, openid)


def citizen(birth: str) -> str:
    """A number of nobody that was not there before."""
    body = f"990000{birth}{next(_SERIALS):03d}"
    return body + check_digit(body)


_SERIALS = count(1)


def refused_page(office: Office, person: Person | None, query: str) -> None:
    """The hall shows a page, and sends the browser nowhere."""
    answer = office.ask(person, "GET", f"/oidc/authorize?{query}")
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert "http-equiv" not in answer.text
    assert "这个登录请求不能办" in answer.text
