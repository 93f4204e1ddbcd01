"""The hands without a window, and what is said and measured before there is one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.day.visits import PENSION, choose, number_on_screen, print_it
from tests.day.world import PACE
from tests.dock.__main__ import NO_DISPLAY
from tests.dock.hands import Hands, off
from tests.dock.scale import GAP, KIOSK, dock_width, scale_for
from tests.dock.table import HIDDEN
from tests.stand.kiosk import ROOT, until


def test_the_hands_alone_lead_a_visit_to_its_end(tmp_path: Path, qapp: object) -> None:
    said: list[tuple[str, str]] = []
    hands = Hands(tmp_path, lambda who, what: said.append((who, what)), pace=PACE, environment=HIDDEN)
    try:
        kiosk = hands.place.kiosk
        hands.cards.put_in(0)
        kiosk.see("王*", "社保卡在机内")
        kiosk.press("choice:services")
        choose(hands.place, PENSION)
        print_it(hands.place)
        number = number_on_screen(hands.place)
        until("the hall has it", lambda: [t.number for t in hands.look().queue if t.state == "waiting"] == [number])
        seen = hands.look()
        assert seen.slip is not None
        assert seen.address.startswith("HTTPS://LOCALHOST:")
        hands.scan("slip")
        phone = hands.look().phone
        assert phone is not None
        assert {number, "Waiting", "Ahead of you"} <= set(phone.words.splitlines())
        assert "王" not in phone.words
        hands.take("slip")
        hands.cards.take_out()
        hands.place.attract()
        seen = hands.look()
        assert (seen.slip, seen.address, seen.phone, seen.card) == (None, "", None, None)
    finally:
        hands.close()
    assert ("hand", "puts in the card of 王小明") in said
    assert ("kiosk", "visit.began via=card") in said
    assert ("hall", f"{number} is waiting") in said
    assert any(who == "printer" and "a slip" in what for who, what in said)
    assert kiosk.is_dead()


def test_without_a_display_one_sentence_says_how_to_get_one() -> None:
    bare = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    run = [sys.executable, "-m", "tests.dock"]
    done = subprocess.run(run, cwd=ROOT, env=bare, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", NO_DISPLAY + "\n")
    assert "xvfb-run" in NO_DISPLAY


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (1280, 1024), (1080, 1920), (5120, 2880)])
def test_kiosk_and_dock_fit_side_by_side_on_any_display(width: int, height: int) -> None:
    scale = scale_for(width, height)
    assert 0.3 < scale <= 1
    assert (KIOSK[0] + GAP + dock_width(width, scale)) * scale <= width + 1
    assert KIOSK[1] * scale < height


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "right"), (21_600, "6 h on"), (-86_400, "1 d back"), (108_000, "30 h on")]
)
def test_how_wrong_a_clock_is_said_in_words(seconds: int, words: str) -> None:
    assert off(seconds) == words
