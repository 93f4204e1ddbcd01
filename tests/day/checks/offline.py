"""The cable is out, the hall forgets, somebody lies: nothing is lost, nothing is doubled."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from functools import partial

from tests.day.check import Seen, check
from tests.day.impostor import Impostor
from tests.day.paper import code_on
from tests.day.people import somebody
from tests.day.visits import OUT_OF_TOWN, PENSION, go, lay_down, number_on_screen, take_ticket
from tests.day.world import Place, World
from tests.stand.kiosk import until


def unplug(seen: Seen, *places: Place) -> None:
    """Pull the network cable of every kiosk and wait until they say so."""
    seen.world.cable.cut()
    for place in places:
        place.kiosk.see("离线可办", seconds=20)


def mend(seen: Seen, *places: Place) -> None:
    seen.world.cable.mend()
    for place in places:
        until("online again", partial(_online, place), 40)


def _online(place: Place) -> bool:
    return "离线可办" not in place.kiosk.text()


@check("ticket-offline")
def ticket_offline(seen: Seen) -> str:
    place = seen.world.place()
    unplug(seen, place)
    seen.picture(label="-attract")
    known = len(seen.world.tickets())
    lay_down(place, somebody())
    place.kiosk.press("choice:services")
    place.kiosk.press("tab:department")
    seen.picture(label="-services")
    assert "离线可办" in place.kiosk.text(), "a service does not say that it works offline"
    go(place)
    paper = take_ticket(place, somebody(), PENSION)
    seen.picture()
    seen.slip(paper)
    text = place.kiosk.text()
    number = number_on_screen(place)
    assert "前面" not in text or re.search(r"\d\d:\d\d 的人数", text), f"an old line is shown as if live: {text}"
    go(place)
    assert len(seen.world.tickets()) == known, "the hall cannot know it yet"
    id_on_paper = code_on(paper).rpartition("/")[2]
    mend(seen, place)
    row = seen.world.ticket(number, 40)
    assert row["id"] == id_on_paper
    return f"{number} was taken with the cable out, said how old its figures are, and reached the hall afterwards"


@check("sync-after-offline")
def sync_after_offline(seen: Seen) -> str:
    place = seen.world.place()
    unplug(seen, place)
    numbers = []
    for _ in range(3):
        take_ticket(place, somebody(), PENSION)
        numbers.append(number_on_screen(place))
        go(place)
    place.kiosk.kill()  # the power goes too
    place.kiosk.start()
    place.kiosk.see("请放身份证", "离线可办", seconds=30)
    before = _applied(seen.world, place)
    mend(seen, place)
    for number in numbers:
        assert seen.world.ticket(number)["state"] == "waiting"
    until("all six events", lambda: _applied(seen.world, place) >= before + 6, 20)
    seqs = [
        row[0] for row in seen.world.hall.rows("SELECT seq FROM applied_event WHERE kiosk = ? ORDER BY seq", place.id)
    ]
    assert seqs == list(range(1, len(seqs) + 1)), "a gap or a double in the chain"
    seen.text("\n".join(numbers))
    return f"{', '.join(numbers)} arrived once each, in order, without a gap, after a power cut on top"


def _applied(world: World, place: Place) -> int:
    return int(world.hall.rows("SELECT count(*) FROM applied_event WHERE kiosk = ?", place.id)[0][0])


@check("two-kiosks-offline-no-duplicate-number")
def two_kiosks(seen: Seen) -> str:
    first, second = seen.world.place("A"), seen.world.place("B")
    unplug(seen, first, second)
    numbers: dict[str, list[str]] = {"A": [], "B": []}
    for place in (first, second, first, second):
        paper = take_ticket(place, somebody(), PENSION)
        numbers[place.name].append(number_on_screen(place))
        seen.slip(paper, f"-{place.name}{len(numbers[place.name])}")
        go(place)
    mend(seen, first, second)
    every = numbers["A"] + numbers["B"]
    assert len(set(every)) == 4, f"a number twice: {every}"
    for number in every:
        seen.world.ticket(number)
    return f"without a network A gave {numbers['A']}, B gave {numbers['B']}; all four stand at the hall"


@check("duplicates-merge-at-sync")
def duplicates_merge(seen: Seen) -> str:
    first, second = seen.world.place("A"), seen.world.place("B")
    person = somebody("诸葛两处")
    unplug(seen, first, second)
    take_ticket(first, person, PENSION)
    early = number_on_screen(first)
    go(first)
    take_ticket(second, person, PENSION, OUT_OF_TOWN)
    late = number_on_screen(second)
    go(second)
    mend(seen, first, second)
    seen.world.ticket(late)
    seen.world.ticket_is(early, "waiting")
    until("one matter left", lambda: seen.world.ticket(late)["matters"] == f'["{OUT_OF_TOWN}"]')
    seen.world.news_arrives(second)
    second.slot.insert(person.social_card)
    second.kiosk.see("您有两个同样的号", early)
    seen.picture("B")
    go(second)
    return f"{early} stays, {late} keeps only what {early} has not, and the card's holder is told"


@check("forged-ack-erases-nothing")
def forged_ack(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    unplug(seen, place)
    take_ticket(place, somebody(), PENSION)
    number = number_on_screen(place)
    go(place)
    waiting = _outbox(place)
    assert waiting
    with Impostor(world.hall) as impostor:
        world.cable.target = impostor.port
        world.cable.mend()
        until("forged acks were sent", lambda: impostor.acks >= 3 or _outbox(place)[: len(waiting)] != waiting, 60)
        assert _outbox(place)[: len(waiting)] == waiting, "an ack that the hall never signed erased events"
        place.kiosk.see("离线可办")
        seen.picture()
    world.cable.target = world.hall.port
    mend(seen, place)
    assert world.ticket(number, 60)["state"] == "waiting"
    return (
        f"{impostor.acks} acks with a right certificate and a wrong signature: nothing erased, {number} arrived later"
    )


def _outbox(place: Place) -> list[tuple[int, bytes]]:
    """The events in the kiosk's file, read from outside."""
    with closing(sqlite3.connect(f"file:{place.data}/keting.db?mode=ro", uri=True)) as database:
        return database.execute("SELECT seq, data FROM outbox ORDER BY seq").fetchall()


@check("hall-restored-from-backup-loses-nothing")
def hall_restored(seen: Seen) -> str:
    place, world = seen.world.place(), seen.world
    take_ticket(place, somebody(), PENSION)
    old = number_on_screen(place)
    go(place)
    world.ticket(old)
    copy = world.hall.backup()
    fresh = []
    for _ in range(2):
        take_ticket(place, somebody(), PENSION)
        fresh.append(number_on_screen(place))
        go(place)
        world.ticket(fresh[-1])
    world.hall.restore(copy)
    world.cable.target = world.hall.port
    for number in (old, *fresh):
        assert world.ticket(number, 30)["state"] == "waiting"
    until("online again", lambda: _online(place), 30)
    take_ticket(place, somebody(), PENSION)
    after = number_on_screen(place)
    go(place)
    world.ticket(after, 40)
    every = [row["number"] for row in world.tickets()]
    assert len(set(every)) == len(every), f"a number twice: {sorted(every)}"
    assert re.fullmatch(r"[A-Z]\d{3,4}|\d\d-[A-Z]\d{3}", after)
    return f"the restored hall got {', '.join(fresh)} again from the kiosk, and no number stands twice"
