"""The screen between visits: a card that somebody left is asked for, and night falls."""

from __future__ import annotations

from datetime import timedelta
from importlib.resources import files
from pathlib import Path

from devices.reader import CardGone
from devices.scanner import Fault as ScanFault
from devices.scanner import ScannerLost
from kiosk.shift import Rounds
from screens.pages import Attract, Home, TakeCard
from tests.kiosk.duty import Duty, Mouth, Start
from tests.kiosk.office import Office, person

FIRST, SECOND = person(1, "王小明"), person(2, "钱二多")
ALARM = (files("screens.sounds") / "alarm.wav").read_bytes()


def test_a_forgotten_card_rings_once_in_the_journal_and_again_in_the_room(start: Start, tmp_path: Path) -> None:
    player = Mouth(tmp_path, "player")
    duty = start(player=str(player), rounds=Rounds(0.05, 0.05, forgotten_card=0.1, alarm=0.05))
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard, "证件还在机器里")
    duty.until(lambda: player.said().count(ALARM) >= 2)
    assert len(duty.noted("visit.card-forgotten")) == 1
    duty.tell(CardGone("card"))
    duty.sees(Attract)


def test_a_card_taken_in_time_does_not_ring(start: Start, tmp_path: Path) -> None:
    player = Mouth(tmp_path, "player")
    duty = start(player=str(player), rounds=Rounds(0.05, 0.05, forgotten_card=0.3, alarm=0.05))
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.tell(CardGone("card"))
    duty.lay_down(SECOND)
    duty.sees(Home)
    duty.until(lambda: not duty.shift._alarm.isActive())
    assert duty.noted("visit.card-forgotten") == []
    assert ALARM not in player.said()


def test_somebody_else_is_served_beside_a_forgotten_card_and_it_is_asked_for_again(
    duty: Duty,
) -> None:
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard, "社保卡")
    duty.lay_down(SECOND, "id-card", watched=False)
    duty.sees(Home, "钱*")
    duty.press("nav:leave")
    duty.sees(TakeCard, "社保卡")


def test_news_do_not_cover_the_request_to_take_the_card(duty: Duty) -> None:
    duty.lay_down(FIRST)
    duty.press("nav:leave")
    duty.sees(TakeCard)
    duty.tell({"online": False}, ScannerLost("scanner", ScanFault.SCANNER_GONE))
    assert isinstance(duty.window.page(), TakeCard)


def test_the_clock_turns_the_screen_to_night_between_visits(duty: Duty, office: Office) -> None:
    office.ticks.advance(timedelta(hours=11).total_seconds())
    duty.until(lambda: "23:00" in duty.text())
    assert duty.window._night
    office.ticks.advance(timedelta(hours=8).total_seconds())
    duty.until(lambda: not duty.window._night)
