"""What the flows show: masked, in order, and honest about what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from devices.holder import Document, Holder
from kiosk import pages, say
from kiosk.catalogue import checked
from kiosk.day_sheet import Booking
from kiosk.visitor import Visitor
from offline_cache.tickets import Waiting
from screens.pages import Open, Step, Tone, Wait
from screens.words import Words, same
from tests.kiosk.bundle import payload, said, service
from tests.kiosk.office import Office, person

BOOKED = Booking(code=bytes(32), person=None, matters=["online-only"], queue="B", start="11:30", end="12:30")
OURS = Waiting("A001", "A", ("pension",), 0, "2026-11-20", bytes(32), "A" * 16)


def test_home_greets_by_a_masked_name_and_the_document(office: Office, holder: Visitor) -> None:
    home = pages.home(office.desk(), holder, None, None)
    assert (home.name, home.greeting.zh, home.document.zh, home.booked) == ("王*", "中午好", "社保卡", None)
    assert "小明" not in str(home)


def test_a_card_that_nobody_watches_is_not_said_to_lie_in_the_machine(office: Office) -> None:
    home = pages.home(office.desk(), Visitor(person(1), watched=False), None, None)
    assert home.document == same("")


def test_home_offers_the_scanner_only_where_one_is_fitted_and_open_only_where_it_works(
    office: Office, holder: Visitor
) -> None:
    def scan() -> list[Open]:
        return [tile.open for tile in pages.home(office.desk(), holder, None, None).tiles if tile.key == "scan"]

    assert scan() == [Open.YES]
    office.machine = replace(office.machine, lost={"scanner": "S101"})
    assert scan() == [Open.CLOSED]
    office.machine = replace(office.machine, fitted=frozenset({"card"}))
    assert scan() == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (None, say.ALL_MATTERS.zh),
        (Wait(0, 0), say.NO_QUEUE.zh),
        (Wait(6, 18), "前 6 人，约 18 分"),
        (Wait(6, 18, "11:20"), "11:20 时前 6 人"),
        (Wait(0, 0, "11:20"), "11:20 时前 0 人"),
    ],
)
def test_the_line_is_told_as_far_as_it_is_known(office: Office, holder: Visitor, line: Wait | None, words: str) -> None:
    first = pages.home(office.desk(), holder, None, line).tiles[0]
    assert first.line is not None
    assert first.line.zh == words


def test_a_booking_stands_first_and_says_when_and_where(office: Office, holder: Visitor) -> None:
    booked = pages.home(office.desk(), holder, BOOKED, None).booked
    assert booked is not None
    assert (booked.title.zh, booked.when, booked.where.zh) == ("联网事项", "11:30–12:30", "一楼公安窗口 1–8")
    office.machine = replace(office.machine, online=False)
    closed = pages.home(office.desk(), holder, BOOKED, None).booked
    assert closed is not None
    assert closed.open is Open.CLOSED


def test_what_an_age_suggests_is_open_fitting_and_few(office: Office) -> None:
    services = [service(f"s{at}", f"事项{at}", ages=[55, 120], hot=at) for at in range(9)]
    services.append(service("net", "联网", ages=[55, 120], hot=99, offline=False))
    office.machine = replace(office.machine, catalogue=checked(payload(services=services)), online=False)
    home = pages.home(office.desk(), Visitor(person(1, birth="19500101")), None, None)
    assert [choice.key for choice in home.suggested] == ["s8", "s7", "s6"]
    assert all(choice.open is Open.OFFLINE for choice in home.suggested)
    assert pages.home(office.desk(), Visitor(person(1, birth="20000101")), None, None).suggested == ()


def test_a_document_without_a_birth_date_suggests_nothing(office: Office) -> None:
    nobody = Visitor(Holder("王小明", "x", Document.SOCIAL_CARD))
    assert pages.home(office.desk(), nobody, None, None).suggested == ()


def test_an_age_is_counted_in_whole_years() -> None:
    born = Visitor(person(1, birth="19661121"))
    assert born.age(date(2026, 11, 20)) == 59
    assert born.age(date(2026, 11, 21)) == 60
    nobody = Visitor(Holder("王", "x", Document.SOCIAL_CARD))
    assert (nobody.age(date(2026, 11, 20)), Visitor().age(date(2026, 11, 20))) == (None, None)


def test_a_document_is_named_only_where_it_can_still_be_taken() -> None:
    assert Visitor(person(1), watched=True).document == Words("社保卡", "social security card")
    assert Visitor(person(1)).document is None
    assert Visitor(watched=True).document is None


def test_services_begin_with_the_hottest_and_keep_what_was_chosen(office: Office, holder: Visitor) -> None:
    page = pages.services(office.desk(), holder, ("transfer", "gone since"), "stage")
    assert page.matters[0].id == "pension"
    assert (page.chosen, page.tab, page.most) == (("transfer",), "stage", 5)
    assert [tab.id for tab in page.tabs] == ["often", "stage", "department"]


def test_a_review_names_each_paper_once_and_masks_its_holder(office: Office, holder: Visitor) -> None:
    page = pages.review(office.desk(), holder, ("transfer", "pension"), None, Wait(1, 2))
    assert [paper.zh for paper in page.materials] == ["身份证", "社保转移申请表", "养老金领取申请表"]
    assert (page.holder, page.wait) == ("王*明", Wait(1, 2))
    assert pages.review(office.desk(), Visitor(typed="x"), ("pension",), None, None).holder == ""


def test_a_guide_says_whether_it_is_a_sample(office: Office) -> None:
    assert pages.guide(office.desk(), "pension").sample
    real = checked(payload(services=[service("one", "一", source="国办发〔2020〕1 号")]))
    office.machine = replace(office.machine, catalogue=real)
    assert not pages.guide(office.desk(), "one").sample


def test_printing_shows_only_what_is_known_as_done(office: Office, holder: Visitor) -> None:
    steps = pages.printing(office.desk().record(holder, ("pension",), None)).steps
    assert [state for _, state in steps] == [Step.DONE, Step.NOW, Step.LATER]
    assert "A001" in steps[0][0].zh


def test_a_ticket_made_here_can_be_printed_again_and_one_from_elsewhere_cannot(office: Office) -> None:
    ours = pages.have_ticket(office.desk(), OURS)
    theirs = pages.have_ticket(office.desk(), replace(OURS, id=None))
    assert [choice.key for choice in ours.keys] == ["keep", "reprint", "other", "cancel"]
    assert [choice.key for choice in theirs.keys] == ["keep", "other", "cancel"]
    assert (ours.note, theirs.note) == (None, say.HAVE_ELSEWHERE)


def test_a_ticket_outlives_the_window_and_the_matter_it_was_made_for(office: Office, holder: Visitor) -> None:
    """The catalogue may change at noon; the ticket of the morning is still shown."""
    recorded = office.desk().record(holder, ("id-renew",), None)
    fewer = checked(payload(queues=payload()["queues"][:1], services=payload()["services"][:1]))
    office.machine = replace(office.machine, catalogue=fewer)
    held = replace(OURS, queue="B", matters=("id-renew", "pension"))
    page = pages.have_ticket(office.desk(), held)
    assert (page.window, [matter.zh for matter in page.matters]) == (say.WINDOW, ["养老金领取"])
    assert pages.take(office.desk(), recorded, None).window == say.WINDOW


def test_failures_say_their_code(office: Office, holder: Visitor) -> None:
    recorded = office.desk().record(holder, ("pension",), None)
    assert pages.not_recorded("L101").code == "L101"
    assert pages.not_cancelled("L101").code == "L101"
    unsure = pages.unsure(recorded, None)
    assert (unsure.code, unsure.tone) == ("P106", Tone.WARN)
    assert "A001" in unsure.lead.zh


def test_what_the_hall_wants_told_is_a_notice_to_go_on_from() -> None:
    page = pages.told(Words("两个号合成一个。", "Two became one."))
    assert (page.tone, [choice.key for choice in page.keys]) == (Tone.OK, ["go-on"])


def test_words_of_the_hall_are_not_taken_for_placeholders(office: Office, holder: Visitor) -> None:
    braces = checked(payload(services=[service("one", "一") | {"name": said("{number} {0}", "{number}")}]))
    office.machine = replace(office.machine, catalogue=braces)
    assert pages.review(office.desk(), holder, ("one",), None, None).matters[0].name.zh == "{number} {0}"
