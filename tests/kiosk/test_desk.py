"""The desk does its part or says why not, and a visit never sees what belongs to another."""

from __future__ import annotations

import pytest

from kiosk.desk import NotRecorded
from kiosk.visitor import Visitor
from offline_cache.tickets import Outcome
from tests.kiosk.office import Office, person


def test_a_full_disk_leaves_a_printed_slip_in_hand_and_after_a_restart_uncertain(
    office: Office, holder: Visitor
) -> None:
    recorded = office.desk().record(holder, ("pension",), None)
    office.fill_disk()
    office.desk().settle(recorded, Outcome.PRINTED, None)
    assert office.counts().in_hand == 1
    assert office.troubles == ["L101"]
    office.restart()
    assert office.counts().uncertain == 1


def test_a_copy_of_nothing_is_refused_with_its_code(office: Office) -> None:
    with pytest.raises(NotRecorded) as refused:
        office.desk().copy("A" * 16)
    assert refused.value.code == "K103"


def test_a_visitor_without_a_card_is_looked_up_nowhere(office: Office, holder: Visitor) -> None:
    assert holder.holder is not None
    office.desk().record(holder, ("pension",), None)
    for other in (Visitor(), Visitor(typed=holder.holder.number)):
        assert office.desk().held(other, None) is None
        assert office.desk().bookings.of(other) is None
        assert office.desk().told(other) is None


def test_a_desk_keeps_the_machine_it_began_with(office: Office) -> None:
    desk = office.desk()
    office.machine = type(office.machine)()
    assert desk.machine.online
    assert "pension" in desk.catalogue.by_id


@pytest.mark.parametrize(("typed", "right"), [(person(1).number, True), (person(1).number[:-1] + "?", False)])
def test_a_citizen_number_is_taken_where_its_check_digit_is_right(office: Office, typed: str, right: bool) -> None:
    assert (office.desk().citizen_number(typed) is not None) is right
