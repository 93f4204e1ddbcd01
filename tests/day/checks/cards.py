"""Cards that are pulled, swapped, forgotten; a reader's daemon that dies; people who walk away."""

from __future__ import annotations

from pathlib import Path

from screens import sounds
from tests.day.check import Seen, check
from tests.day.people import somebody
from tests.day.traces import traces
from tests.day.visits import NOTICE, PENSION, choose, find, go, lay_down, take_ticket
from tests.day.world import PACE
from tests.stand.kiosk import until


@check("double-tap-one-effect")
def double_tap(seen: Seen) -> str:
    place = seen.world.place()
    lay_down(place, somebody())
    place.kiosk.press("choice:services")
    choose(place, PENSION)
    papers, tickets = len(place.papers()), len(seen.world.tickets())
    place.kiosk.press("primary")
    place.kiosk.see(NOTICE)
    place.kiosk.press("decline", times=2)
    place.kiosk.see("号票已打印")
    place.new_paper(papers)
    until("the ticket at the hall", lambda: len(seen.world.tickets()) > tickets)
    go(place)
    assert len(place.papers()) == papers + 1
    assert len(seen.world.tickets()) == tickets + 1
    return "two presses inside one frame made one slip and one ticket"


@check("walk-away-leaves-nothing")
def walk_away(seen: Seen) -> str:
    place = seen.world.place()
    person = somebody("慕容寻踪")
    take_ticket(place, person, PENSION)  # with a record on disk, sealed
    go(place)
    lay_down(place, person)
    place.kiosk.press("choice:tickets")
    place.kiosk.see("您已有号")
    place.kiosk.see("您还在办理吗", seconds=75 * PACE)
    seen.picture(label="-warned")
    place.kiosk.see("请取走您的证件", seconds=40 * PACE)
    seen.picture(label="-card-left")
    assert "慕" not in place.kiosk.text()
    go(place)
    stranger = somebody("尉迟匿迹")
    place.kiosk.press("choice:no-card")
    place.kiosk.press("choice:typed")
    for digit in stranger.number:
        place.kiosk.press(f"digit:{digit}")
    place.attract(110 * PACE)
    seen.picture()
    canaries = [person.number, stranger.number, person.name, stranger.name]
    found = traces([place.kiosk.folder, place.beside], *canaries)
    assert found == [], f"left behind in {found}"
    assert not any(canary in place.kiosk.text() for canary in canaries)
    return "after two time-outs neither screen nor any file of the kiosk holds a name or number"


@check("card-pulled-mid-read")
def card_pulled(seen: Seen) -> str:
    place = seen.world.place()
    for command in (0, 2, 5):
        person = somebody("司马半途")
        place.slot.pull_at(command)
        place.slot.insert(person.social_card)
        place.kiosk.see("取走得太快", "C103")
        assert "司*" not in place.kiosk.text()
        if command == 2:
            seen.picture()
        place.slot.remove()
        place.kiosk.press("nav:leave")
        place.attract(20)
    lay_down(place, somebody())
    go(place)
    return "pulled at three moments of the reading: said so, named nobody, and read the next card"


@check("card-swapped-ends-visit")
def card_swapped(seen: Seen) -> str:
    place = seen.world.place()
    first, second = somebody("赵一"), somebody("钱二")
    lay_down(place, first)
    place.kiosk.press("choice:services")
    choose(place, PENSION)
    papers, tickets = len(place.papers()), len(seen.world.tickets())
    place.slot.swap(second.social_card)
    place.kiosk.see("钱*", "您要办")
    seen.picture()
    assert "赵" not in place.kiosk.text()
    go(place)
    assert len(place.papers()) == papers
    assert len(seen.world.tickets()) == tickets
    return "another person's card with the same ATR ended the visit; nothing of the first was left or carried out"


@check("forgotten-card-alarm")
def forgotten_card(seen: Seen) -> str:
    place = seen.world.place()
    alarm = Path(sounds.__file__).parent / "alarm.wav"
    assert not place.ears.heard(alarm), "the alarm rang before"
    take_ticket(place, somebody(), PENSION)
    place.kiosk.see("证件还在机器里", seconds=60 * PACE)
    until("the alarm out of the loudspeaker", lambda: place.ears.heard(alarm), 60 * PACE)
    seen.picture()
    go(place)
    return "the screen asks for the card and the very samples of alarm.wav came out of the sound device"


@check("reader-daemon-killed-recovers")
def daemon_killed(seen: Seen) -> str:
    place = seen.world.place()
    place.pcscd.kill()
    place.kiosk.see("读卡器没有接通", "C101")
    seen.picture()
    assert "插社保卡" not in place.kiosk.text().split("现在可以办")[0], "it still asks for the card"
    assert "choice:no-card" in place.kiosk.ask("keys"), "what needs no reader stays open"
    place.pcscd.start()
    place.attract(20)
    lay_down(place, somebody())
    place.kiosk.press("choice:services")
    find(place, PENSION)
    place.pcscd.pause()
    place.kiosk.see("C101", seconds=30)
    place.pcscd.resume()
    place.slot.remove()
    place.attract(30)
    take_ticket(place, somebody(), PENSION)
    go(place)
    return "killed and frozen, the daemon closed only its reader; both times the next card was read"


@check("card-of-another-kind-is-named")
def other_card(seen: Seen) -> str:
    from devices.card.sim import VirtualCard

    place = seen.world.place()
    place.slot.insert(VirtualCard())
    place.kiosk.see("用不了", "C104")
    seen.picture()
    place.slot.remove()
    place.kiosk.press("nav:leave")
    place.attract(20)
    return "a bank card is refused in plain words, with its code, and nothing is read from it"
