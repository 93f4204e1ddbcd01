"""The waiting screen offers what this machine can do now, and says why the rest is closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from devices.holder import Document
from devices.printer import Paper, Status
from kiosk import say
from kiosk.attract import attract
from kiosk.catalogue import checked
from kiosk.machine import Machine
from offline_cache.clock import HALL_ZONE
from screens.pages import Attract, Choice, Open, OutOfService
from tests.kiosk.bundle import payload

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE)
FITTED = frozenset({"card", "id-card", "scanner"})
READY = Machine(catalogue=checked(payload()), printer=Status(Paper.OK), fitted=FITTED, online=True)


def waiting(machine: Machine, now: datetime = FRIDAY) -> Attract:
    page = attract(machine, now)
    assert isinstance(page, Attract)
    return page


def key(choices: tuple[Choice, ...], name: str) -> Choice:
    return next(choice for choice in choices if choice.key == name)


def test_an_open_kiosk_offers_all_it_is_fitted_with() -> None:
    page = waiting(READY)
    assert [each.key for each in page.documents] == [Document.RESIDENT_ID.value, Document.SOCIAL_CARD.value]
    assert [each.open for each in (*page.documents, *page.keys, *page.now_open)] == [Open.YES] * 6


def test_what_is_not_fitted_is_not_offered() -> None:
    page = waiting(replace(READY, fitted=frozenset({"card"})))
    assert [each.key for each in page.documents] == [Document.SOCIAL_CARD.value]
    assert [each.key for each in page.keys] == ["no-card"]
    assert [each.key for each in page.now_open] == ["tickets"]


def test_a_lost_reader_closes_its_document_only_and_gives_its_code() -> None:
    page = waiting(replace(READY, lost={"id-card": "C101"}))
    lost, works = page.documents
    assert lost.open is Open.CLOSED
    assert lost.line is not None
    assert "C101" in lost.line.zh
    assert works.open is Open.YES
    assert all(each.open is Open.YES for each in page.keys)


def test_a_lost_scanner_closes_check_in_only() -> None:
    page = waiting(replace(READY, lost={"scanner": "S101"}))
    booking = key(page.keys, "booking")
    assert (booking.open, booking.line) == (Open.CLOSED, say.SCANNER_LOST)
    assert key(page.keys, "no-card").open is Open.YES
    row = key(page.now_open, "scanner")
    assert row.line is not None
    assert (row.open, "S101" in row.line.en) == (Open.CLOSED, True)


def test_a_closed_kiosk_closes_every_key_and_says_why_with_the_code() -> None:
    page = waiting(replace(READY, store_fault="L101"))
    assert [each.open for each in page.keys] == [Open.CLOSED] * 2
    assert [each.line for each in page.keys] == [say.CLOSED_STORE] * 2
    row = key(page.now_open, "tickets")
    assert row.line is not None
    assert row.line.zh == "本机暂时存不了 L101"


def test_offline_the_kiosk_is_open_and_says_that_it_is_offline() -> None:
    assert key(waiting(replace(READY, online=False)).now_open, "tickets").open is Open.OFFLINE


def test_without_a_catalogue_the_whole_kiosk_is_out_of_service() -> None:
    assert attract(Machine(hall_fault="K102"), FRIDAY) == OutOfService(say.OUT_TITLE, say.CLOSED_CATALOGUE, "K102")
