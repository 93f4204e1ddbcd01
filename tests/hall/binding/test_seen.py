"""Whoever's phone a masked name or a masked phone stands on is in the trail of whose it is."""

from __future__ import annotations

from sqlalchemy import select

from hall.binding.models import BindTry
from hall.people.models import DataRead
from tests.hall.binding.stage import Stage, Visit, somebody


def seen(stage: Stage, visit: Visit) -> list[tuple[str, str, str]]:
    """What phones saw of whose document lies there, the oldest first: which, what, why."""
    with stage.hall.store.reading() as session:
        account = session.get_one(BindTry, visit.bind).account
        rows = session.scalars(
            select(DataRead).where(DataRead.account == account, DataRead.who_kind == "phone").order_by(DataRead.id)
        )
        return [(row.who, row.what, row.why) for row in rows]


def test_a_phone_that_is_shown_the_masked_holder_is_named_to_them_once_however_often_it_asks(stage: Stage) -> None:
    visit = stage.visit().begin()
    phone = stage.phone(visit.person)
    assert "王*明" in phone.open(visit.url).text
    for _ in range(3):
        assert "王*明" in phone.get("/phone/bind").text
    assert seen(stage, visit) == [("江**步", "name", "binding")]


def test_a_bystanders_phone_is_named_to_the_holder_too_and_so_is_one_that_says_not_which_it_is(stage: Stage) -> None:
    visit = stage.visit().begin()
    stranger = stage.phone(somebody("李四"), nickname="路边的人")
    stranger.get(visit.url.partition("8443")[2])
    assert "王*明" in stranger.get("/phone/bind").text  # not gone to its channel yet
    assert seen(stage, visit) == [("", "name", "binding")]
    again = stage.visit(visit.person, visit.terminal).begin()
    stranger = stage.phone(somebody("李四"), nickname="路边的人")
    assert "王*明" in stranger.open(again.url).text
    assert seen(stage, again)[1:] == [("路**人", "name", "binding")]


def test_a_code_that_is_over_shows_nobodys_name_and_leaves_no_row(stage: Stage) -> None:
    visit, phone = stage.bound()
    before = seen(stage, visit)
    assert "王*明" not in phone.get("/phone/bind").text
    assert seen(stage, visit) == before


def test_a_proof_by_phone_is_seen_as_a_binding_is(stage: Stage) -> None:
    visit, phone = stage.bound()
    proving = stage.visit(visit.person, visit.terminal).begin("prove")
    assert "王*明" in phone.open(proving.url).text
    assert seen(stage, proving) == [("江**步", "name", "binding")] * 2


def test_who_opens_the_link_that_stops_a_phone_is_seen_while_it_shows_one(stage: Stage) -> None:
    visit, phone = stage.bound()
    link = next(each.url for each in phone.messages() if "/phone/object/" in each.url)
    before = seen(stage, visit)
    page = phone.open(link)
    assert "江**步" in page.text
    assert seen(stage, visit)[len(before) :] == [("", "bindings", "objection")]
    phone.post(link.partition("8443")[2])
    assert "江**步" not in phone.open(link).text
    assert len(seen(stage, visit)) == len(before) + 1
