"""What a kiosk that cannot start shows, and what it tells the technician."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
import tomli_w
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kiosk import commands, launch, settings, splash, whereabouts
from kiosk.faults import Fault
from offline_cache.cache import Cache
from offline_cache.store import StoreInUse
from screens.gallery import MODES, Mode, dressed, put_away
from screens.words import Words
from tests.kiosk.test_app import settings as plain
from tests.screens.rules import broken

HALL, PLACE = Words("江畔区政务服务中心", "Jiangpan Hall"), Words("东侧 · 03 号机", "East · Machine 03")
CITIZEN = "欧阳无迹 990101199001011234"


def _raised(call: Callable[[], object]) -> Exception:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever the kiosk meets
        call()
    return caught.value


def test_each_reason_has_its_code(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("data = [")
    (tmp_path / "file").touch()
    held = Cache(tmp_path / "data")
    reasons = {
        _raised(lambda: settings.load(tmp_path / "kiosk.toml")): (Fault.SETTINGS, "SettingsError: kiosk.toml: "),
        _raised(lambda: settings.load(tmp_path / "none.toml")): (Fault.SETTINGS, "SettingsError: none.toml: No such"),
        _raised(lambda: Cache(tmp_path / "data")): (Fault.IN_USE, "StoreInUse: keting.db"),
        StoreInUse("journal"): (Fault.IN_USE, "StoreInUse: journal"),
        _raised(lambda: Cache(tmp_path / "file" / "data")): (Fault.NO_START, "StoreError: L101"),
    }
    for error, (fault, words) in reasons.items():
        assert splash.fault_of(error) is fault
        assert splash.reason(error).startswith(words), splash.reason(error)
    held.close()


def test_an_error_of_the_software_is_told_by_its_kind_and_place_and_never_by_its_values() -> None:
    def born() -> None:
        raise ValueError(CITIZEN)

    error = _raised(born)
    assert splash.fault_of(error) is Fault.NO_START
    line = born.__code__.co_firstlineno + 1
    assert splash.reason(error) == f"ValueError at test_splash.born:{line}"


def test_an_error_that_comes_from_nowhere_is_told_too() -> None:
    assert splash.reason(ValueError(CITIZEN)) == "ValueError at unknown"


def test_a_kiosk_that_can_be_made_but_not_opened_shows_it_too(
    monkeypatch: pytest.MonkeyPatch, qapp: QApplication, tmp_path: Path
) -> None:
    def make(_chosen: object, _application: object) -> SimpleNamespace:
        return SimpleNamespace(open=partial(int, "no number"))

    def show(_application: object, error: Exception, _chosen: object) -> int:
        shown.append(error)
        return 1

    shown: list[Exception] = []
    monkeypatch.setattr("kiosk.app.Kiosk", make)
    monkeypatch.setattr(launch, "with_qt", lambda: lambda _words: qapp)
    monkeypatch.setattr(splash, "show", show)
    (tmp_path / "kiosk.toml").write_text(tomli_w.dumps(plain(tmp_path, port=9)), "utf-8")
    monkeypatch.setattr("sys.argv", ["kiosk", "--config", str(tmp_path / "kiosk.toml"), "run"])
    assert commands.main() == 1
    assert [type(error) for error in shown] == [ValueError]


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_the_page_says_it_in_both_languages_in_every_look(qtbot: QtBot, mode: Mode) -> None:
    window = dressed(mode, splash.page(Fault.SETTINGS))
    shown = window.words_shown()
    for words in ("本机暂停服务", "请用旁边的机器", "This machine is out of service", "Use the next machine", "K112"):
        assert words in shown
    assert "12345" in shown
    assert broken(window) == []
    put_away(window)


def test_where_the_machine_stands_is_known_after_one_good_start(tmp_path: Path) -> None:
    assert whereabouts.known(tmp_path) == whereabouts.known(None) == (Words("", ""), Words("", ""))
    whereabouts.keep(tmp_path, HALL, PLACE)
    assert whereabouts.known(tmp_path) == (HALL, PLACE)
    written = (tmp_path / whereabouts.NAME).stat().st_mtime_ns
    whereabouts.keep(tmp_path, HALL, PLACE)
    assert (tmp_path / whereabouts.NAME).stat().st_mtime_ns == written, "a start writes what is new only"


@pytest.mark.parametrize(
    "said",
    [b"", b"\xff", b"{}", b'[["a"], ["b", "c"]]', b'[["a", "b"], ["c", 4]]', b'[["a","b"],["c","d"],[]]', b" " * 5_000],
)
def test_whatever_lies_there_instead_is_not_believed(tmp_path: Path, said: bytes) -> None:
    (tmp_path / whereabouts.NAME).write_bytes(said)
    assert whereabouts.known(tmp_path) == (Words("", ""), Words("", ""))


def test_a_place_that_cannot_be_kept_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    whereabouts.keep(tmp_path / "file", HALL, PLACE)
    (tmp_path / whereabouts.NAME).mkdir()
    whereabouts.keep(tmp_path, HALL, PLACE)
    assert whereabouts.known(tmp_path) == (Words("", ""), Words("", ""))
