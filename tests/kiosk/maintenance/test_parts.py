"""The list of parts: plain words for every state, a code where something fails and only there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from devices import power, printer, reader, scanner, sheets
from devices.printer import Paper
from kiosk.failures import catalogue
from kiosk.faults import Fault
from kiosk.maintenance import say
from kiosk.maintenance.parts import LATE, LITTLE_DISK, PARTS, SLIP_MM, parts, ready
from kiosk.maintenance.state import State
from kiosk.papers import Authority
from offline_cache.clock import HALL_ZONE, Skew
from offline_cache.faults import Fault as StoreFault
from offline_cache.outbox import Pending
from offline_cache.tickets import Counts
from offline_cache.upkeep import Supply
from screens.pages import Part, Sign
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.office import NOON

Change = Callable[[State], State]

ALL = frozenset({"card", "id-card", "scanner", "sheets", "power"})
LISTED = Authority(signs_until=NOON // 1000 + 86_400, indices=120, listed=NOON // 1000)


@pytest.fixture
def state(workshop: Workshop) -> State:
    """A kiosk with everything, and everything well."""
    workshop.stands(fitted=ALL, sheets=sheets.Status(Paper.OK), authority=LISTED)
    seen = workshop.opened().tools.surveyor.look()
    return replace(seen, free=52_000_000_000, skew=Skew(300, confirmed=True, suspect=False))


def of(key: str, state: State) -> Part:
    return next(part for part in parts(state) if part.key == key)


def machine(**changes: Any) -> Change:
    return lambda state: replace(state, machine=replace(state.machine, **changes))


def told(**changes: Any) -> Change:
    return lambda state: replace(state, **changes)


def hall(**changes: Any) -> Change:
    def changed(state: State) -> State:
        assert state.hall is not None
        return replace(state, hall=replace(state.hall, **changes))

    return changed


def test_every_part_is_listed_in_its_order_and_well(state: State) -> None:
    keys = [part.key for part in parts(state)]
    assert len(keys) == len(PARTS)
    assert keys == [
        *("printer", "sheets", "card", "id-card", "scanner", "voice", "touch"),
        *("hall", "clock", "disk", "outbox", "authority", "power"),
    ]
    assert {part.sign for part in parts(state)} == {Sign.OK}
    assert ready(state)


def test_what_the_kiosk_does_not_have_is_not_listed(state: State) -> None:
    bare = machine(fitted=frozenset(), authority=None, sheets=None)(state)
    assert {part.key for part in parts(bare)} == {"printer", "voice", "touch", "hall", "clock", "disk", "outbox"}


BROKEN: Mapping[str, tuple[str, Change, str]] = {
    **{f"slip printer {fault}": ("printer", machine(printer=printer.Status(Paper.OK, fault)), fault.value)
       for fault in printer.Fault},
    **{f"A4 printer {fault}": ("sheets", machine(sheets=sheets.Status(Paper.OK, fault)), fault.value)
       for fault in sheets.Fault},
    "card reader": ("card", machine(lost={"card": "C101"}), reader.Fault.READER_GONE.value),
    "ID reader": ("id-card", machine(lost={"id-card": "C101"}), reader.Fault.READER_GONE.value),
    "scanner": ("scanner", machine(lost={"scanner": "S101"}), scanner.Fault.SCANNER_GONE.value),
    "voice": ("voice", machine(lost={"voice": "K104"}), Fault.SOUND_LOST.value),
    "no hall": ("hall", told(hall=None), Fault.NOT_ENROLLED.value),
    **{f"hall {fault}": ("hall", hall(online=False, fault=fault), fault.value)
       for fault in StoreFault if fault.value.startswith("N10") and fault is not StoreFault.EVENT_PARKED},
    "hall, nobody knows why": ("hall", hall(online=False, fault=None), StoreFault.HALL_UNREACHABLE.value),
    "quarantined": ("hall", hall(quarantined=True, fault=StoreFault.KIOSK_REFUSED), StoreFault.KIOSK_REFUSED.value),
    "clock": ("clock", told(skew=Skew(9 * 3_600_000, confirmed=False, suspect=True)), StoreFault.CLOCK_SUSPECT.value),
    "store": ("disk", machine(store_fault="L101"), StoreFault.STORE_FULL.value),
    "parked": ("outbox", hall(parked=(7,)), StoreFault.EVENT_PARKED.value),
    "no listed key": ("authority", machine(authority=Authority(indices=9)), Fault.NO_AUTHORITY.value),
    "no numbers": ("authority", machine(authority=replace(LISTED, indices=0)), Fault.NO_AUTHORITY.value),
    **{f"power {fault}": ("power", machine(power_fault=fault.value), fault.value) for fault in power.Fault},
}  # fmt: skip


@pytest.mark.parametrize(("key", "change", "code"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_says_its_name_and_its_code(state: State, key: str, change: Change, code: str) -> None:
    part = of(key, change(state))
    assert (part.sign, part.code) == (Sign.BAD, code)
    name = catalogue()[code].name
    assert part.line.zh.startswith(name.zh)
    assert part.line.en.startswith(name.en)
    assert not ready(change(state))


@pytest.mark.parametrize("change", [told(), *(change for _, change, _ in BROKEN.values())])
def test_a_code_stands_with_what_is_broken_and_with_nothing_else(state: State, change: Change) -> None:
    for part in parts(change(state)):
        assert bool(part.code) == (part.sign is Sign.BAD), part
        assert part.code in {"", *catalogue()}
        assert part.line.zh
        assert part.line.en


LOOK: Mapping[str, tuple[str, Change, str]] = {
    "slips low": ("printer", machine(printer=printer.Status(Paper.LOW)), "纸快用完"),
    "sheets low": ("sheets", machine(sheets=sheets.Status(Paper.LOW)), "纸快用完"),
    "disk": ("disk", told(free=LITTLE_DISK - 1), "余 1.0 GB"),
    "copies": ("disk", told(copies={"ticket": Counts(3, 0, 1, 0, 1)}), "张数不符"),
    "late": ("outbox", told(pending=Pending(4, NOON - LATE - 1)), "4 条，最早 10:59"),
}


@pytest.mark.parametrize(("key", "change", "says"), LOOK.values(), ids=LOOK)
def test_what_works_but_wants_a_look_says_so_without_a_code(state: State, key: str, change: Change, says: str) -> None:
    part = of(key, change(state))
    assert (part.sign, part.code) == (Sign.WARN, "")
    assert says in part.line.zh
    assert ready(change(state))  # it may open


UNKNOWN: Mapping[str, tuple[str, Change]] = {
    "slip printer": ("printer", machine(printer=None)),
    "A4 printer": ("sheets", machine(sheets=None)),
    "clock": ("clock", told(skew=Skew(0, confirmed=False, suspect=False))),
}


@pytest.mark.parametrize(("key", "change"), UNKNOWN.values(), ids=UNKNOWN)
def test_what_nobody_knows_is_not_called_well(state: State, key: str, change: Change) -> None:
    part = of(key, change(state))
    assert (part.sign, part.code) == (Sign.UNKNOWN, "")
    assert not ready(change(state))


def test_what_is_left_of_the_paper_is_told_where_it_was_filled_in(state: State) -> None:
    assert of("printer", state).line == say.READY
    roll = Supply(NOON, 80_000, 80_000 - 10 * SLIP_MM - 5)
    filled = told(supplies={"printer": roll, "sheets": Supply(NOON, 250, 251)})(state)
    assert "约还能打 10 张" in of("printer", filled).line.zh
    assert "约剩 0 张纸" in of("sheets", filled).line.zh  # more was used than there was: never less than none


def test_times_of_another_day_say_which(state: State) -> None:
    def since(moment: datetime) -> str:
        seen = hall(since=round(moment.timestamp() * 1000))(state)
        return of("hall", seen).line.zh

    noon = datetime.fromtimestamp(NOON / 1000, HALL_ZONE)
    assert "09:00 起" in since(noon - timedelta(hours=3))
    assert "11-18 12:00 起" in since(noon - timedelta(days=2))


def test_how_far_the_clock_is_off_and_until_when_certificates_are_signed_is_told(state: State) -> None:
    assert "0.3 秒" in of("clock", state).line.zh
    assert "11月21日" in of("authority", state).line.zh
    assert "余 120 个" in of("authority", state).line.zh


def test_a_key_whose_time_is_over_is_broken_at_that_very_second(state: State) -> None:
    over = replace(LISTED, signs_until=int(state.at.timestamp()))
    assert of("authority", machine(authority=over)(state)).sign is Sign.BAD
    assert of("authority", machine(authority=replace(over, signs_until=over.signs_until + 1))(state)).sign is Sign.OK
