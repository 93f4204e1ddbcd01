from __future__ import annotations

import base64
import os
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from offline_cache.cache import Cache
from offline_cache.certificates import CertificateDraft, Signed
from offline_cache.clock import FakeTicks
from offline_cache.sync import Sender
from offline_cache.tickets import Draft, Via
from offline_cache.view import HallView, Pace, Report
from tests.offline_cache.diary import Diary
from tests.offline_cache.far_hall import NOON, FarHall
from tests.stand.root import mounted

QUICK = Pace(heartbeat=0.2, jitter=0.02, first=0.01, longest=0.05, tidy=0.1)

SELDOM = Pace(heartbeat=600, jitter=0, first=0.01, longest=0.05, tidy=600)


class Kiosk:
    """A kiosk's cache in a folder of its own, with a sender that can be watched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ticks = FakeTicks(NOON)
        self.cache = Cache(folder, self.ticks)
        self.views: list[HallView] = []
        self.sender: Sender | None = None
        self._changed = threading.Condition()

    def go_online(self, pace: Pace = QUICK, deadline: float = 5.0) -> Sender:
        self.sender = Sender(self.cache, lambda: Report("0.1"), self._see, pace, deadline)
        self.sender.start()
        return self.sender

    def go_offline(self) -> None:
        if self.sender is not None:
            self.sender.stop()
            self.sender = None

    def until(self, condition: Callable[[HallView], bool], seconds: float = 10.0) -> HallView:
        """Wait for a view like this."""
        with self._changed:
            assert self._changed.wait_for(lambda: bool(self.views) and condition(self.views[-1]), seconds), self.views[
                -1:
            ]
            return self.views[-1]

    def _see(self, view: HallView) -> None:
        with self._changed:
            self.views.append(view)
            self._changed.notify_all()

    def restart(self) -> None:
        self.go_offline()
        self.cache.store.close()
        self.views.clear()
        self.cache = Cache(self.folder, self.ticks)

    def close(self) -> None:
        self.go_offline()
        self.cache.close()


@pytest.fixture
def far(tmp_path: Path) -> Iterator[FarHall]:
    folder = tmp_path / "hall"
    folder.mkdir()
    hall = FarHall(folder)
    yield hall
    hall.close()


@pytest.fixture
def kiosk(tmp_path: Path, far: FarHall) -> Iterator[Kiosk]:
    """Enrolled at ``far``; its sender is not running yet."""
    one = Kiosk(tmp_path / "kiosk")
    one.cache.enrol(far.code(), far.url)
    yield one
    one.close()


@pytest.fixture
def diary(tmp_path: Path) -> Iterator[Diary]:
    one = Diary(tmp_path / "new")
    yield one
    one.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """One megabyte of disk."""
    with mounted("tmpfs", tmp_path / "disk", "size=1m,mode=0777", "tmpfs") as folder:
        yield folder


def draft(queue: str = "A", *matters: str, person: bytes | None = None, slip: bytes = b"what a slip says") -> Draft:
    return Draft(
        queue,
        matters or ("pension",),
        Via.CARD if person else Via.NONE,
        "zh-Hans",
        person=person,
        masked="王*" if person else "",
        personal={"name": "王小明", "number": "990101199001011234", "document": "social-card"} if person else None,
        slip=slip,
    )


def record(kiosk: Kiosk, count: int) -> list[str]:
    return [kiosk.cache.ledger.record(draft()).number for _ in range(count)]


def issued(far: FarHall) -> list[str]:
    return [event.body["number"] for event in far.book.events() if event.kind == "ticket.issued"]


def certificate_draft(person: bytes | None = None, most: int = 3) -> CertificateDraft:
    """A certificate whose message names its index and a name nobody else has."""
    return CertificateDraft(
        kind="residence",
        type=1,
        version=1,
        paper="a4",
        language="zh-Hans",
        most=most,
        sign=partial(signed, base64.b32encode(os.urandom(10)).decode()),
        person=person,
        personal={"name": "王小明", "number": "990101199001011234", "document": "resident-id"},
    )


def signed(name: str, place: int) -> Signed:
    return Signed(name, f"{name} at {place}".encode(), b"kid1", NOON // 1000, NOON // 1000 + 86_400)


def signed_again(first: bytes, copy: int) -> Signed:
    return Signed(first.decode()[:16], first + b" copy %d" % copy, b"kid1", NOON // 1000, NOON // 1000 + 86_400)
