"""Coming to a hall: one code, one CA, nobody else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from offline_cache import enrolment
from offline_cache.cache import Cache, NotEnrolled
from offline_cache.clock import FakeTicks
from offline_cache.envelope import Refused
from offline_cache.errors import HallRefused, Offline, Portal, SyncError, TooLong, WrongHall
from tests.offline_cache import authority, misbehaving
from tests.offline_cache.authority import Authority
from tests.offline_cache.conftest import Kiosk
from tests.offline_cache.far_hall import NOON, FarHall, Misbehaviour
from tests.offline_cache.line import send


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "fresh", FakeTicks(NOON))
    yield cache
    cache.close()


def test_a_code_is_read_as_people_type_it(far: FarHall) -> None:
    code = far.code()
    spaced = " ".join(code.lower()[n : n + 8] for n in range(0, len(code), 8)) + "\n"
    assert enrolment.parse(spaced) == enrolment.parse(code)
    assert authority.SECRET not in repr(enrolment.parse(code))


@pytest.mark.parametrize("code", ["", "KT1-", "KT2" + "A" * 80, "KT1-" + "A" * 26 + "-" + "1" * 52, "K" * 100_000])
def test_other_texts_are_no_codes(fresh: Cache, code: str) -> None:
    with pytest.raises(Refused):
        fresh.enrol(code, "https://127.0.0.1:1")


def test_an_enrolment_is_kept(kiosk: Kiosk, far: FarHall) -> None:
    kiosk.restart()
    kept = kiosk.cache.enrolment
    assert kept is not None
    assert (kept.kiosk, kept.number, kept.epoch, kept.url) == ("K-0203", "03", 1, far.url)
    assert (kept.place_zh, kept.place_en) == ("一楼大厅", "Ground floor")
    assert kept.seal_key.public_bytes_raw() == far.seal_key.public_key().public_bytes_raw()


def test_before_an_enrolment_there_is_no_ledger(fresh: Cache) -> None:
    with pytest.raises(NotEnrolled):
        _ = fresh.ledger
    with pytest.raises(NotEnrolled):
        fresh.client()


def test_another_hall_with_the_same_address_is_refused_before_it_learns_the_secret(
    fresh: Cache, far: FarHall, tmp_path: Path
) -> None:
    impostor = Authority(tmp_path, "impostor")
    with pytest.raises(WrongHall):
        fresh.enrol(impostor.code(), far.url)
    assert "/v1/enrol" not in [path for path, _ in far.requests]
    assert fresh.enrolment is None


def test_the_right_ca_behind_the_wrong_server_is_refused(fresh: Cache, far: FarHall, tmp_path: Path) -> None:
    far.line.wears(Authority(tmp_path, "impostor"))
    with pytest.raises(WrongHall):
        fresh.enrol(far.code(), far.url)
    assert fresh.enrolment is None


def test_a_used_code_is_refused_with_the_halls_word(fresh: Cache, far: FarHall) -> None:
    with pytest.raises(HallRefused) as refused:
        fresh.enrol(far.authority.code("B" * 26), far.url)
    assert (refused.value.status, refused.value.word) == (403, "code")


@pytest.mark.parametrize(
    ("path", "how", "error"),
    [
        ("/v1/ca", misbehaving.portal, Portal),
        ("/v1/ca", misbehaving.flood, TooLong),
        ("/v1/ca", misbehaving.request_cut, Offline),
        ("/v1/enrol", misbehaving.portal, Refused),
        ("/v1/enrol", misbehaving.flood, TooLong),
        ("/v1/enrol", misbehaving.request_cut, Offline),
        ("/v1/enrol", misbehaving.busy(503, "1"), SyncError),
    ],
)
def test_whatever_goes_wrong_nothing_is_kept(
    fresh: Cache, far: FarHall, path: str, how: Misbehaviour, error: type[Exception]
) -> None:
    far.misbehave(path, how)
    with pytest.raises(error):
        fresh.enrol(far.code(), far.url)
    assert fresh.enrolment is None
    assert fresh.enrol(far.code(), far.url).kiosk == "K-0203"


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": "1"},
        {"epoch": 0},
        {"number": "03\x1b"},
        {"url": "http://127.0.0.1"},
        {"url": "https://127.0.0.1/elsewhere"},
        {"seal": "AAAA"},
        {"keys": {"bundle": "!", "reply": "!"}},
        {"kiosk": None},
    ],
)
def test_an_answer_that_is_not_as_agreed_is_refused(fresh: Cache, far: FarHall, change: dict[str, object]) -> None:
    def lie(hall: FarHall, request: BaseHTTPRequestHandler, body: bytes) -> bool:
        with hall.book.lock:
            answer = hall.enrol(json.loads(body)) | change
        send(request, 200, "application/json", json.dumps(answer).encode())
        return True

    far.misbehave("/v1/enrol", lie)
    with pytest.raises(Refused):
        fresh.enrol(far.code(), far.url)
    assert fresh.enrolment is None


def test_a_key_that_others_can_read_is_not_used(kiosk: Kiosk) -> None:
    key = kiosk.folder / "kiosk-key.pem"
    assert key.stat().st_mode & 0o777 == 0o600
    kiosk.cache.close()
    key.chmod(0o644)
    with pytest.raises(PermissionError):
        Cache(kiosk.folder)
    key.chmod(0o600)
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)
