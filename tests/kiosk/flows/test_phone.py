"""A phone is bound, or says yes, only by its own number typed here; everything else changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace

import pytest

from devices.holder import Document, Proof
from devices.reader import Fault
from kiosk import say_people as words
from kiosk.flows.phone import MOST_CODES, bind, prove
from kiosk.steps import CardPulled, Visit, WalkedAway
from kiosk.visitor import Visitor
from offline_cache.people import Bound
from screens.pages import Bind, Confirm, Confirmed, LayAgain, Nav, Notice
from tests.kiosk.far_people import ACCOUNT, DONE, MATCHED, PHONE, URL, WAITING, WRONG, FarPeople, void
from tests.kiosk.office import NOON, Office, person
from tests.kiosk.play import Turn, play

ID = Visitor(replace(person(1), document=Document.RESIDENT_ID, proof=Proof.GENUINE))
"""On a reader that cannot tell when a card is taken."""


class Outcome:
    """Runs a flow that answers something, and keeps the answer."""

    def __init__(self) -> None:
        self.answer: object = None

    async def keep(self, flow: Awaitable[object]) -> None:
        self.answer = await flow


def run(flow: Awaitable[object], *script: Turn) -> tuple[object, list[object]]:
    outcome = Outcome()
    visit: Visit = outcome.keep(flow)
    pages = play(visit, *script)
    return outcome.answer, list(pages)


def test_the_number_on_the_phone_and_a_yes_bind_it(office: Office, hall: FarPeople, holder: Visitor) -> None:
    done, pages = run(bind(office.desk(), holder), (Bind, "4821"), (Confirm, Confirmed()), (Notice, "go-on"))
    assert done is True
    (shown,) = [page for page in pages if isinstance(page, Bind)]
    assert (shown.code, shown.holder) == (URL, "王*明")
    (confirm,) = [page for page in pages if isinstance(page, Confirm)]
    assert "微信 小*" in confirm.lead.zh
    ((nonce, phone),) = hall.said("confirm")
    (begun,) = hall.said("begin")
    assert (phone, nonce) == (PHONE, begun[2])
    assert len(nonce) == 16


def test_every_visit_has_a_nonce_of_its_own(office: Office, hall: FarPeople, holder: Visitor) -> None:
    for _ in range(2):
        hall.compared, hall.bound = [MATCHED], [DONE]
        run(bind(office.desk(), holder), (Bind, "4821"), (Confirm, Confirmed()), (Notice, None))
    first, second = (nonce for nonce, _ in hall.said("confirm"))
    assert first != second


def test_no_number_is_on_the_screen_that_could_be_copied(office: Office, hall: FarPeople, holder: Visitor) -> None:
    _, pages = run(bind(office.desk(), holder), (Bind, "skip"))
    (shown,) = pages
    assert "4821" not in repr(shown)
    assert URL not in repr(shown)


def test_a_wrong_number_asks_again_with_the_same_code_and_a_second_voids_it(
    office: Office, hall: FarPeople, holder: Visitor
) -> None:
    hall.compared = [WRONG, void("wrong-number")]
    done, pages = run(bind(office.desk(), holder), (Bind, "0000"), (Bind, "1111"), (Bind, "skip"))
    assert done is False
    problems = [page.problem for page in pages if isinstance(page, Bind)]
    assert problems == [None, words.WRONG_DIGITS, words.BIND_WHY["wrong-number"]]
    assert len(hall.said("begin")) == 2
    assert hall.said("confirm") == []


@pytest.mark.parametrize("why", ["second-scan", "another-name", "refused", "expired", "something-new"])
def test_a_void_code_is_replaced_and_says_why(office: Office, hall: FarPeople, holder: Visitor, why: str) -> None:
    hall.compared = [void(why)]
    done, pages = run(bind(office.desk(), holder), (Bind, "4821"), (Bind, Nav.BACK))
    assert done is False
    last = pages[-1]
    assert isinstance(last, Bind)
    assert last.problem == words.BIND_WHY.get(why, words.ANOTHER_CODE)
    assert len(hall.said("begin")) == 2


def test_a_number_before_any_scan_keeps_the_code(office: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.compared = [WAITING, MATCHED]
    done, _ = run(
        bind(office.desk(), holder), (Bind, "4821"), (Bind, "4821"), (Confirm, Confirmed()), (Notice, "go-on")
    )
    assert done is True
    assert len(hall.said("begin")) == 1


def test_an_old_code_is_replaced_once_by_itself_and_then_nobody_is_there(
    office: Office, hall: FarPeople, holder: Visitor
) -> None:
    with pytest.raises(WalkedAway):
        run(bind(office.desk(), holder), (Bind, "expired"), (Bind, "expired"))
    assert len(hall.said("begin")) == 2


def test_who_types_between_two_old_codes_is_there(office: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.compared = [WAITING, WAITING]
    run(
        bind(office.desk(), holder),
        *((Bind, "expired"), (Bind, "1234"), (Bind, "expired"), (Bind, "1234"), (Bind, "expired"), (Bind, "skip")),
    )
    assert len(hall.said("begin")) == 4


def test_codes_do_not_come_without_end(office: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.compared = [void("refused") for _ in range(MOST_CODES)]
    done, _ = run(bind(office.desk(), holder), *[(Bind, "1234")] * MOST_CODES)
    assert done is False


def test_an_id_card_beside_the_social_card_that_lies_inside_is_looked_at_again(office: Office, hall: FarPeople) -> None:
    both = replace(ID, watched=True, inside=Document.SOCIAL_CARD)
    done, _ = run(
        bind(office.desk(), both), (Bind, "4821"), (Confirm, Confirmed()), (LayAgain, ID.holder), (Notice, "go-on")
    )
    assert done is True


def test_a_no_to_the_phone_s_name_binds_nothing(office: Office, hall: FarPeople, holder: Visitor) -> None:
    done, _ = run(bind(office.desk(), holder), (Bind, "4821"), (Confirm, Nav.BACK))
    assert done is False
    assert hall.said("confirm") == []


def test_who_takes_the_card_away_before_the_yes_binds_nothing(office: Office, hall: FarPeople, holder: Visitor) -> None:
    with pytest.raises(CardPulled):
        run(bind(office.desk(), holder), (Bind, "4821"), (Confirm, CardPulled()))
    assert hall.said("confirm") == []


def test_an_id_card_is_laid_down_once_more_before_the_yes(office: Office, hall: FarPeople) -> None:
    done, _ = run(
        bind(office.desk(), ID), (Bind, "4821"), (Confirm, Confirmed()), (LayAgain, ID.holder), (Notice, "go-on")
    )
    assert done is True


def test_another_person_s_card_gives_no_yes(office: Office, hall: FarPeople) -> None:
    other = replace(person(2), document=Document.RESIDENT_ID, proof=Proof.GENUINE)
    done, pages = run(
        bind(office.desk(), ID),
        (Bind, "4821"),
        (Confirm, Confirmed()),
        (LayAgain, other),
        (LayAgain, Fault.CARD_SILENT),
        (LayAgain, person(1)),  # the same number, on a card that anybody can write
        (LayAgain, Nav.BACK),
    )
    assert done is False
    problems = [page.problem for page in pages if isinstance(page, LayAgain)]
    assert problems == [None, words.NOT_YOURS, words.NOT_READ, words.NOT_YOURS]
    assert hall.said("confirm") == []


@pytest.mark.parametrize("why", ["another-name", "another-phone", "replayed", "expired"])
def test_what_the_hall_refuses_is_said_in_plain_words(
    office: Office, hall: FarPeople, holder: Visitor, why: str
) -> None:
    hall.bound = [Bound(done=False, counts_from=None, why=why)]
    done, pages = run(bind(office.desk(), holder), (Bind, "4821"), (Confirm, Confirmed()), (Notice, "go-on"))
    assert done is False
    last = pages[-1]
    assert isinstance(last, Notice)
    assert last.lead == words.REFUSED_WHY[why]


def test_a_new_phone_is_told_that_it_counts_from_tomorrow(office: Office, hall: FarPeople, holder: Visitor) -> None:
    hall.bound = [Bound(done=True, counts_from=NOON + 86_400_000, why="")]
    _, pages = run(bind(office.desk(), holder), (Bind, "4821"), (Confirm, Confirmed()), (Notice, "go-on"))
    last = pages[-1]
    assert isinstance(last, Notice)
    assert last.lead == words.BOUND_LATER


def test_offline_nothing_can_be_bound_and_it_is_said(office: Office, hall: FarPeople, holder: Visitor) -> None:
    desk = office.desk()
    hall.away = True
    desk.people._known.account = ACCOUNT
    done, pages = run(bind(desk, holder), (Notice, "go-on"))
    assert done is False
    last = pages[-1]
    assert isinstance(last, Notice)
    assert last.code == "N101"


def test_the_bound_phone_lifts_an_id_card_to_the_strongest_proof(office: Office, hall: FarPeople) -> None:
    proven, _ = run(prove(office.desk(), ID), (Bind, "4821"))
    assert isinstance(proven, Visitor)
    assert proven.level.word == "strong"
    (begun,) = hall.said("begin")
    assert begun[1] == "prove"


@pytest.mark.parametrize("why", ["not-bound", "another-phone"])
def test_a_phone_that_is_not_the_bound_one_proves_nothing(office: Office, hall: FarPeople, why: str) -> None:
    hall.bound = [Bound(done=False, counts_from=None, why=why)]
    proven, pages = run(prove(office.desk(), ID), (Bind, "4821"), (Notice, "go-on"))
    assert proven is None
    last = pages[-1]
    assert isinstance(last, Notice)
    assert last.lead == words.REFUSED_WHY[why]
