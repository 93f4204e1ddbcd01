"""The end of the battery: nobody new, the paper in hand, a word on the screen, then off; or the mains come back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from devices.power import Fault, PowerTold
from kiosk.power_end import LAST_WORD_S, PowerEnd
from screens.pages import Home, OutOfService, Printing, Review, TakeTicket
from tests.kiosk.duty import Duty
from tests.kiosk.office import Office, person
from tests.kiosk.room import busy

FIRST = person(1, "王小明")
LOW, BATTERY, MAINS = (PowerTold("power", fault) for fault in (Fault.LOW, Fault.ON_BATTERY, None))


class End:
    """``seconds`` pass when they are told to, each with the look that belongs to it."""

    def __init__(self, duty: Duty) -> None:
        self.times = 0
        self._end = PowerEnd(duty.watch, lambda: duty.shift.is_idle, self._count)
        self._round = self._end._round
        self._round.setInterval(3_600_000)

    def _count(self) -> None:
        self.times += 1

    def pass_(self, seconds: float) -> None:
        for _ in range(round(seconds)):
            if self._round.isActive():
                self._round.timeout.emit()

    def put_away(self) -> None:
        self._end.deleteLater()


@pytest.fixture
def end(duty: Duty) -> Iterator[End]:
    made = End(duty)
    yield made
    made.put_away()


def test_the_screen_says_why_for_a_while_before_the_machine_goes_off(duty: Duty, end: End) -> None:
    duty.tell(LOW)
    duty.sees(OutOfService, "U102")
    assert "choice:no-card" not in duty.room.pressable()
    end.pass_(LAST_WORD_S - 1)
    assert end.times == 0
    end.pass_(1)
    assert end.times == 1
    end.pass_(60)
    assert end.times == 1
    assert duty.noted("power.failed") == [{"fault": "U102"}]


def test_on_battery_all_goes_on(duty: Duty, end: End) -> None:
    duty.tell(BATTERY)
    duty.until(lambda: duty.noted("power.failed"))
    end.pass_(600)
    assert end.times == 0
    assert "choice:no-card" in duty.room.pressable()


def test_the_mains_back_in_time_open_the_kiosk_again(duty: Duty, end: End) -> None:
    duty.tell(LOW)
    duty.sees(OutOfService, "U102")
    end.pass_(LAST_WORD_S - 1)
    duty.tell(MAINS)
    duty.until(lambda: "choice:no-card" in duty.room.pressable())
    end.pass_(600)
    assert end.times == 0
    assert duty.noted("power.back") == [{}]
    duty.tell(LOW)  # and a second time it begins at the beginning
    duty.sees(OutOfService, "U102")
    end.pass_(LAST_WORD_S - 1)
    assert end.times == 0


def test_a_visit_ends_at_its_next_page_and_nobody_is_met_by_a_dark_screen(duty: Duty, end: End) -> None:
    duty.lay_down(FIRST, "id-card", watched=False)
    duty.sees(Home)
    duty.tell(LOW)
    duty.sees(OutOfService, "U102")
    assert duty.ends() == ["power"]
    end.pass_(LAST_WORD_S)
    assert end.times == 1


def test_the_paper_in_hand_comes_out_and_is_accounted_for_before_the_machine_goes_off(
    duty: Duty, end: End, office: Office
) -> None:
    duty.lay_down(FIRST, "id-card", watched=False)
    duty.press("choice:services")
    duty.choose("pension")
    duty.sees(Review)
    hang = busy(duty.room, "printer")
    duty.press("primary")
    duty.sees(Printing)
    duty.tell(LOW)
    duty.until(lambda: duty.noted("power.failed"))
    end.pass_(600)
    assert end.times == 0  # somebody is there, and their paper
    hang.go.set()
    duty.until(lambda: duty.ends() or isinstance(duty.window.page(), TakeTicket))
    assert office.counts().printed == 1
    duty.until(lambda: office.counts().in_hand == 0)


def test_a_machine_that_does_not_go_off_is_told_again_at_the_next_news(duty: Duty, end: End) -> None:
    duty.tell(LOW)
    duty.sees(OutOfService, "U102")
    end.pass_(LAST_WORD_S)
    duty.tell({"online": False})
    duty.until(lambda: end._round.isActive())
    end.pass_(LAST_WORD_S)
    assert end.times == 2
