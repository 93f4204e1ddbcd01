"""What the hall says reaches the machine: once, whole, and never a document that breaks the rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from kiosk import catalogue, day_sheet
from kiosk.hall_news import HallNews
from kiosk.line import Standing
from offline_cache import board
from offline_cache.board import Board
from offline_cache.bundle import Kind
from offline_cache.cache import Cache
from offline_cache.clock import HALL_ZONE, FakeTicks
from offline_cache.envelope import Refused, sign
from offline_cache.faults import Fault
from offline_cache.view import HallView
from screens.words import Words
from tests.kiosk.bundle import payload
from tests.kiosk.office import person
from tests.offline_cache.far_hall import DAY, NOON, FarHall

PERSON, OTHER = b"p" * 32, b"o" * 32


class Place:
    """An enrolled kiosk's cache, the hall's key for documents, and whoever listens to the news."""

    def __init__(self, folder: Path, far: FarHall) -> None:
        checks = {Kind.BUNDLE: catalogue.checked, Kind.DAY: day_sheet.checked}
        self.ticks = FakeTicks(NOON)
        self.cache = Cache(folder, self.ticks, checks=checks)
        self.cache.enrol(far.code(), far.url)
        self._key: EllipticCurvePrivateKey = far.bundle_key
        self.begin()

    def begin(self) -> None:
        """The kiosk starts."""
        self.told: list[dict[str, Any]] = []
        self.news = HallNews(self.cache)
        self.news.tell = self.told.append

    def bundle(self, **more: Any) -> None:
        self.cache.documents.offer(Kind.BUNDLE, sign("bundle", payload(**more), self._key))

    def sheet(self, version: int = 1, **more: Any) -> None:
        said = {"day": DAY, "version": version, "key": b"k" * 32, "bookings": []} | more
        self.cache.documents.offer(Kind.DAY, sign("day", said, self._key))

    def put(self, kind: Kind, data: dict[str, Any], version: int) -> None:
        """A document that an older release of this software took over, by rules of its own."""
        with self.cache.store.transaction() as database:
            database.execute(
                "INSERT OR REPLACE INTO documents (kind, day, version, data) VALUES (?, ?, ?, ?)",
                (kind.value, data.get("day", ""), version, sign(kind.value, data, self._key)),
            )


@pytest.fixture(scope="module")
def far(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarHall]:
    hall = FarHall(tmp_path_factory.mktemp("hall"))
    yield hall
    hall.close()


@pytest.fixture
def place(tmp_path: Path, far: FarHall) -> Iterator[Place]:
    place = Place(tmp_path, far)
    yield place
    place.cache.close()


def on_board(*told: tuple[bytes, str], **queues: tuple[int, int | None]) -> Board:
    return board.board(
        {
            "as_of": NOON,
            "day": DAY,
            "bundle": 1,
            "sheet": 1,
            "watermark": 0,
            "queues": {name: {"waiting": waiting, "minutes": minutes} for name, (waiting, minutes) in queues.items()},
            "waiting": [],
            "told": [{"person": person, "text": {"zh": text, "en": text.upper()}} for person, text in told],
        }
    )


def online(known: Board | None = None) -> HallView:
    return HallView(online=True, since=NOON, board=known)


def test_at_the_start_the_kiosk_knows_what_it_knew(place: Place) -> None:
    place.news.recall()
    assert place.told == [{}]
    place.bundle()
    place.sheet()
    place.begin()
    place.news.recall()
    (news,) = place.told
    assert news["catalogue"].by_id.keys() >= {"pension"}
    sheet = place.news.sheet()
    assert sheet is not None
    assert sheet.day == DAY


def test_a_document_is_told_once(place: Place) -> None:
    place.bundle()
    place.news.heard(online())
    place.news.heard(online())
    assert ["catalogue" in news for news in place.told] == [True, False]
    place.bundle(version=2, hotline="12333")
    place.news.heard(online())
    assert place.told[-1]["catalogue"].hotline == "12333"


def test_a_bundle_that_breaks_the_rules_is_refused_and_the_one_before_stays(place: Place) -> None:
    place.bundle()
    place.news.recall()
    with pytest.raises(Refused):
        place.bundle(version=2, services=[])
    place.news.heard(online())
    assert "catalogue" not in place.told[-1]


def test_a_document_stored_by_another_release_does_not_stop_the_kiosk(place: Place) -> None:
    place.put(Kind.BUNDLE, payload(services=[]), 7)
    place.put(Kind.DAY, {"day": DAY, "version": 7, "key": b"k" * 32, "bookings": "none"}, 7)
    place.news.recall()
    place.news.heard(online())
    assert all("catalogue" not in news for news in place.told)
    assert place.news.sheet() is None
    place.bundle(version=8)
    place.sheet(version=8)
    place.news.heard(online())
    assert "catalogue" in place.told[-1]
    assert place.news.sheet() is not None


def test_the_lines_are_told_with_the_time_of_the_board(place: Place) -> None:
    place.news.heard(online(on_board(A=(6, 18), B=(0, None))))
    as_of = datetime(2026, 11, 21, 12, 0, tzinfo=HALL_ZONE)
    assert place.told[-1]["queues"] == {"A": Standing(6, 18, as_of)}  # a wait that nobody knows is not guessed


def test_a_holder_has_a_name_of_the_day_on_that_day_only(place: Place) -> None:
    holder = person(1)
    assert place.news.person(holder) is None
    place.sheet()
    place.news.recall()
    sheet = place.news.sheet()
    assert sheet is not None
    assert place.news.person(holder) == sheet.person(holder.identity)
    place.ticks.advance(86_400)
    assert place.news.person(holder) is None


def test_a_fault_of_the_line_is_told_while_it_lasts(place: Place) -> None:
    lost = HallView(online=False, since=NOON, fault=Fault.PORTAL)
    place.news.heard(lost)
    place.news.heard(HallView(online=True, since=NOON, fault=Fault.EVENT_PARKED))
    assert [(news["online"], news["hall_fault"]) for news in place.told] == [(False, "N102"), (True, "")]


def test_what_a_person_is_to_be_told_is_told_once_and_to_nobody_else(place: Place) -> None:
    place.news.heard(online(on_board((PERSON, "one"), (OTHER, "else"), (PERSON, "two"))))
    assert place.news.take_told(PERSON) == Words("one two", "ONE TWO")
    assert place.news.take_told(PERSON) is None
    place.news.heard(online(on_board((PERSON, "one"), (PERSON, "three"))))
    assert place.news.take_told(PERSON) == Words("three", "THREE")
    assert place.news.take_told(b"n" * 32) is None


def test_what_the_hall_no_longer_wants_told_is_not_told(place: Place) -> None:
    place.news.heard(online(on_board((PERSON, "one"))))
    place.news.heard(online(on_board()))
    assert place.news.take_told(PERSON) is None


def test_a_view_without_a_board_keeps_what_was_to_be_told(place: Place) -> None:
    place.news.heard(online(on_board((PERSON, "one"))))
    place.news.heard(HallView(online=False, since=NOON))
    assert place.news.take_told(PERSON) == Words("one", "ONE")


def test_news_that_nobody_listens_to_are_not_an_error(place: Place) -> None:
    place.bundle()
    HallNews(place.cache).recall()
