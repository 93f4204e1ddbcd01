"""Who may do what: the screen closes the key, and behind the key it is refused as well."""

from __future__ import annotations

import pytest

from certificates.technicians import Role
from kiosk.maintenance import say
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.flow import listed
from kiosk.maintenance.roles import MAY, NAMES, Deed
from screens.pages import Choice, Findings, Open, Upkeep
from tests.kiosk.maintenance.workshop import Workshop

REFUSED = [(role, deed) for role in Role for deed in Deed if deed not in MAY[role] and deed is not Deed.ENROL]
KEYS = {Deed.FIND: "uncertain"}


def test_every_role_has_a_name_and_looks_and_tests_are_everybodys() -> None:
    assert set(MAY) == set(NAMES) == set(Role)
    for role in Role:
        assert {Deed.TEST, Deed.REPORT, Deed.RESTART} <= MAY[role]
    assert MAY[Role.TECHNICIAN] == set(Deed)


def test_only_a_technician_brings_a_kiosk_to_another_hall() -> None:
    assert [role for role in Role if Deed.ENROL in MAY[role]] == [Role.TECHNICIAN]


@pytest.mark.parametrize(("role", "deed"), REFUSED)
def test_what_a_role_may_not_do_is_refused_whatever_was_pressed(workshop: Workshop, role: Role, deed: Deed) -> None:
    shown = workshop.list((Upkeep, KEYS.get(deed, deed.value)), (Findings, "back"), role=role)
    said = shown[1]
    assert isinstance(said, Findings)
    assert said.title == say.NOT_DONE
    assert said.rows[0].code == Fault.NOT_ALLOWED
    assert [event for event, _ in workshop.notes] == ["maintenance.opened"]
    assert workshop.left == []


@pytest.mark.parametrize("role", list(Role))
def test_the_badge_says_who_is_there_and_where(workshop: Workshop, role: Role) -> None:
    badge = workshop.opened(role).badge
    assert badge.who.zh == f"{NAMES[role].zh} T-014"
    assert badge.place.en == "Machine 03 · K-0203"


def test_a_closed_key_says_that_it_is_the_card(workshop: Workshop) -> None:
    desk = workshop.opened(Role.VENDOR)
    page = listed(desk, desk.tools.surveyor.look())
    closed = {deed.key: deed.line for deed in page.deeds if deed.open is Open.CLOSED}
    assert closed == {"refill": say.NOT_ALLOWED, "shut-down": say.NOT_ALLOWED}


def test_nothing_in_doubt_no_key_for_it(workshop: Workshop) -> None:
    desk = workshop.opened()
    assert listed(desk, desk.tools.surveyor.look()).uncertain is None
    assert isinstance(desk.choice(Deed.TEST, "list-checks", say.TEST_ALL), Choice)
