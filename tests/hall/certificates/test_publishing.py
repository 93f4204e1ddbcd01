"""The lists as verifiers see them: whole, signed by the right keys, newer with every change and never older."""

from __future__ import annotations

import hashlib

import pytest

from certificates import verify
from certificates.keys import point
from hall.certificates import publishing, roots
from hall.certificates.models import ListDocument
from tests.hall.certificates.machine import HOST, TEMPLATES, Machine, Verifier
from tests.hall.conftest import Counter


def test_without_a_root_nothing_is_published(counter: Counter) -> None:
    for path in ("index", "templates", "status/0", "keys/0", "root/1", "cut/00000000"):
        assert counter.client.request("GET", f"/lists/{path}").status_code == 404
    assert counter.beat(counter.enrol())["index"] == 0


def test_a_root_that_is_installed_opens_the_lists_without_a_restart(counter: Counter, verifier: Verifier) -> None:
    lists = verifier.lists()
    assert lists.index.version == 1
    assert lists.index.host == HOST
    assert lists.index.next - lists.index.iat == 24 * 3600
    for template in TEMPLATES.values():
        assert lists.template(template.type, template.version) == template
    assert [lists.status(index) for index in (0, 2**20, 2**21)] == [False, False, None]  # one list ahead
    assert counter.beat(counter.enrol())["index"] == 1


def test_a_new_key_is_listed_at_once_and_kiosks_hear_of_it(counter: Counter, verifier: Verifier) -> None:
    verifier.lists()
    machine = Machine(counter, counter.enrol())
    given = machine.register()
    assert given["kid"][0] == hashlib.sha256(machine.terminal.id.encode()).digest()[0]
    assert given["exp"] - given["nbf"] == 30 * 86_400
    key = verifier.lists().key(given["kid"])
    assert key is not None
    assert (point(key.key), key.kiosk) == (point(machine.key.public()), machine.terminal.id)
    assert counter.beat(machine.terminal)["index"] == 2


def test_a_paper_verifies_with_what_the_hall_publishes(machine: Machine, verifier: Verifier) -> None:
    paper = machine.issue()
    verdict = verify.verify(paper.text, verifier.lists(), HOST, machine.counter.clock.ms // 1000)
    assert verdict.result == "valid", verdict.reason


def test_only_what_changed_is_made_again(machine: Machine, verifier: Verifier) -> None:
    before = dict(verifier.lists().index.named())
    Machine(machine.counter, machine.counter.enrol()).register()
    after = verifier.lists().index.named()
    changed = {name for name in after if after[name] != before.get(name)}
    assert len(changed) == 1
    assert changed.pop().startswith("keys/")


def test_an_index_is_made_again_before_a_quarter_of_its_time_is_over_and_not_sooner(verifier: Verifier) -> None:
    clock = verifier.counter.clock
    first = verifier.lists().index
    clock.forward(hours=5.9)
    assert verifier.lists().index == first
    clock.forward(hours=0.2)
    second = verifier.lists().index
    assert (second.version, second.iat) == (2, clock.ms // 1000)
    assert second.named() == first.named()
    clock.forward(hours=18)
    third = verifier.lists()
    assert third.index.status != first.status  # a status list ends after its index, always


def test_after_the_end_of_its_root_a_hall_publishes_nothing_and_nobody_makes_it_try(
    machine: Machine, verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = machine.counter
    before = counter.client.request("GET", "/lists/index")
    counter.clock.forward(days=10 * 366)
    monkeypatch.setattr(publishing, "publish", _never)
    monkeypatch.setattr(roots, "first", _never)
    assert counter.client.request("GET", "/lists/index").content == before.content
    assert counter.beat(machine.terminal)["index"] == 1
    with counter.hall.store.reading() as session:
        session.delete(session.get_one(ListDocument, publishing.INDEX))
        session.flush()
        assert not publishing.due(session, counter.hall)


def _never(*_: object) -> None:
    raise AssertionError("for nothing")


def test_a_clock_set_back_never_sets_the_index_back(verifier: Verifier) -> None:
    first = verifier.lists().index
    verifier.counter.clock.forward(hours=-3)
    second = verifier.lists().index
    assert (second.version, second.iat) == (first.version + 1, first.iat)


def test_a_browser_that_has_a_document_is_told_that_it_still_holds(verifier: Verifier) -> None:
    ask = verifier.counter.client.request
    for path in ("/lists/index", "/lists/root/1", "/lists/templates"):
        answer = ask("GET", path)
        assert answer.headers["content-type"] == "application/cose"
        assert answer.headers["cache-control"] == "no-cache"
        again = ask("GET", path, headers={"if-none-match": answer.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
