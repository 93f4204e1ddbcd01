"""One person is one account, whichever kiosk is heard first; what differs is listed and nothing is dropped."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from hall.binding import answers, bindings, tries
from hall.binding.models import Binding, BindTry
from hall.channels import PhoneAccount
from hall.models import Kiosk as Machine
from hall.oidc.models import DepartmentClient, DepartmentConsent
from hall.people import reading
from hall.people.models import AccountConflict, DataRead
from hall.tickets import Ticket
from tests.hall.conftest import Counter, issued
from tests.hall.people.registering import (
    PASSENGER,
    WANG,
    Kiosk,
    Somebody,
    account_id,
    accounts,
    conflicts,
    did,
    names,
    number,
    reads,
)


def tickets(counter: Counter) -> list[str | None]:
    """The account of each ticket."""
    with counter.hall.store.reading() as session:
        return list(session.scalars(select(Ticket.account).order_by(Ticket.kiosk, Ticket.seq)))


@pytest.mark.parametrize("first", ["east", "west"])
def test_a_person_registered_at_two_kiosks_out_of_touch_has_one_account(
    counter: Counter, east: Kiosk, west: Kiosk, first: str
) -> None:
    now = counter.clock.ms
    told = {
        "east": (east, east.opened("E2", at=now, notice=2), east.ticket("E2")),
        "west": (west, west.opened("W2", at=now - 5_000, language="en"), west.ticket("W2")),
    }
    for side in sorted(told, key=lambda name: name != first):
        kiosk, *events = told[side]
        assert kiosk.send(*events) == []
    (account,) = accounts(counter)
    assert account.id == account_id("E2" if first == "east" else "W2")
    assert (account.opened, account.language, account.notice) == (now - 5_000, "en", 2)
    assert (account.masked, account.level) == ("王*明", "id-card")
    assert names(counter) == {account_id("E2"): account.id, account_id("W2"): account.id}
    assert tickets(counter) == [account.id, account.id]
    assert conflicts(counter) == []


@pytest.mark.parametrize("first", ["east", "west"])
def test_what_two_openings_say_otherwise_is_listed_whichever_is_heard_first(
    counter: Counter, east: Kiosk, west: Kiosk, first: str
) -> None:
    renewed = PASSENGER.but(name="ERIKA MUSTERMANN", birth="1964-08-13", expires="2040-01-31")
    told = {"east": (east, east.opened("E2", PASSENGER)), "west": (west, west.opened("W2", renewed))}
    for side in sorted(told, key=lambda name: name != first):
        kiosk, event = told[side]
        assert kiosk.send(event) == []
    assert len(accounts(counter)) == 1
    assert conflicts(counter) == ["birth", "document-expiry", "name"]
    assert set(names(counter)) == {account_id("E2"), account_id("W2")}


def test_three_openings_list_each_difference_once_in_every_order(counter: Counter, east: Kiosk, west: Kiosk) -> None:
    other = WANG.but(name="王大明")
    east.send(east.opened("E2", other), east.opened("E3"), east.opened("E4"))
    west.send(west.opened("W2", other), west.opened("W3"))
    assert conflicts(counter) == ["name"]
    assert len(accounts(counter)) == 1


def test_documents_of_one_person_meet_in_one_account_and_their_ends_are_not_compared(
    counter: Counter, east: Kiosk, west: Kiosk
) -> None:
    card = WANG.but(document="social-card", level="social-card", expires="2027-01-01")
    east.send(east.opened("E2", card))
    assert [account.level for account in accounts(counter)] == ["social-card"]
    west.send(west.opened("W2"))
    assert [account.level for account in accounts(counter)] == ["id-card"]
    assert conflicts(counter) == []
    west.send(west.opened("W3", WANG.but(expires="2041-03-07")))  # the same kind of document, renewed
    assert conflicts(counter) == ["document-expiry"]


def test_a_difference_names_the_two_openings_that_differ(counter: Counter, east: Kiosk, west: Kiosk) -> None:
    card = WANG.but(document="social-card", level="social-card", expires="2027-01-01")
    east.send(east.opened("E2"))
    west.send(west.opened("W2", card), west.opened("W3", card.but(expires="2028-01-01")))
    east.send(east.opened("E3", WANG.but(expires="2041-03-07")))
    with counter.hall.store.reading() as session:
        rows = session.scalars(select(AccountConflict).order_by(AccountConflict.id)).all()
    assert [(row.what, row.other, row.name) for row in rows] == [
        ("document-expiry", account_id("W2"), account_id("W3")),
        ("document-expiry", account_id("E2"), account_id("E3")),
    ]


def test_what_a_later_opening_knows_more_is_kept_in_the_account_and_differs_in_nothing(
    counter: Counter, east: Kiosk, west: Kiosk
) -> None:
    card = WANG.but(document="social-card", level="social-card", birth="", expires="")
    east.send(east.opened("E2", card))
    west.send(west.opened("W2", WANG.but(expires="2026-04-01")), west.opened("W3", card.but(expires="2026-05-01")))
    west.send(west.opened("W4", WANG.but(name="王大明", document="residence-permit", expires="2026-06-01")))
    assert conflicts(counter) == ["name"]
    (account,) = accounts(counter)
    person = reading.kept(account, counter.hall.keys.seal)
    assert (person.name, person.document, person.birth) == (WANG.name, "social-card", WANG.birth)
    assert person.ends == {"social-card": "2026-05-01", "resident-id": "2026-04-01"}
    said = east.asks("me")["page"]["expiring"]
    assert sorted((each["what"]["en"], each["until"]) for each in said) == [
        ("ID card", "2026-04-01"),
        ("Social security card", "2026-05-01"),
    ]


def test_the_same_passport_number_of_two_states_is_two_persons(counter: Counter, east: Kiosk) -> None:
    other = PASSENGER.but(state="FRA", name="MARIE MODELE")
    assert east.send(east.opened("E2", PASSENGER), east.opened("E3", other)) == []
    assert len(accounts(counter)) == 2


def test_an_opening_twice_in_one_batch_and_again_makes_one_account(counter: Counter, east: Kiosk) -> None:
    events = east.opened("E2"), east.opened("E3"), east.ticket("E3")
    assert east.send(*events) == east.send(*events) == []
    assert len(accounts(counter)) == 1
    assert tickets(counter) == [account_id("E2")]


def test_nothing_of_a_person_lies_in_the_tables_in_the_clear(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"), east.ticket("E2"))
    whole = counter.hall.settings.database
    data = b"".join(path.read_bytes() for path in whole.parent.glob("hall.sqlite*"))
    for secret in (WANG.name, WANG.number, WANG.birth, WANG.expires, counter.hall.keys.people):
        assert (secret if isinstance(secret, bytes) else secret.encode()) not in data


@pytest.mark.parametrize(
    ("somebody", "changed", "why"),
    [
        (WANG.but(level="strong"), {}, "body: value_error"),
        (WANG.but(level="social-card"), {}, "body: value_error"),
        (WANG.but(document="social-card", level="id-card"), {}, "body: value_error"),
        (WANG.but(document="social-card", level="phone"), {}, "body: value_error"),
        (PASSENGER.but(level="id-card"), {}, "body: value_error"),
        (PASSENGER.but(level="typed"), {}, "body: value_error"),
        (WANG.but(document="library-card"), {}, "body: literal_error document"),
        (WANG, {"document": "residence-permit"}, "other than the sealed one"),
        (WANG, {"notice": 0}, "body: greater_than_equal notice"),
        (WANG, {"id": "a" * 16}, "body: string_pattern_mismatch id"),
        (WANG, {"id": account_id("E7")}, "not a person sealed"),
        (WANG, {"more": 1}, "body: extra_forbidden"),
        (WANG.but(number=number(2)[:-1] + "5"), {}, "not a person sealed"),
        (WANG.but(number="99000019510307002"), {}, "not a person sealed"),
        (WANG.but(state="CHN"), {}, "not a person sealed"),
        (WANG.but(name=""), {}, "not a person sealed"),
        (WANG.but(name="王\x1b[2J"), {}, "not a person sealed"),
        (WANG.but(birth="1951-02-30"), {}, "not a person sealed"),
        (WANG.but(birth="1951-03-08"), {}, "not a person sealed"),
        (WANG.but(document="social-card", level="social-card", birth="1940-01-01"), {}, "not a person sealed"),
        (WANG.but(expires="for ever"), {}, "not a person sealed"),
        (PASSENGER.but(state=""), {}, "not a person sealed"),
        (PASSENGER.but(number="C01X00T47C01X00T4"), {}, "not a person sealed"),
    ],
)
def test_an_opening_that_breaks_a_rule_is_parked_and_leaves_nothing(
    counter: Counter, east: Kiosk, somebody: Somebody, changed: dict[str, Any], why: str
) -> None:
    assert why in east.refused(east.opened("E2", somebody, **changed))
    assert (list(accounts(counter)), names(counter), conflicts(counter), reads(counter)) == ([], {}, [], [])


def test_an_opening_that_nothing_is_sealed_in_is_parked(counter: Counter, east: Kiosk) -> None:
    body = {"id": account_id("E2"), "person": None, "document": "resident-id", "level": "id-card", "notice": 1}
    bare = east.terminal.event("account.opened", body | {"language": "en"}, counter.clock.ms)
    assert "not a person sealed" in east.refused(bare)


def test_an_id_opens_one_account(counter: Counter, east: Kiosk, west: Kiosk) -> None:
    east.send(east.opened("E2"))
    assert "already there" in west.refused(west.opened("E2", WANG.but(number=number(4))))
    assert "already there" in west.refused(west.opened("E2"))
    assert len(accounts(counter)) == 1


def test_a_ticket_whose_account_is_not_there_is_kept_without_one_and_the_trail_says_so(
    counter: Counter, east: Kiosk
) -> None:
    assert east.send(east.ticket("E2"), east.opened("E3", WANG.but(level="strong")), east.ticket("E3")) == [2]
    assert tickets(counter) == [None, None]
    assert did(counter, "unlinked") == 2


def test_a_ticket_of_somebody_else_is_on_nobodys_page_and_its_holder_sees_that_it_was_looked_at(
    counter: Counter, east: Kiosk, west: Kiosk
) -> None:
    li = WANG.but(name="李四", number=number(4))
    east.send(east.opened("E2"), east.opened("E3", li), east.opened("E4", PASSENGER))
    west.send(west.ticket("E2", li), west.ticket("E3", li), west.ticket("E2", PASSENGER))
    west.send(west.ticket("E4", PASSENGER), west.ticket("E4", PASSENGER.but(number="C01X00T48")), west.ticket())
    assert tickets(counter) == [None, account_id("E3"), None, account_id("E4"), None, None]
    assert did(counter, "unlinked") == 3
    with counter.hall.store.reading() as session:
        linked = session.scalars(select(DataRead).where(DataRead.why == "ticket-linked").order_by(DataRead.id)).all()
    assert [row.account for row in linked] == [account_id("E3"), account_id("E3"), account_id("E4")]
    assert {(row.who_kind, row.what) for row in linked} == {("hall", "name,number,document")}


def test_a_ticket_that_seals_nothing_has_no_account(counter: Counter, east: Kiosk) -> None:
    bare = issued("T2", f"{east.terminal.number}-A001", level="id-card", account=account_id("E2"))
    event = east.terminal.event("ticket.issued", bare, counter.clock.ms)
    assert east.send(event, east.opened("E2")) == []
    again = bare | {"id": account_id("T3"), "number": f"{east.terminal.number}-A002"}
    assert east.send(east.terminal.event("ticket.issued", again, counter.clock.ms)) == []
    assert tickets(counter) == [None, None]
    assert did(counter, "unlinked") == 2


def test_an_account_that_is_given_up_is_nobodys_and_who_comes_back_is_somebody_new(
    counter: Counter, east: Kiosk, west: Kiosk
) -> None:
    opening = east.opened("E2")
    east.send(opening, east.ticket("E2"))
    west.send(west.opened("W2", WANG.but(name="王小民")))
    west.send(west.closed("W2"))  # by its other name
    (closed,) = accounts(counter)
    assert (closed.subject, closed.sealed, closed.masked, closed.closed) == (None, None, "", counter.clock.ms)
    assert tickets(counter) == [None]
    assert east.send(east.closed("E2"), east.ticket("E2"), east.opened("E3"), east.ticket("E3")) == []
    old, new = accounts(counter)
    assert (old.id, new.id, new.closed) == (account_id("E2"), account_id("E3"), None)
    assert tickets(counter) == [None, None, new.id]
    assert "not there" in east.refused(east.closed("X7"))
    assert east.send(opening) == [7]  # acknowledged again, though its bytes are gone


def test_what_opened_a_closed_account_is_erased_from_the_chain_even_within_one_batch(
    counter: Counter, east: Kiosk
) -> None:
    first, second = east.opened("E2"), east.opened("E3")
    east.send(first)
    east.send(second, east.closed("E3"))
    whole = counter.hall.settings.database
    with counter.hall.store.reading() as session:
        session.connection().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    data = b"".join(path.read_bytes() for path in whole.parent.glob("hall.sqlite*"))
    for event in (first, second):
        assert event[-60:] not in data


def test_a_code_on_a_screen_binds_nothing_to_an_account_that_is_given_up(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"))
    nonce, now = bytes(16), counter.clock.ms
    with counter.hall.store.writing() as session:
        kiosk = session.get_one(Machine, east.terminal.id)
        one, _ = tries.begin(session, kiosk, account_id("E2"), "bind", nonce, now)
        assert tries.scanned(session, one, b"door", now)
        tries.arrived(session, one, PhoneAccount("wechat", "o7", "微*"), now)
        one.state, one.vouched = tries.State.MATCHED, True
        phone = answers.phone_of(one)
    east.send(east.closed("E2"))
    with counter.hall.store.writing() as session:
        kiosk = session.get_one(Machine, east.terminal.id)
        assert not answers.confirm(session, kiosk, one.id, nonce, phone, now).done
        over = session.get_one(BindTry, one.id)
        assert (over.state, over.why, over.openid, over.shown) == ("void", "expired", None, "")
        assert session.scalars(select(Binding)).all() == []


def test_an_account_that_is_given_up_has_no_phone_and_no_department_any_more(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"), east.opened("E3", WANG.but(number=number(4))))
    now = counter.clock.ms
    with counter.hall.store.writing() as session:
        session.add(
            DepartmentClient(
                id="housing-fund",
                name_zh="",
                name_en="",
                purpose_zh="",
                purpose_en="",
                secret=b"",
                redirects=[],
                scopes=[],
                added=now,
            )
        )
        for nth, account in enumerate((account_id("E2"), account_id("E3"))):
            session.add(
                Binding(
                    id=account,
                    account=account,
                    channel="wechat",
                    openid=account,
                    shown="微*",
                    since=now,
                    counts_from=now,
                    objection=bytes([nth]) * 32,
                )
            )
            session.add(DepartmentConsent(account=account, client="housing-fund", scopes="openid name", at=now))
    east.send(east.closed("E2"))
    with counter.hall.store.reading() as session:
        assert bindings.of(session, account_id("E2")) == []
        assert len(bindings.of(session, account_id("E3"))) == 1
        assert list(session.scalars(select(DepartmentConsent.account))) == [account_id("E3")]
