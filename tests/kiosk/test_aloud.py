"""In the mode for it pages are read aloud, masked; a warning is said to everybody."""

from __future__ import annotations

from pathlib import Path

from screens.look import Look
from screens.pages import Home
from tests.kiosk.duty import Mouth, Start
from tests.kiosk.office import person

FIRST = person(1, "王小明")


def test_in_the_mode_that_reads_aloud_each_page_is_read_masked(start: Start, tmp_path: Path) -> None:
    speaker = Mouth(tmp_path, "speaker")
    duty = start(player=str(Mouth(tmp_path, "player")), speaker=str(speaker))
    duty.lay_down(FIRST)
    duty.sees(Home)
    assert speaker.said() == []
    duty.window.set_look(Look(speak=True))
    duty.until(lambda: any("王*" in said.decode() for said in speaker.said()))
    duty.press("choice:services")
    duty.until(lambda: any("养老金领取" in said.decode() for said in speaker.said()))
    assert not any(FIRST.name in said.decode() for said in speaker.said())


def test_who_is_about_to_be_logged_out_hears_it(start: Start, tmp_path: Path) -> None:
    speaker = Mouth(tmp_path, "speaker")
    duty = start(player=str(Mouth(tmp_path, "player")), speaker=str(speaker), pace=1 / 64)
    duty.press("choice:no-card")
    duty.until(lambda: "您还在吗？请碰一下屏幕。".encode() in speaker.said())
