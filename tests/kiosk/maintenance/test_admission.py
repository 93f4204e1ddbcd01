"""Who is let in: the hall's own technicians, by their card and its PIN, for as long as the hall says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from certificates.technicians import Role
from devices.card.sim_piv import CurveSim, WorkCardChip
from devices.reader import Fault as CardFault
from devices.reader import PinRefused, WorkCardProven
from kiosk.maintenance import flow
from kiosk.maintenance.faults import Fault
from kiosk.maintenance.roles import MAY
from kiosk.steps import Cancelled, CardPulled
from screens.pages import AwaitCard, EnterPin, Nav, Notice, Open, Upkeep
from tests.kiosk.maintenance.workshop import Workshop
from tests.kiosk.play import PowerCut, Turn, play

RIGHT, WRONG = "135790", "000000"


def pin(workshop: Workshop, digits: str) -> tuple[Turn, Turn]:
    return (EnterPin, digits), (AwaitCard, workshop.said)


def refused(workshop: Workshop, chip: WorkCardChip | None = None) -> str:
    """The code on the screen that says that nobody is let in, before any PIN."""
    shown = play(flow.visit(workshop.desk(), workshop.laid(chip)), (Notice, None))
    code = code_on(shown[-1])
    assert ("maintenance.refused", {"fault": code}) in workshop.notes
    assert workshop.tried == []
    return code


def code_on(page: object) -> str:
    assert isinstance(page, Notice)
    return page.code


def test_a_technician_with_card_and_pin_sees_how_every_part_stands(workshop: Workshop) -> None:
    with pytest.raises(CardPulled):
        play(flow.visit(workshop.desk(), workshop.laid()), *pin(workshop, RIGHT), (Upkeep, CardPulled()))
    assert workshop.notes == [
        ("maintenance.opened", {"by": "T-014", "role": "technician"}),
        ("maintenance.closed", {"by": "T-014"}),
    ]


def test_the_keys_of_the_pin_stand_elsewhere_each_time(workshop: Workshop) -> None:
    orders: set[tuple[int, ...]] = set()

    def leave(page: EnterPin) -> Nav:
        orders.add(page.scrambled)
        return Nav.LEAVE

    for _ in range(5):
        with pytest.raises(Cancelled):
            play(flow.visit(workshop.desk(), workshop.laid()), (EnterPin, leave))
    assert len(orders) > 1


@pytest.mark.parametrize(
    ("begins", "ends", "code"),
    [
        (timedelta(days=-2), timedelta(seconds=-1), Fault.EXPIRED),
        (timedelta(days=1), timedelta(days=2), Fault.NOT_YET),
    ],
)
def test_a_card_out_of_its_time_opens_nothing(
    workshop: Workshop, begins: timedelta, ends: timedelta, code: Fault
) -> None:
    assert refused(workshop, workshop.card_of("T-014", begins=begins, ends=ends)) == code


def test_a_card_that_was_taken_back_opens_nothing(workshop: Workshop) -> None:
    chip = workshop.card_of("T-014")
    workshop.crl = workshop.revocations(workshop.serial)
    assert refused(workshop, chip) == Fault.REVOKED


def test_a_list_that_is_too_old_lets_nobody_in(workshop: Workshop) -> None:
    workshop.crl = workshop.revocations(made_ago=timedelta(days=31))
    assert refused(workshop) == Fault.LIST_OLD


def test_a_list_of_29_days_lets_in_without_a_network(workshop: Workshop) -> None:
    workshop.crl = workshop.revocations(made_ago=timedelta(days=29))
    workshop.stands(online=False)
    with pytest.raises(CardPulled):
        play(flow.visit(workshop.desk(), workshop.laid()), *pin(workshop, RIGHT), (Upkeep, CardPulled()))


def test_without_any_list_or_root_nobody_is_let_in(workshop: Workshop) -> None:
    workshop.crl = None
    assert refused(workshop) == Fault.NO_LIST
    workshop.notes.clear()
    workshop.root = None
    assert refused(workshop) == Fault.NO_LIST


def test_a_card_that_made_its_certificate_itself_opens_nothing(workshop: Workshop) -> None:
    assert refused(workshop, WorkCardChip()) == Fault.NOT_OURS


def test_a_card_with_somebody_elses_certificate_proves_nothing(workshop: Workshop) -> None:
    """The certificate of T-014 can be read by anybody; the key is on one card."""
    thief, own = WorkCardChip(key=CurveSim()), workshop.card_of("T-014")
    thief.objects = dict(own.objects)
    shown = play(flow.visit(workshop.desk(), workshop.laid(thief)), *pin(workshop, RIGHT), (Notice, None))
    assert code_on(shown[-1]) == Fault.NO_PROOF
    assert not any(event == "maintenance.opened" for event, _ in workshop.notes)


def test_a_signature_of_another_moment_proves_nothing(workshop: Workshop) -> None:
    """Whoever recorded what the card said to the reader once can't say it again."""
    heard: list[WorkCardProven | PinRefused] = []

    def listen(page: object) -> object:
        heard.append(workshop.said(page))
        return heard[-1]

    with pytest.raises(CardPulled):
        play(
            flow.visit(workshop.desk(), workshop.laid()),
            (EnterPin, RIGHT),
            (AwaitCard, listen),
            (Upkeep, CardPulled()),
        )
    shown = play(
        flow.visit(workshop.desk(), workshop.laid()),
        (EnterPin, RIGHT),
        (AwaitCard, lambda _page: heard[0]),
        (Notice, None),
    )
    assert code_on(shown[-1]) == Fault.NO_PROOF


def test_wrong_pins_make_wait_and_twice_as_long_each_time(workshop: Workshop) -> None:
    chip = workshop.card_of("T-014", most_tries=9)
    wrong = pin(workshop, WRONG)
    waits = []
    for free in (2, 0, 0, 0, 0):
        with pytest.raises(Cancelled):
            play(flow.visit(workshop.desk(), workshop.laid(chip)), *wrong * (free + 1), (Notice, None))
        waits.append(round(workshop.cache.lockout.wait()))
        workshop.ticks.advance(waits[-1])
    assert waits == [15, 30, 60, 120, 240]


def test_the_wait_survives_a_restart(workshop: Workshop) -> None:
    chip = workshop.card_of("T-014", most_tries=9)
    with pytest.raises(Cancelled):
        play(flow.visit(workshop.desk(), workshop.laid(chip)), *pin(workshop, WRONG) * 3, (Notice, None))
    workshop.restart()
    with pytest.raises(Cancelled):
        play(flow.visit(workshop.desk(), workshop.laid(chip)), (Notice, None))
    assert workshop.notes[-1] == ("maintenance.refused", {"fault": Fault.WAIT.value})


def test_a_try_counts_though_the_power_goes_before_the_card_answers(workshop: Workshop) -> None:
    for _ in range(3):
        with pytest.raises(PowerCut):
            play(flow.visit(workshop.desk(), workshop.laid()), (EnterPin, RIGHT), stops="_prove")
        workshop.restart()
    assert workshop.cache.lockout.wait() > 0


def test_a_try_that_can_not_be_counted_is_not_made(workshop: Workshop) -> None:
    workshop.break_store()
    shown = play(flow.visit(workshop.desk(), workshop.laid()), (EnterPin, RIGHT), (Notice, None))
    assert code_on(shown[-1]) == "L101"
    assert workshop.tried == []


def test_only_the_work_card_itself_can_answer_to_its_pin(workshop: Workshop) -> None:
    pages = play(
        flow.visit(workshop.desk(), workshop.laid()),
        (EnterPin, RIGHT),
        (AwaitCard, CardFault.CARD_SILENT),
        (Notice, None),
    )
    waits = pages[1]
    assert isinstance(waits, AwaitCard)
    assert waits.own


def test_the_right_pin_forgets_the_wrong_ones(workshop: Workshop) -> None:
    with pytest.raises(CardPulled):
        play(
            flow.visit(workshop.desk(), workshop.laid()),
            *pin(workshop, WRONG),
            *pin(workshop, RIGHT),
            (Upkeep, CardPulled()),
        )
    workshop.restart()
    with pytest.raises(CardPulled):
        play(
            flow.visit(workshop.desk(), workshop.laid()),
            *pin(workshop, WRONG),
            *pin(workshop, WRONG),
            (EnterPin, CardPulled()),
        )


def test_a_blocked_card_is_named_as_such(workshop: Workshop) -> None:
    chip = workshop.card_of("T-014", most_tries=1)
    shown = play(flow.visit(workshop.desk(), workshop.laid(chip)), *pin(workshop, WRONG), (Notice, None))
    assert code_on(shown[-1]) == Fault.BLOCKED


@pytest.mark.parametrize("fault", [CardFault.CARD_GARBLED, CardFault.CARD_SILENT])
def test_a_card_that_breaks_off_while_it_proves_opens_nothing(workshop: Workshop, fault: CardFault) -> None:
    shown = play(flow.visit(workshop.desk(), workshop.laid()), (EnterPin, RIGHT), (AwaitCard, fault), (Notice, None))
    assert code_on(shown[-1]) == Fault.NO_PROOF


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_what_it_may_do_and_no_more(workshop: Workshop, role: Role) -> None:
    offered: set[str] = set()

    def look(page: Upkeep) -> Nav:
        offered.update(deed.key for deed in page.deeds if deed.open is not Open.CLOSED)
        return Nav.LEAVE

    card = workshop.laid(workshop.card_of("S-002", role))
    with pytest.raises(Cancelled):
        play(flow.visit(workshop.desk(), card), *pin(workshop, RIGHT), (Upkeep, look))
    assert offered == {deed.value for deed in MAY[role]} - {"find", "enrol"}
