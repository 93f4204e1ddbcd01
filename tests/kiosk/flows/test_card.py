"""A document was read: whoever is named on it, and however, leaves with a slip."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import pytest

from kiosk.flows import card
from kiosk.steps import Cancelled, WalkedAway, WentHome
from kiosk.visitor import Visitor
from offline_cache.envelope import decode
from screens.pages import Chosen, Confirmed, Guide, Home, Nav, Notice, Open, Review, ScanCode, Services, TakeTicket
from screens.words import Words
from tests.kiosk.flows.test_ticket import TAKEN, take
from tests.kiosk.office import Office, person
from tests.kiosk.play import play

NAMES = {
    "ESC/POS: reset and cut": "\x1b@王\x1dV\x00小明",
    "ESC/POS in front": "\x1b@\x1d(k王小明",
    "DLE EOT": "\x10\x04\x01王小明",
    "500 characters": "王" * 500,
    "500 Latin letters": "W" * 250 + " " + "X" * 250,
    "one Latin word": "MADONNA",
    "Latin": "WANG XIAOMING",
    "CJK extension B": "𠀀𠮷𪚥",
    "private use": "\ue863小明",
    "right to left": "محمد علي حسن",
    "turned round": "\u202e王小明\u202c",
    "combining marks": "王" + "\u0301" * 60 + "明",
    "a dot between": "阿迪力·买买提",
    "emoji": "👨‍👩‍👧‍👦王",
    "one character": "王",
    "blanks": "   ",
    "nothing": "",
    "markup": "<b>王</b>小明",
    "placeholders": "{number} %s",
    "line breaks": "王\r\n小\n明",
}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_every_name_gets_a_slip_and_never_a_command_to_the_printer(office: Office, name: str) -> None:
    pages = play(card.visit(office.desk(), Visitor(person(1, name), watched=True)), *take("pension"))
    assert office.counts().printed == 1
    (slip,) = office.paper.papers()
    assert slip.height > 400
    assert office.paper.errors == []
    shown = [page.name for page in pages if isinstance(page, Home)] + [
        page.holder for page in pages if isinstance(page, Review)
    ]
    for masked in shown:
        assert len(masked) <= 26
        assert not any(unicodedata.category(sign) in ("Cc", "Cf") for sign in masked)
        assert name.strip() == "" or name.strip() not in masked


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_no_event_carries_a_name_in_the_clear(office: Office, name: str) -> None:
    visitor = Visitor(person(1, name), watched=True)
    assert visitor.holder is not None
    office.desk().record(visitor, ("pension",), None)
    (data,) = office.outbox.batch()
    event = decode(data)
    assert event.sealed is not None
    assert visitor.holder.number.encode() not in data
    assert len(name) < 3 or name.encode("utf-8") not in data


def test_what_the_hall_found_out_is_told_first_and_once(office: Office, holder: Visitor) -> None:
    mine = office.desk().bookings.person(holder)
    assert mine is not None
    office.told[mine] = Words("A001 和 A007 是同一件事，留下 A001。", "A001 stays.")
    pages = play(card.visit(office.desk(), holder), (Notice, "go-on"), *take("pension"))
    notice = pages[0]
    assert isinstance(notice, Notice)
    assert notice.lead.zh.startswith("A001 和 A007")


def test_who_leaves_at_the_notice_has_left(office: Office, holder: Visitor) -> None:
    mine = office.desk().bookings.person(holder)
    assert mine is not None
    office.told[mine] = Words("一句话", "A word")
    with pytest.raises(Cancelled):
        play(card.visit(office.desk(), holder), (Notice, Cancelled()))


def test_a_notice_nobody_answers_goes_on_by_itself(office: Office, holder: Visitor) -> None:
    mine = office.desk().bookings.person(holder)
    assert mine is not None
    office.told[mine] = Words("一句话", "A word")
    with pytest.raises(WalkedAway):
        play(card.visit(office.desk(), holder), (Notice, None), (Home, WalkedAway()))


@pytest.mark.parametrize("tab", ["stage", "department"])
def test_the_catalogue_opens_where_the_first_page_was_pressed(office: Office, holder: Visitor, tab: str) -> None:
    def look(page: Services) -> Chosen:
        assert page.tab == tab
        return Chosen(("pension",))

    play(card.visit(office.desk(), holder), (Home, tab), (Services, look), (Review, Confirmed()), *TAKEN)


def test_what_age_suggests_is_one_press_from_the_review(office: Office, holder: Visitor) -> None:
    def look(page: Home) -> str:
        assert [choice.key for choice in page.suggested] == ["pension"]
        return "pension"

    play(card.visit(office.desk(), holder), (Home, look), (Review, Nav.BACK), (Home, "pension"), *take("")[2:])


def test_home_is_always_one_key_away(office: Office, holder: Visitor) -> None:
    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            (Home, "services"),
            (Services, WentHome()),
            (Home, "services"),
            (Services, Chosen(("pension",))),
            (Review, WentHome()),
            (Home, "scan"),
            (ScanCode, WentHome()),
            (Home, Cancelled()),
        )
    assert office.counts().recorded == 0


def test_home_from_a_guide_leads_home(office: Office, holder: Visitor) -> None:
    from screens.pages import About

    with pytest.raises(Cancelled):
        play(
            card.visit(office.desk(), holder),
            (Home, "pension"),
            (Review, About("pension")),
            (Guide, WentHome()),
            (Home, Cancelled()),
        )


def test_offline_what_works_is_offered_and_nothing_is_said_about_the_line(office: Office, holder: Visitor) -> None:
    office.machine = replace(office.machine, online=False)

    def look(page: Services) -> Chosen:
        states = {matter.id: matter.open for matter in page.matters}
        assert states["online-only"] is Open.CLOSED
        assert states["pension"] is Open.OFFLINE
        return Chosen(("pension",))

    pages = play(card.visit(office.desk(), holder), (Home, "services"), (Services, look), (Review, Confirmed()), *TAKEN)
    last = pages[-1]
    assert isinstance(last, TakeTicket)
    assert last.wait is None


def test_offline_the_same_person_is_known_again(office: Office, holder: Visitor) -> None:
    office.machine = replace(office.machine, online=False)
    play(card.visit(office.desk(), holder), *take("pension"))
    office.restart()
    assert office.desk().held(holder, ("pension",)) is not None


def test_when_the_lease_is_used_up_the_number_is_the_kiosk_s_own(office: Office) -> None:
    for serial in range(20):
        office.desk().record(Visitor(person(100 + serial)), ("pension",), None)
    pages = play(card.visit(office.desk(), Visitor(person(1), watched=True)), *take("pension"))
    last = pages[-1]
    assert isinstance(last, TakeTicket)
    assert last.number == "03-A001"
