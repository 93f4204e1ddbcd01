"""Documents the kiosk works by: authentic, whole, never older."""

from __future__ import annotations

from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from offline_cache.bundle import Documents, Kind
from offline_cache.envelope import DOCUMENT_LIMIT, Refused, sign
from offline_cache.store import StoreFull
from tests.offline_cache.conftest import Kiosk
from tests.offline_cache.far_hall import DAY

KEY = ec.generate_private_key(ec.SECP256R1())


def bundle(version: int, key: ec.EllipticCurvePrivateKey = KEY, **more: Any) -> bytes:
    return sign("bundle", {"version": version, **more}, key)


def sheet(day: str, version: int) -> bytes:
    return sign("day", {"day": day, "version": version, "key": b"k" * 32, "bookings": []}, KEY)


@pytest.fixture
def documents(kiosk: Kiosk) -> Documents:
    return Documents(kiosk.cache.store, KEY.public_key())


def current(documents: Documents, kind: Kind = Kind.BUNDLE) -> int:
    document = documents.current(kind)
    return -1 if document is None else document.version


def test_a_newer_bundle_takes_the_place_of_the_one_before(documents: Documents) -> None:
    assert current(documents) == -1
    for version in (3, 7):
        documents.offer(Kind.BUNDLE, bundle(version))
        assert current(documents) == version


def test_versions_never_go_back(documents: Documents) -> None:
    documents.offer(Kind.BUNDLE, bundle(7, name="first"))
    with pytest.raises(Refused, match="older"):
        documents.offer(Kind.BUNDLE, bundle(6))
    documents.offer(Kind.BUNDLE, bundle(7, name="second"))
    document = documents.current(Kind.BUNDLE)
    assert document is not None
    assert document.payload["name"] == "first"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html></html>",
        bundle(9)[:-1],
        bundle(9) + b"\0",
        bytes(DOCUMENT_LIMIT + 1),
        bundle(9, ec.generate_private_key(ec.SECP256R1())),
        sign("ack", {"version": 9}, KEY),
        sign("bundle", {"version": -1}, KEY),
        sign("bundle", {"version": "9"}, KEY),
        sign("bundle", {}, KEY),
    ],
    ids=lambda data: f"{len(data)} bytes",
)
def test_the_last_good_one_stays_when_the_next_is_none(documents: Documents, data: bytes) -> None:
    documents.offer(Kind.BUNDLE, bundle(3))
    with pytest.raises(Refused):
        documents.offer(Kind.BUNDLE, data)
    assert current(documents) == 3


def test_every_flipped_bit_is_found(documents: Documents) -> None:
    whole = bundle(9)
    for bit in range(0, len(whole) * 8, 7):
        hurt = bytearray(whole)
        hurt[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refused):
            documents.offer(Kind.BUNDLE, bytes(hurt))
    assert current(documents) == -1


def test_what_the_caller_cannot_use_is_not_taken_over(kiosk: Kiosk) -> None:
    def check(payload: dict[str, Any]) -> None:
        if "services" not in payload:
            raise ValueError("no services")

    documents = Documents(kiosk.cache.store, KEY.public_key(), {Kind.BUNDLE: check})
    documents.offer(Kind.BUNDLE, bundle(1, services=[]))
    with pytest.raises(Refused):
        documents.offer(Kind.BUNDLE, bundle(2))
    assert current(documents) == 1


def test_a_full_disk_keeps_the_one_before(documents: Documents, kiosk: Kiosk) -> None:
    documents.offer(Kind.BUNDLE, bundle(1))
    kiosk.cache.store._db.execute("PRAGMA max_page_count = 1").fetchall()
    with pytest.raises(StoreFull):
        documents.offer(Kind.BUNDLE, bundle(2, text="x" * 1_000_000))
    assert current(documents) == 1


def test_a_stored_document_is_checked_when_it_is_read(documents: Documents, kiosk: Kiosk) -> None:
    documents.offer(Kind.BUNDLE, bundle(1))
    with kiosk.cache.store.transaction() as database:
        database.execute("UPDATE documents SET data = ?", (bundle(9, ec.generate_private_key(ec.SECP256R1())),))
    assert documents.current(Kind.BUNDLE) is None


def test_day_sheets_go_by_day_and_then_by_version(documents: Documents) -> None:
    documents.offer(Kind.DAY, sheet("2026-11-20", 9))
    documents.offer(Kind.DAY, sheet(DAY, 1))
    for old in (sheet("2026-11-20", 99), sheet(DAY, 0)):
        with pytest.raises(Refused):
            documents.offer(Kind.DAY, old)
    assert documents.day_key(DAY) == b"k" * 32
    assert documents.day_key("2026-11-22") is None


def test_yesterdays_sheet_and_its_key_are_erased(kiosk: Kiosk) -> None:
    documents = Documents(kiosk.cache.store, KEY.public_key())
    documents.offer(Kind.DAY, sheet(DAY, 1))
    kiosk.cache.tidy()
    assert documents.day_key(DAY) is not None
    kiosk.ticks.advance(86_400)
    kiosk.cache.tidy()
    assert documents.day_key(DAY) is None
