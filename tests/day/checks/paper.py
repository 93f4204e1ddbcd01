"""Paper that runs out, power that fails, a kiosk that is killed: what is on paper is what is on record."""

from __future__ import annotations

from typing import Any

from tests.day.check import Seen, check
from tests.day.paper import code_on, frame_on, number_on
from tests.day.people import somebody
from tests.day.visits import PENSION, choose, confirm, go, lay_down, number_on_screen, take_ticket
from tests.day.world import Place, World
from tests.stand.kiosk import until


def outcomes(world: World, number: str) -> list[tuple[Any, ...]]:
    """What the hall knows of each copy of a ticket: copy, outcome, fault."""
    return world.hall.rows(
        "SELECT copy, outcome, fault FROM copy JOIN ticket ON ticket.id = copy.ticket WHERE number = ? ORDER BY copy",
        number,
    )


def settled(world: World, number: str, *expected: str) -> None:
    """Wait until the hall has these outcomes of the copies of a ticket, in order."""
    wanted = list(expected)
    until(f"{number} {wanted}", lambda: [row[1] for row in outcomes(world, number)] == wanted, 20)


def to_the_review(place: Place) -> int:
    """A visit up to the key that prints; the papers that came out before."""
    lay_down(place, somebody())
    place.kiosk.press("choice:services")
    choose(place, PENSION)
    return len(place.papers())


@check("paper-out-mid-slip")
def paper_out(seen: Seen) -> str:
    place = seen.world.place()
    before = to_the_review(place)
    place.printer.paper_out_at(300)
    confirm(place)
    assert place.printer.until(lambda printer: not printer.ready, 10), "the paper did not run out"
    assert "号票已打印" not in place.kiosk.text()
    seen.picture(label="-waiting")
    place.printer.refill()
    place.kiosk.see("号票已打印")
    until("the second half is cut", lambda: len(place.papers()) == before + 2)
    halves = place.papers()[before:]
    for half, label in zip(halves, ("-end-of-the-old-roll", "-new-roll"), strict=True):
        seen.slip(half, label)
    assert code_on(halves[1]).endswith(seen.world.ticket(number_on_screen(place))["id"])
    first = number_on_screen(place)
    settled(seen.world, first, "printed")
    go(place)
    before = to_the_review(place)
    place.printer.paper_out_at(300)
    confirm(place)
    text = place.kiosk.see("号票可能不完整", seconds=30)
    seen.picture(label="-nobody-came")
    second = number_on_screen(place)
    assert "P102" in text
    settled(seen.world, second, "uncertain")
    place.slot.remove()
    place.printer.refill()
    place.attract(30)
    assert len(place.papers()) == before + 1, "more than the end of the old roll: some came by itself after the refill"
    return f"refilled, the rest of {first} came out once; with nobody there {second} is uncertain and stays in"


@check("no-paper-closes-service-first")
def no_paper(seen: Seen) -> str:
    place = seen.world.place()
    place.printer.paper_out()
    place.kiosk.see("号票纸用完了", "P102", seconds=20)
    seen.picture()
    assert "choice:no-card" not in place.kiosk.ask("keys")
    tickets = len(seen.world.tickets())
    place.slot.insert(somebody().social_card)
    place.kiosk.see("号票纸用完了", "12345")
    seen.picture(label="-with-card")
    assert "choice:services" not in place.kiosk.ask("keys")
    place.slot.remove()
    place.printer.refill()
    place.attract(30)
    assert len(seen.world.tickets()) == tickets
    take_ticket(place, somebody(), PENSION)
    go(place)
    return "closed before anyone could begin, said why with its code, and open again after the refill"


@check("printer-power-cut-is-uncertain")
def power_cut(seen: Seen) -> str:
    place = seen.world.place()
    to_the_review(place)
    place.printer.at_row(300, place.printer.power_cut)
    confirm(place)
    place.kiosk.see("号票可能不完整", seconds=30)
    seen.picture()
    number = number_on_screen(place)
    settled(seen.world, number, "uncertain")
    place.slot.remove()
    place.printer.power_on()
    before = len(place.papers())
    place.kiosk.kill()
    place.kiosk.start()
    place.attract(30)
    settled(seen.world, number, "uncertain")
    assert len(place.papers()) == before, "something came out by itself"
    slip = take_ticket(place, somebody(), PENSION)
    seen.slip(slip, "-the-next-one")
    assert number_on(slip) == number_on_screen(place), "the half slip in the mouth came out with somebody else's"
    go(place)
    return f"{number} is uncertain at the hall, also after a restart; nothing came out again, and the next slip alone"


@check("kill-9-mid-print-recovers")
def kill_mid_print(seen: Seen) -> str:
    place = seen.world.place()
    person = somebody("宇文断电")
    lay_down(place, person)
    place.kiosk.press("choice:services")
    choose(place, PENSION)
    place.printer.at_row(300, place.kiosk.kill_now)
    known = {row["id"] for row in seen.world.tickets()}
    confirm(place)
    until("the kiosk is dead", place.kiosk.is_dead)
    place.slot.remove()
    place.kiosk.kill()
    place.kiosk.start()
    place.attract(30)
    fresh = until("the ticket", lambda: [row for row in seen.world.tickets() if row["id"] not in known], 20)
    assert len(fresh) == 1, fresh
    number = fresh[0]["number"]
    settled(seen.world, number, "uncertain")
    lay_down(place, person)
    place.kiosk.press("choice:tickets")
    place.kiosk.see(number)
    seen.picture()
    before = len(place.papers())
    place.kiosk.press("choice:reprint")
    place.kiosk.see("号票已打印")
    paper = place.new_paper(before)
    seen.slip(paper, "-copy-2")
    settled(seen.world, number, "uncertain", "printed")
    assert "REPRINT 2" in frame_on(paper), f"the second copy does not say so: {frame_on(paper)}"
    assert number_on(paper) == number, f"the second copy says {number_on(paper)}"
    go(place)
    return f"killed in the middle of {number}: uncertain, recovered, and the card printed copy 2, marked as such"
