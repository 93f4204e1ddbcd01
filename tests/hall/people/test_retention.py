"""How long the hall knows who somebody was."""

from __future__ import annotations

from sqlalchemy import func, select

from hall.people.models import Account, AccountName, DataRead
from hall.tickets import Ticket
from tests.hall.conftest import Counter
from tests.hall.people.registering import WANG, Kiosk, account_id, accounts, did


def later(counter: Counter, kiosk: Kiosk, days: int) -> None:
    """The next morning after so many days."""
    counter.clock.forward(days=days)
    counter.beat(kiosk.terminal)


def sealed_names(counter: Counter) -> list[str]:
    with counter.hall.store.reading() as session:
        return list(session.scalars(select(AccountName.id).where(AccountName.sealed.is_not(None))))


def linked(counter: Counter) -> list[str | None]:
    with counter.hall.store.reading() as session:
        return list(session.scalars(select(Ticket.account)))


def test_openings_are_erased_after_seven_days_and_the_account_keeps_its_person(counter: Counter, east: Kiosk) -> None:
    counter.beat(east.terminal)
    east.send(east.opened("E2"), east.opened("E3"), east.ticket("E3"))
    later(counter, east, 7)
    assert sealed_names(counter) == [account_id("E2"), account_id("E3")]
    later(counter, east, 1)
    assert sealed_names(counter) == []
    (account,) = accounts(counter)
    assert account.sealed is not None
    assert linked(counter) == [account.id]
    assert east.asks("account")["account"] == account.id


def test_what_staff_have_still_to_settle_is_kept_until_they_did(counter: Counter, east: Kiosk) -> None:
    counter.beat(east.terminal)
    east.send(east.opened("E2"), east.opened("E3", WANG.but(name="王大明")), east.opened("E4"))
    later(counter, east, 8)
    assert sealed_names(counter) == [account_id("E2"), account_id("E3")]  # the two that differ
    east.send(east.closed("E2"))
    assert sealed_names(counter) == []


def test_an_account_that_nobody_used_for_two_years_is_erased(counter: Counter, east: Kiosk, west: Kiosk) -> None:
    other = WANG.but(number="990000195103070178")
    east.send(east.opened("E2"), east.opened("E3", other), east.ticket("E3", other))
    later(counter, east, 729)
    west.asks("account", other)  # asking is using
    later(counter, east, 2)
    with counter.hall.store.reading() as session:
        gone, kept = (session.get_one(Account, account_id(each)) for each in ("E2", "E3"))
    assert (gone.subject, gone.sealed, gone.masked) == (None, None, "")
    assert gone.closed is not None
    assert (kept.closed, kept.masked) == (None, "王*明")
    assert did(counter, "accounts_expired") == 1


def test_the_trail_and_what_somebody_came_for_are_forgotten_after_a_year(counter: Counter, east: Kiosk) -> None:
    east.send(east.opened("E2"), east.ticket("E2"))
    later(counter, east, 364)
    with counter.hall.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(DataRead)) == 2
    assert linked(counter) == [account_id("E2")]
    later(counter, east, 2)
    with counter.hall.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(DataRead)) == 0
    assert linked(counter) == [None]
    assert east.asks("account")["account"] == account_id("E2")
