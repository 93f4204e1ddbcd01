"""What is open is decided before anybody starts, and what is closed says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from devices import printer
from devices.printer import Paper, Status
from kiosk import opening, say
from kiosk.assurance import Level
from kiosk.catalogue import checked
from kiosk.machine import Machine
from kiosk.say_people import NEEDS
from kiosk.visitor import Visitor
from offline_cache.clock import HALL_ZONE
from screens.pages import Open
from tests.kiosk.bundle import payload, said, service
from tests.kiosk.office import person

FRIDAY = datetime(2026, 11, 20, 12, 0, tzinfo=HALL_ZONE)
FITTED = frozenset({"card", "id-card", "scanner"})
READY = Machine(catalogue=checked(payload()), printer=Status(Paper.OK), fitted=FITTED, online=True)
HOLDER, TYPED, NOBODY = Visitor(person(1)), Visitor(typed="x"), Visitor()


def at(clock: str) -> datetime:
    return FRIDAY.replace(hour=int(clock[:2]), minute=int(clock[3:]))


def opens(*spans: tuple[int, str, str]) -> Machine:
    return replace(
        READY, catalogue=checked(payload(hours={"open": list(map(list, spans)), "night": ["22:00", "06:00"]}))
    )


# Tickets.


def test_a_kiosk_with_all_it_needs_is_open() -> None:
    assert opening.tickets_closed(READY, FRIDAY) is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"catalogue": None}, "N101"),
        ({"catalogue": None, "hall_fault": "K102"}, "K102"),
        ({"store_fault": "L101"}, "L101"),
        ({"printer": None}, "P108"),
        *(({"printer": Status(Paper.OK, fault)}, fault.value) for fault in printer.Fault),
    ],
)
def test_what_is_missing_closes_tickets_with_its_code(change: dict[str, Any], code: str) -> None:
    closed = opening.tickets_closed(replace(READY, **change), FRIDAY)
    assert closed is not None
    assert closed.code == code


def test_no_paper_is_called_no_paper_and_not_a_broken_printer() -> None:
    out = replace(READY, printer=Status(Paper.OUT, printer.Fault.PAPER_OUT))
    assert opening.tickets_closed(out, FRIDAY) == opening.Closed(say.CLOSED_PAPER, "P102")
    assert opening.tickets_closed(replace(READY, printer=Status(Paper.LOW)), FRIDAY) is None


def test_a_day_without_opening_hours_is_closed_and_nothing_is_broken() -> None:
    assert opening.tickets_closed(opens((0, "09:00", "17:00")), FRIDAY) == opening.Closed(say.CLOSED_TODAY)


def test_tickets_end_with_the_last_window_and_lunch_closes_nothing() -> None:
    machine = opens((4, "09:00", "12:00"), (4, "13:30", "17:00"))
    assert opening.tickets_closed(machine, at("00:00")) is None
    assert opening.tickets_closed(machine, at("12:45")) is None
    assert opening.tickets_closed(machine, at("16:59")) is None
    closed = opening.tickets_closed(machine, at("17:00"))
    assert closed is not None
    assert (closed.why.zh, closed.code) == ("今天已下班，00:00 起可取明天的号", "")


# One service.


@pytest.mark.parametrize(
    ("needs", "visitor", "line"),
    [
        ("none", NOBODY, None),
        ("none", HOLDER, None),
        ("typed", NOBODY, NEEDS[Level.TYPED]),
        ("typed", TYPED, None),
        ("typed", HOLDER, None),
        ("social-card", NOBODY, NEEDS[Level.SOCIAL_CARD]),
        ("social-card", TYPED, NEEDS[Level.SOCIAL_CARD]),
        ("social-card", HOLDER, None),
        ("id-card", TYPED, NEEDS[Level.ID_CARD]),
        ("strong", NOBODY, NEEDS[Level.STRONG]),
    ],
)
def test_a_service_is_open_to_who_proves_enough(needs: str, visitor: Visitor, line: object) -> None:
    one = checked(payload(services=[service("one", "一", needs=needs)])).by_id["one"]
    matter = opening.matter(one, READY, visitor)
    assert matter.open is (Open.CLOSED if line else Open.YES)
    assert matter.line == (line or say.fill(say.AT_WINDOW, minutes=10))


def test_offline_what_needs_the_network_is_closed_and_the_rest_says_that_it_works() -> None:
    offline = replace(READY, online=False)
    assert READY.catalogue is not None
    works, needs = (opening.matter(READY.catalogue.by_id[one], offline, HOLDER) for one in ("pension", "online-only"))
    assert (works.open, works.line) == (Open.OFFLINE, say.WORKS_OFFLINE)
    assert (needs.open, needs.line) == (Open.CLOSED, opening.Closed(say.NEEDS_NETWORK, "N101").said)


def test_a_service_that_the_hall_closed_says_the_hall_s_words() -> None:
    one = checked(payload(services=[service("one", "一", closed=said("系统升级", "Upgrade"))])).by_id["one"]
    matter = opening.matter(one, replace(READY, online=False), NOBODY)
    assert (matter.open, matter.line.zh) == (Open.CLOSED, "系统升级")


def test_only_what_is_hot_is_among_the_often_used() -> None:
    assert READY.catalogue is not None
    groups = {one.id: opening.matter(one, READY, NOBODY).groups for one in READY.catalogue.services}
    assert "often" in groups["pension"]
    assert "often" not in groups["transfer"]
    assert {"social", "retire"} <= groups["transfer"]
