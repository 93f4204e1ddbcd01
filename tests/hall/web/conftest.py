"""A hall with its pages, a clock that stands still, and people of nobody in its queues."""

from __future__ import annotations

import re
import secrets
import socket
import ssl
from base64 import b32encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from shutil import copy
from threading import Thread
from typing import Any

import pytest
import uvicorn
from argon2 import PasswordHasher
from fastapi import FastAPI
from httpx import Client, Response
from sqlalchemy import select
from starlette.types import ASGIApp, Receive, Scope, Send

from hall import authority, catalogue
from hall.models import Clerk, Kiosk, Role, Trail
from hall.settings import Settings
from hall.state import Hall
from hall.store import Store
from hall.tickets import Copy, State, Ticket
from hall.web import SecurityHeaders, routes

PASSWORD = "correct horse 7"


@dataclass
class Clock:
    """Friday morning, 09:41 on the hall's wall, until a test moves it."""

    at: datetime = datetime(2026, 11, 20, 1, 41, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def tick(self, **span: float) -> None:
        self.at += timedelta(**span)


@dataclass
class Stage:
    """The hall under test, and short ways to put people and machines into it."""

    hall: Hall
    clock: Clock
    origin: str
    trust: ssl.SSLContext
    _seq: Iterator[int] = field(default_factory=lambda: iter(range(1, 10_000)))

    def browser(self, **headers: str) -> Client:
        """A new browser, which trusts the hall's own CA and nothing else."""
        return Client(base_url=self.origin, verify=self.trust, headers=headers, trust_env=False)

    def employ(self, name: str, role: Role = Role.CLERK, counter: str = "12") -> None:
        with self.hall.store.writing() as session:
            session.add(Clerk(name=name, password_hash=_HASH, role=role, counter=counter))

    def ticket(self, number: str, waited: int = 10, **given: Any) -> str:
        """A ticket taken ``waited`` minutes ago; its id."""
        at = self.hall.now() - waited * 60_000
        values: dict[str, Any] = {
            "id": b32encode(secrets.token_bytes(10)).decode(),
            "day": self.hall.today(),
            "number": number,
            "queue": number[0],
            "at": at,
            "arrived": at,
            "turn": at,
            "matters": ["senior-card"],
            "asked": given.get("matters", ["senior-card"]),
            "via": "card",
            "masked": "王*明",
            "kiosk": "K-0203",
            "epoch": 1,
            "seq": next(self._seq),
            "language": "zh-Hans",
        }
        with self.hall.store.writing() as session:
            session.add(Ticket(**values | given))
        return str((values | given)["id"])

    def change(self, kind: type[Any], key: Any, **values: Any) -> None:
        with self.hall.store.writing() as session:
            row = session.get_one(kind, key)
            for name, value in values.items():
                setattr(row, name, value)

    def paper(self, ticket: str, copy: int, outcome: str | None) -> None:
        with self.hall.store.writing() as session:
            session.add(Copy(ticket=ticket, copy=copy, outcome=outcome))

    def kiosk(self, number: str, **given: Any) -> None:
        values = {"id": f"K-02{number}", "number": number, "key": b"", "place_zh": "区中心", "place_en": "Centre"}
        with self.hall.store.writing() as session:
            session.add(Kiosk(**values | given))

    def state(self, ticket: str) -> State:
        with self.hall.store.reading() as session:
            return session.get_one(Ticket, ticket).state

    def called(self) -> list[str]:
        with self.hall.store.reading() as session:
            return list(session.scalars(select(Ticket.number).where(Ticket.state == State.CALLED)))

    def trail(self) -> list[tuple[str | None, str]]:
        """Who did what, the oldest first."""
        with self.hall.store.reading() as session:
            return [(row.clerk, row.verb) for row in session.scalars(select(Trail).order_by(Trail.id))]


_HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
"""Argon2 is slow on purpose; the stored parameters decide, and here they are small."""

_CATALOGUE = catalogue.load()


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all its tables and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "hall.sqlite"
    store = Store(path)
    store.migrate()
    store.close()
    return path


@pytest.fixture(scope="session")
def hall_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    authority.create(folder, "江畔区政务服务中心", datetime.now(UTC))
    return folder


@dataclass
class Address:
    """A real server over TLS, up for all tests; what it serves is the hall of the test that runs."""

    settings: Settings
    keys: authority.Keys
    app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None, "a request outside a test"
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def address(hall_keys: Path) -> Iterator[Address]:
    with socket.create_server(("127.0.0.1", 0)) as listener:  # who connects early waits in its backlog
        settings = Settings(hosts=("localhost",), port=listener.getsockname()[1])
        address = Address(settings, authority.load(hall_keys, settings.hosts, datetime.now(UTC)))
        config = uvicorn.Config(
            address,
            log_level="critical",
            lifespan="off",
            ws="none",
            http="h11",
            ssl_certfile=address.keys.server_certificate,
            ssl_keyfile=address.keys.server_key,
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, args=([listener],), name="hall")
        thread.start()
        try:
            yield address
        finally:
            server.should_exit = True
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def stage(tmp_path: Path, hall_keys: Path, empty: Path, address: Address) -> Iterator[Stage]:
    clock = Clock()
    store = Store(Path(copy(empty, tmp_path)))
    settings = address.settings.model_copy(update={"data": tmp_path})
    hall = Hall(settings, store, address.keys, _CATALOGUE, clock)
    stage = Stage(hall, clock, settings.url, ssl.create_default_context(cafile=hall_keys / "ca.pem"))
    stage.kiosk("03", seen=hall.now() - 9_000, version="1.4.2", paper="ok")
    stage.employ("陈晓")
    app = FastAPI(openapi_url=None)
    app.include_router(routes(hall, monotonic=lambda: clock().timestamp()))
    app.add_middleware(SecurityHeaders)
    address.app = app
    yield stage
    address.app = None
    store.close()


@dataclass
class Desk:
    """One browser with somebody signed in: reads the page, presses its keys as a person would."""

    browser: Client

    def page(self, path: str = "/staff/console") -> str:
        return self.browser.get(path, follow_redirects=True).text

    def form(self, action: str, number: str = "", page: str | None = None) -> dict[str, str]:
        """The hidden fields of the form with ``action``, the one beside ``number`` where there are several."""
        found = [
            dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', body))
            for head, body in re.findall(
                r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', page or self.page(), re.DOTALL
            )
            if head.endswith(action) and (not number or number in body)
        ]
        assert found, f"no form {action} on the page"
        return {name: unescape(value) for name, value in found[0].items()}

    def press(self, verb: str, number: str = "", **more: str) -> Response:
        return self.send(verb, self.form(f"/staff/console/{verb}", number) | more)

    def send(self, verb: str, fields: dict[str, str]) -> Response:
        return self.browser.post(f"/staff/console/{verb}", data=fields)


def sign_in(browser: Client, name: str, password: str = PASSWORD, counter: str = "") -> Response:
    page = browser.get("/staff/sign-in").text
    token = re.search(r'name="csrf" value="([^"]+)"', page)
    assert token
    return browser.post(
        "/staff/sign-in", data={"csrf": token[1], "name": name, "password": password, "counter": counter}
    )


@pytest.fixture
def desk(stage: Stage) -> Iterator[Desk]:
    """陈晓, a clerk, signed in at counter 12."""
    with stage.browser() as browser:
        assert sign_in(browser, "陈晓").headers["location"] == "/staff/console"
        yield Desk(browser)
