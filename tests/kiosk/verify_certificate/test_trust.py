"""Two commands at once on one cache: one after the other, and the newer lists stay."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event

import pytest

from certificates.lists import Lists
from certificates.shelf import Busy, FolderShelf
from kiosk.verify_certificate import main
from kiosk.verify_certificate.trust import kept, refreshed
from tests.certificates.hall_stand import T0, Hall


@pytest.fixture
def hall() -> Hall:
    return Hall()


class SlowLine:
    """Answers with what the hall had when it was first asked, and waits before the last document."""

    def __init__(self, hall: Hall) -> None:
        self._served = dict(hall.served)
        self.waiting, self.go_on = Event(), Event()

    def __call__(self, address: str) -> bytes | None:
        if address == "/lists/templates":
            self.waiting.set()
            assert self.go_on.wait(20)
        return self._served.get(address.removeprefix("/lists/"))


def test_a_slow_command_does_not_put_older_lists_over_newer_ones(hall: Hall, tmp_path: Path) -> None:
    slow = SlowLine(hall)
    hall.revoked[0].add(77)
    hall.publish(T0 + 60)
    with ThreadPoolExecutor(2) as commands:
        first: Future[Lists] = commands.submit(refreshed, tmp_path, hall.pinned, slow, T0)
        assert slow.waiting.wait(10)
        second: Future[Lists] = commands.submit(refreshed, tmp_path, hall.pinned, hall.fetch, T0)
        wait([second], timeout=0.3)
        slow.go_on.set()
        assert [first.result(10).index.version, second.result(10).index.version] == [1, 2]
    lists = kept(tmp_path, hall.pinned)
    assert lists is not None
    assert lists.status(77) is True


def test_a_command_that_waits_too_long_for_another_says_so_and_goes_by_what_is_kept(
    hall: Hall, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = refreshed(tmp_path / "cache", hall.pinned, hall.fetch, T0)
    (tmp_path / "root.cbor").write_bytes(hall.pinned.data)
    (tmp_path / "paper.txt").write_text("no code of ours")
    monkeypatch.setattr("kiosk.verify_certificate.trust.PATIENCE_S", 0.1)
    with FolderShelf(tmp_path / "cache").alone(0):
        with pytest.raises(Busy):
            refreshed(tmp_path / "cache", hall.pinned, hall.fetch, T0)
        began = time.monotonic()
        where = ["--root", str(tmp_path / "root.cbor"), "--lists", str(tmp_path / "cache")]
        assert main([*where, "--refresh", "--at", str(T0), str(tmp_path / "paper.txt")]) == 1
        assert time.monotonic() - began < 10
    assert "lists: another process changes them" in capsys.readouterr().err
    held = kept(tmp_path / "cache", hall.pinned)
    assert held is not None
    assert held.index == before.index
