"""The command and the hall: lists are fetched, kept, and never a step back."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from certificates import code
from certificates.claims import Claims
from certificates.keys import FileKey
from kiosk.verify_certificate import main
from tests.certificates.hall_stand import DAY, Hall
from tests.kiosk.verify_certificate.lists_server import ListsServer, lists_server

KID = bytes.fromhex("2a000001")


class Desk:
    """Somebody with the command, a root on a stick, and one paper."""

    def __init__(self, folder: Path, server: ListsServer) -> None:
        self.folder, self.server = folder, server
        now = int(time.time())
        self.hall = server.hall = Hall(server.host)
        kiosk = self.hall.kiosk_key(KID, nbf=now - DAY, exp=now + DAY)
        self.hall.publish(now - 60)
        self.claims = Claims(1, 1, now - 600, now + DAY, bytes(range(10)), 7, "测试人", "9900028", ("样例街道", 1))
        message = code.sign(self.claims, kiosk, KID)
        (folder / "root.cbor").write_bytes(self.hall.pinned.data)
        (folder / "paper.txt").write_text(code.text(message, self.claims.short_code, server.host))
        server.registry[self.claims.short_code] = {"registered": True, "type": 1, "status": "valid", "copies": 1}

    def verify(self, *more: str, json: bool = True) -> int:
        trust = ["--root", str(self.folder / "root.cbor"), "--ca", str(self.server.ca)]
        how = ["--lists", str(self.folder / "cache"), *(["--json"] if json else []), *more]
        return main([*trust, *how, str(self.folder / "paper.txt")])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with lists_server(tmp_path) as server:
        yield Desk(tmp_path, server)


def result(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_the_first_time_the_lists_are_fetched_and_then_they_are_there(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.verify("--offline") == 1
    assert result(capsys)["reason"] == "no-list"
    assert desk.verify() == 0
    assert 60 <= result(capsys)["list_age_s"] < 120
    assert desk.server.asked[-1].startswith(f"/c/{desk.claims.short_code}.json?copy=")
    desk.server.asked.clear()
    assert desk.verify("--offline") == 0
    assert desk.server.asked == []
    assert desk.verify() == 0
    assert [address.partition("?")[0] for address in desk.server.asked] == [f"/c/{desk.claims.short_code}.json"]


def test_a_paper_not_yet_registered_is_pending(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    desk.server.registry.clear()
    assert desk.verify() == 1
    assert result(capsys)["result"] == "not-yet-registered"


@pytest.mark.parametrize("nonsense", [[], "yes", {"registered": "no"}, {"registered": 0}, {}, None])
def test_an_answer_of_the_registry_that_is_none_changes_nothing(
    nonsense: object, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.server.registry[desk.claims.short_code] = nonsense
    assert desk.verify() == 0
    assert result(capsys)["result"] == "valid"


def test_revoked_at_the_hall_is_revoked_after_a_refresh(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.verify() == 0
    desk.hall.revoked[0].add(desk.claims.status)
    desk.hall.publish()
    assert desk.verify() == 0  # the list is a minute old: nobody is asked
    capsys.readouterr()
    assert desk.verify("--refresh") == 1
    assert result(capsys)["result"] == "revoked"


def test_a_person_is_told_since_when_and_why_a_paper_is_revoked(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    entry = {"registered": True, "status": "revoked", "revoked_at": 1_790_000_000, "revoked_why": "mistaken"}
    desk.server.registry[desk.claims.short_code] = entry
    assert desk.verify(json=False) == 1
    told = capsys.readouterr().out
    assert "撤销 / Revoked: 2026年9月21日 / 21 September 2026" in told
    assert "原因 / Reason: 开具有误 / Issued by mistake" in told


def test_a_hall_that_goes_back_is_not_followed(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.verify() == 0
    before = dict(desk.hall.served)
    desk.hall.revoked[0].add(desk.claims.status)
    desk.hall.publish()
    assert desk.verify("--refresh") == 1
    desk.hall.served = before
    capsys.readouterr()
    assert desk.verify("--refresh") == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["result"] == "revoked"
    assert "an older index" in err


def test_without_the_hall_the_kept_lists_answer_and_say_their_age(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert desk.verify() == 0
    desk.server.close()
    capsys.readouterr()
    assert desk.verify("--refresh") == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["list_age_s"] >= 60
    assert "Offline" in err


def test_a_hall_with_another_certificate_is_not_asked_for_anything(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    with lists_server(tmp_path_factory.mktemp("other")) as other:
        desk.server.ca = other.ca
        assert desk.verify() == 1
    out, err = capsys.readouterr()
    assert json.loads(out)["reason"] == "no-list"
    assert "WrongHall" in err
    assert desk.server.asked == []


def test_a_new_root_is_followed_from_the_one_on_the_stick(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert desk.verify() == 0
    desk.hall.roll_over(FileKey.fresh())
    desk.hall.publish()
    assert desk.verify("--refresh") == 0
    assert desk.verify("--offline") == 0
