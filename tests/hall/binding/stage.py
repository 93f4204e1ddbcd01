"""A hall, WeChat's side over TLS, kiosks with a card on them, and phones: everything that a binding needs."""

from __future__ import annotations

import re
import secrets
from base64 import b32encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi import FastAPI
from sqlalchemy import select

from devices.citizen_number import check_digit
from hall import enrol
from hall.binding.deliverer import Deliverer
from hall.binding.models import Binding, BindTry
from hall.channels import table
from hall.channels.sim import Message, Phone, WeChatSide
from hall.models import Trail
from hall.people.accounts import subject
from hall.people.documents import masked_name
from hall.people.models import Account
from hall.state import Hall
from offline_cache.envelope import seal
from tests.hall.conftest import Clock, InProcess
from tests.hall.terminal import Terminal, cbor, enrolment

_serials = count(1)


@dataclass(frozen=True)
class Person:
    """Somebody who is nobody: region 990000, a right check digit."""

    name: str
    number: str

    def who(self, **changed: Any) -> dict[str, Any]:
        known = {"name": self.name, "number": self.number, "document": "resident-id", "state": "", "level": "id-card"}
        return known | changed


def address() -> str:
    """One that nobody else has."""
    return f"198.18.{(serial := next(_serials)) // 250}.{serial % 250}"


def somebody(name: str = "王小明") -> Person:
    body = f"99000019510307{next(_serials):03d}"
    return Person(name, body + check_digit(body))


@dataclass
class Handset:
    """A phone: a browser of its own, and the WeChat account that is signed in on it."""

    stage: Stage
    openid: str
    client: InProcess
    language: str = "zh-CN"

    def get(self, path: str) -> httpx.Response:
        """One request to the hall, as this browser makes it."""
        return self.client.request("GET", path, headers={"accept-language": self.language})

    def open(self, url: str) -> httpx.Response:
        """Follow an address through hall and channel to where it ends, as a browser does."""
        for _ in range(12):
            split = urlsplit(url)
            if split.netloc.lower() in ("", self.stage.host):
                answer = self.get(split.path + (f"?{split.query}" if split.query else ""))
            else:
                answer = self.stage.beyond.get(url, headers={"x-wechat": self.openid})
            if answer.status_code not in (302, 303):
                return answer
            url = answer.headers["location"]
        raise AssertionError("round and round")

    def post(self, path: str, **fields: str) -> httpx.Response:
        headers = {"accept-language": self.language}
        return self.client.request("POST", path, data=fields or {"none": ""}, headers=headers)

    def press(self, page: httpx.Response, action: str, **more: str) -> httpx.Response:
        """Send the form with ``action`` as it stands on ``page``."""
        return self.post(action, **form(page, action), **more)

    def digits(self) -> str:
        """The number on this phone; empty where it shows none."""
        return "".join(re.findall(r"<b>([0-9])</b>", self.get("/phone/bind").text))

    def messages(self) -> list[Message]:
        """What it was sent, all that is due delivered."""
        self.stage.deliver()
        return self.stage.wechat.messages(self.openid)


def form(page: httpx.Response, action: str) -> dict[str, str]:
    """The hidden fields of the first form with ``action``."""
    found = re.search(rf'<form[^>]*action="{re.escape(action)}"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert found, f"no form {action}"
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', found[1])
    return {name: unescape(value) for name, value in fields}


@dataclass
class Visit:
    """A kiosk with somebody's document on it, and the code on its screen."""

    stage: Stage
    terminal: Terminal
    person: Person
    nonce: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    bind: str = ""
    url: str = ""
    until: int = 0
    phone: bytes = bytes(32)

    def begin(self, purpose: str = "bind", **who: Any) -> Visit:
        body = {"who": self.person.who(**who), "purpose": purpose, "nonce": self.nonce}
        said = self.stage.reply(self.terminal, "/v1/bind/begin", "bind-begun", body)
        self.bind, self.url, self.until = said["bind"], said["url"], said["until"]
        return self

    def number(self, digits: str) -> dict[str, Any]:
        said = self.stage.reply(self.terminal, "/v1/bind/number", "bind-number", {"bind": self.bind, "digits": digits})
        self.phone = said["phone"] or self.phone
        return said

    def confirm(self, **changed: Any) -> dict[str, Any]:
        body = {"bind": self.bind, "nonce": self.nonce, "phone": self.phone} | changed
        return self.stage.reply(self.terminal, "/v1/bind/confirm", "bind-confirmed", body)

    def unbind(self, channel: str = "wechat") -> bool:
        body = {"who": self.person.who(), "channel": channel}
        return bool(self.stage.reply(self.terminal, "/v1/unbind", "unbound", body)["done"])

    @property
    def row(self) -> BindTry:
        with self.stage.hall.store.reading() as session:
            return session.get_one(BindTry, self.bind)


@dataclass
class Stage:
    hall: Hall
    app: FastAPI
    clock: Clock
    wechat: WeChatSide
    client: InProcess | httpx.Client
    beyond: httpx.Client
    """What reaches WeChat's side."""
    host: str = "localhost:8443"
    since: int = 0
    """The last row of the trail before this test."""
    _open: list[InProcess] = field(default_factory=list)

    def terminal(self, place: str = "东侧") -> Terminal:
        with self.hall.store.writing() as session:
            where = enrol.Place(place, "East")
            code, _ = enrol.code(session, self.hall.keys.fingerprint, "02", self.hall.now(), where)
        key = ec.generate_private_key(ec.SECP256R1())
        answer = self.client.request("POST", "/v1/enrol", json=enrolment(code, key))
        return Terminal(key, answer.json())

    def account(self, person: Person, terminal: Terminal) -> str:
        """``person`` was registered at ``terminal``."""
        name = b32encode(secrets.token_bytes(10)).decode()
        told = {
            "name": person.name,
            "number": person.number,
            "document": "resident-id",
            "state": "",
            "birth": "1951-03-07",
            "expires": "",
        }
        with self.hall.store.writing() as session:
            session.add(
                Account(
                    id=name,
                    subject=subject(self.hall.keys.people, person.number),
                    masked=masked_name(person.name),
                    level="id-card",
                    language="zh-Hans",
                    kiosk=terminal.id,
                    epoch=terminal.epoch,
                    seq=next(_serials),
                    opened=self.hall.now(),
                    notice=1,
                    sealed=seal(told, name, self.hall.keys.seal.public_key()),
                    used=self.hall.now(),
                )
            )
        return name

    def visit(self, person: Person | None = None, terminal: Terminal | None = None) -> Visit:
        """Somebody with an account puts their card on a kiosk."""
        person = person or somebody()
        terminal = terminal or self.terminal()
        with self.hall.store.reading() as session:
            known = session.scalar(
                select(Account.id).where(Account.subject == subject(self.hall.keys.people, person.number))
            )
        if known is None:
            self.account(person, terminal)
        return Visit(self, terminal, person)

    def phone(self, person: Person | None = None, nickname: str = "江边散步", **given: Any) -> Handset:
        """A phone whose WeChat account is ``person``'s by real name, or nobody's."""
        openid = "o" + secrets.token_hex(12)
        name, number = (person.name, person.number) if person else ("", "")
        self.wechat.phones.add(Phone(openid=openid, nickname=nickname, name=name, number=number, **given))
        return Handset(self, openid, self.browser())

    def browser(self) -> InProcess:
        fresh = InProcess(self.app, address=address())
        self._open.append(fresh)
        return fresh

    def bound(self, person: Person | None = None, terminal: Terminal | None = None) -> tuple[Visit, Handset]:
        """A visit that ended with the holder's own phone bound, and that phone."""
        visit = self.visit(person, terminal).begin()
        phone = self.phone(visit.person)
        phone.open(visit.url)
        assert visit.number(phone.digits())["state"] == "matched"
        assert visit.confirm()["done"]
        return visit, phone

    def ask(self, terminal: Terminal, path: str, body: dict[str, Any], **headers: str) -> httpx.Response:
        data = cbor(body)
        return self.client.request("POST", path, content=data, headers=terminal.headers("POST", path, data) | headers)

    def reply(self, terminal: Terminal, path: str, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.ask(terminal, path, body)
        assert answer.status_code == 200, answer.text
        return terminal.reply(kind, answer.content)

    def bindings(self, person: Person) -> list[Binding]:
        """Those that live."""
        with self.hall.store.reading() as session:
            named = subject(self.hall.keys.people, person.number)
            wanted = select(Binding).join(Account, Account.id == Binding.account).where(Account.subject == named)
            return list(session.scalars(wanted.where(Binding.ended.is_(None)).order_by(Binding.since)))

    def refusals(self) -> list[str]:
        """What the trail says of tries that failed, the oldest first."""
        with self.hall.store.reading() as session:
            rows = select(Trail.detail).where(Trail.verb == "bind_refused", Trail.id > self.since).order_by(Trail.id)
            return list(session.scalars(rows))

    def deliver(self) -> int:
        """One round of the hall's deliverer, in a thread as there; how many messages were taken."""
        channels = table.opened(self.hall.settings.channels, self.hall.settings.data)
        with ThreadPoolExecutor(1) as beside:
            return beside.submit(Deliverer(self.hall, channels).round).result()

    def close(self) -> None:
        for each in self._open:
            each.__exit__()
