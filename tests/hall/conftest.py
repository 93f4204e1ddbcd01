"""A hall in this process, with a clock that is set by hand."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi.dependencies import models as dependencies
from starlette.types import ASGIApp

from hall import authority, enrol, marks
from hall.app import compose, create_app
from hall.catalogue import Catalogue, load
from hall.settings import Settings
from hall.state import Hall
from hall.store import Store
from hall.tickets import Ticket
from tests.hall.terminal import Terminal, batch, cbor, enrolment

MORNING = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
"""Nine o'clock in the hall, a Monday."""

DAY = "2026-03-09"


GENEROUS: Final[dict[str, Any]] = {
    "requests_per_second": 10_000,
    "enrolments_per_minute": 60_000,
    "records_per_minute": 60_000,
    "lookups_per_minute": 60_000,
    "accounts_per_minute": 60_000,
    "binds_per_minute": 60_000,
    "bind_questions_per_second": 1_000,
    "index_block": 20,
}
"""No test is told to wait, but those about waiting."""


class Clock:
    def __init__(self) -> None:
        self.time = MORNING

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> None:
        self.time += timedelta(**by)

    @property
    def ms(self) -> int:
        return int(self.time.timestamp() * 1000)


class InProcess:
    """The application, asked as a server would ask it, on one event loop for the whole test."""

    def __init__(self, app: ASGIApp, raises: bool = True, address: str = "192.0.2.1") -> None:
        self._runner = asyncio.Runner()
        transport = httpx.ASGITransport(app, raise_app_exceptions=raises, client=(address, 4711))
        self._client = httpx.AsyncClient(transport=transport, base_url="https://localhost:8443")

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._client.request(method, path, **options))


class Counter:
    """The hall and everything a test does to it from outside."""

    def __init__(self, hall: Hall, client: InProcess, clock: Clock) -> None:
        self.hall, self.client, self.clock = hall, client, clock

    def code(self, kiosk: str | None = None) -> str:
        with self.hall.store.writing() as session:
            code, _ = enrol.code(
                session, self.hall.keys.fingerprint, "02", self.hall.now(), enrol.Place("东", "East"), kiosk
            )
        return code

    def enrol(self, kiosk: str | None = None) -> Terminal:
        key = ec.generate_private_key(ec.SECP256R1())
        answer = self.client.request("POST", "/v1/enrol", json=enrolment(self.code(kiosk), key))
        assert answer.status_code == 200, answer.text
        return Terminal(key, answer.json())

    def ask(self, terminal: Terminal, method: str, path: str, value: Any = None) -> httpx.Response:
        body = b"" if value is None else value if isinstance(value, bytes) else cbor(value)
        return self.client.request(method, path, content=body, headers=terminal.headers(method, path, body))

    def send(self, terminal: Terminal, *events: bytes) -> dict[str, Any]:
        """Post ``events`` and return the ack, which must be one."""
        answer = self.ask(terminal, "POST", "/v1/events", batch(events))
        assert answer.status_code == 200, answer.text
        return terminal.reply("ack", answer.content)

    def beat(self, terminal: Terminal, **changed: Any) -> dict[str, Any]:
        answer = self.ask(terminal, "POST", "/v1/heartbeat", heartbeat(self.clock.ms) | changed)
        assert answer.status_code == 200, answer.text
        return terminal.reply("board", answer.content)

    def ticket(self, ticket: str) -> Ticket:
        with self.hall.store.reading() as session:
            return session.get_one(Ticket, ticket)


def heartbeat(at: int) -> dict[str, Any]:
    return {
        "version": "0.1.0",
        "sqlite": "3.40.1",
        "faults": [],
        "paper": "ok",
        "outbox": 0,
        "oldest": None,
        "leases": [],
        "acked": 0,
        "at": at,
    }


def issued(ticket: str, number: str = "A001", **changed: Any) -> dict[str, Any]:
    """The body of a ``ticket.issued``; ``ticket`` is filled up to sixteen letters."""
    return {
        "id": ticket.ljust(16, "A"),
        "day": DAY,
        "number": number,
        "queue": number.rpartition("-")[2][0],
        "matters": ["matter-a"],
        "via": "card",
        "person": None,
        "booking": None,
        "ahead": 0,
        "minutes": 0,
        "masked": "王*",
        "language": "zh-Hans",
    } | changed


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with keys and an empty database, copied for each test."""
    settings = Settings(data=tmp_path_factory.mktemp("founded"))
    authority.create(settings.keys, settings.name, MORNING)
    authority.load(settings.keys, settings.hosts, MORNING)
    store = Store(settings.database)
    store.migrate()
    with store.writing() as session:
        marks.put(session, marks.INCARNATION, 1)
    store.close()
    return settings.data


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def settings(tmp_path: Path, founded: Path) -> Settings:
    shutil.copytree(founded, tmp_path / "data")
    return Settings(data=tmp_path / "data", **GENEROUS)


@contextmanager
def opened(settings: Settings, catalogue: Catalogue, clock: Clock) -> Iterator[Counter]:
    """The hall on ``settings.data``, and all that is asked of it in this process."""
    hall = compose(settings, catalogue, clock)
    try:
        with InProcess(create_app(hall)) as client:
            yield Counter(hall, client, clock)
    finally:
        hall.store.close()
        _forget_endpoints()


def _forget_endpoints() -> None:
    """FastAPI remembers what it found out of each endpoint, and with the endpoint its hall: here those of each test."""
    for remembered in vars(dependencies).values():
        if hasattr(remembered, "cache_clear"):
            remembered.cache_clear()


@pytest.fixture
def counter(settings: Settings, catalogue: Catalogue, clock: Clock) -> Iterator[Counter]:
    with opened(settings, catalogue, clock) as one:
        yield one


@pytest.fixture(scope="module")
def open_all_day(tmp_path_factory: pytest.TempPathFactory, founded: Path, catalogue: Catalogue) -> Iterator[Counter]:
    """One hall for a whole module, where tests only need kiosks of their own."""
    folder = tmp_path_factory.mktemp("open") / "data"
    shutil.copytree(founded, folder)
    with opened(Settings(data=folder, **GENEROUS), catalogue, Clock()) as one:
        yield one


@pytest.fixture
def terminal(counter: Counter) -> Terminal:
    return counter.enrol()
