"""Nothing gets out of the kiosk, and a kiosk that cannot start says so: seen on a real display, from outside."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import closing, contextmanager

import tomli_w

from devices.card.sim_cards import VirtualCard
from devices.card.sim_piv import WorkCardChip
from devices.scanner.sim import code, scene
from tests.day.check import Seen, check
from tests.day.people import somebody
from tests.day.technicians import PIN, card_of, log_out
from tests.day.visits import PENSION, choose, go, lay_down, past_notice
from tests.day.world import Place
from tests.stand.display import Display
from tests.stand.intruder import Intruder
from tests.stand.kiosk import until

SEED = 99
PACE = 0.25
"""A page stays for 19 s, whatever is tried on it."""

TYPED = "99010119"
HOSTILE = b"\x1b[2J\x00\x03\x1a\r\n\t990101199001011234\r\x7f\x9b2J"
"""A code with the control bytes of terminals and keyboards."""


@contextmanager
def on_a_display(place: Place) -> Iterator[Display]:
    """The kiosk of ``place`` over the whole of a panel of its own, with time for all that is tried; then the usual."""
    usual = place.kiosk.toml.read_text("utf-8")
    chosen = tomllib.loads(usual)
    chosen["screen"]["fullscreen"] = True
    chosen["limits"]["pace"] = PACE
    place.kiosk.stop()
    with closing(Display()) as display:
        place.kiosk.toml.write_text(tomli_w.dumps(chosen), "utf-8")
        try:
            place.kiosk.start(more=display.environment())
            place.attract(30)
            until("every service open", lambda: place.kiosk.text().splitlines().count("可办") == 3, 20)
            yield display
            place.kiosk.stop()
        finally:
            place.kiosk.toml.write_text(usual, "utf-8")
            place.kiosk.stop()
    place.kiosk.start()
    place.attract(30)


@check("escape-attempts-fail")
def escapes(seen: Seen) -> str:
    place = seen.world.place()
    with on_a_display(place) as display, closing(Intruder(display, place.kiosk, SEED)) as intruder:
        papers = len(place.papers())
        intruder.tries("at the waiting screen", intruder.storm, intruder.clicks, intruder.drags, intruder.drops)
        _at_the_scanner(place, intruder)
        _at_the_keypad(place, intruder)
        _during_a_visit(place, intruder, papers)
        _at_a_notice(place, intruder)
        _in_maintenance(place, intruder, card_of(seen.world, "T-099"))
        seen.panel(display)
        rate = intruder.strokes / intruder.seconds
        assert not place.kiosk.is_dead()
    assert len(place.papers()) == papers + 1, "there is more paper than the one that was touched for"
    return (
        f"{intruder.strokes} keys at {rate:.0f} a second, clicks, drags, drops, windows, signals, a code on 10 pages: "
        "page, words, glass and process stayed as they were; touches printed the one ticket"
    )


def _at_the_scanner(place: Place, intruder: Intruder) -> None:
    """What a code says is read as a code, and never as if somebody typed it."""
    intruder.touch("choice:booking")
    place.kiosk.see("请把预约码放到扫描口")
    intruder.tries("at the scanner", intruder.storm)
    seen = place.camera.sent
    place.camera.show(scene(code(HOSTILE)))
    until("the camera's pictures of the code", lambda: place.camera.sent > seen + 20)
    place.camera.show(scene())
    place.kiosk.see("预约")
    assert "990101" not in place.kiosk.text()
    intruder.touch("nav:leave")
    place.attract(20)


def _at_the_keypad(place: Place, intruder: Intruder) -> None:
    intruder.touch("choice:no-card")
    intruder.touch("choice:typed")
    for digit in TYPED:
        intruder.touch(f"digit:{digit}")
    place.kiosk.see("8/18")
    intruder.tries("at the keypad", intruder.storm, intruder.offers, intruder.clicks)
    intruder.touch("nav:leave")
    place.attract(20)


def _during_a_visit(place: Place, intruder: Intruder, papers: int) -> None:
    lay_down(place, somebody("司徒无路"))
    intruder.tries("at the first page", intruder.storm, intruder.clicks)
    intruder.touch("choice:services")
    place.kiosk.see("可多选")
    intruder.tries("at the services", intruder.storm, intruder.drags)
    choose(place, PENSION)
    intruder.tries("at the review", intruder.storm, intruder.clicks)
    intruder.tries("at the review", intruder.covers, intruder.meddles, intruder.signals)
    intruder.touch("primary")
    past_notice(place, "请核对")
    place.kiosk.see("号票已打印")
    place.new_paper(papers)
    intruder.tries("at the ticket", intruder.storm)
    go(place)


def _at_a_notice(place: Place, intruder: Intruder) -> None:
    place.slot.insert(VirtualCard())
    place.kiosk.see("用不了", "C104")
    intruder.tries("at a notice", intruder.storm, intruder.clicks)
    go(place)


def _in_maintenance(place: Place, intruder: Intruder, card: WorkCardChip) -> None:
    """A PIN is touched on the panel or it is none."""
    place.slot.insert(card)
    place.kiosk.see("请输入维护卡的密码")
    with intruder.in_vain("a typed PIN"):
        intruder.types(PIN)
    intruder.tries("at the PIN", intruder.storm, intruder.clicks)
    for digit in PIN:
        intruder.touch(f"digit:{digit}")
    intruder.touch("primary")
    place.kiosk.see("维护模式", "读卡器", seconds=15)
    intruder.tries("in the maintenance mode", intruder.storm, intruder.drags)
    log_out(place)
