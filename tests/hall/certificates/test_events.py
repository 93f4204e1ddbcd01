"""The registry learns of a paper only when the paper itself agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from certificates.keys import FileKey
from hall.certificates.models import Certificate, CertificateCopy
from hall.models import AppliedEvent
from tests.hall.certificates.machine import NAME, NUMBER, Machine, Paper
from tests.hall.conftest import Counter


def registered(counter: Counter) -> dict[tuple[str, int], str | None]:
    """Every copy and its outcome."""
    with counter.hall.store.reading() as session:
        rows = session.scalars(select(CertificateCopy))
        return {(row.certificate, row.copy): row.outcome for row in rows}


def refused(machine: Machine, event: bytes) -> str:
    """Why the hall parked ``event``."""
    seq = machine.terminal.seq
    assert machine.send(event)["parked"][-1:] == [seq]
    with machine.counter.hall.store.reading() as session:
        return str(session.get_one(AppliedEvent, (machine.terminal.id, 1, seq)).parked)


def test_a_certificate_is_registered_with_every_copy_and_its_outcome(machine: Machine) -> None:
    one, other = machine.sign(), machine.sign("no-property")
    second = machine.copied(one)
    ack = machine.send(
        machine.issued(one),
        machine.settled(one, "uncertain", fault="P108"),
        machine.issued(other),
        machine.reprinted(second),
        machine.settled(one, "printed", copy=2),
    )
    assert ack["parked"] == []
    assert registered(machine.counter) == {
        (one.id, 1): "uncertain",
        (one.id, 2): "printed",
        (other.id, 1): None,
    }
    third = machine.copied(one, 3)
    assert machine.send(machine.reprinted(third), machine.settled(one, "void", copy=3))["parked"] == []
    assert registered(machine.counter)[one.id, 3] == "void"


def test_the_same_events_again_change_nothing(machine: Machine) -> None:
    paper = machine.sign()
    events = machine.issued(paper), machine.settled(paper)
    machine.send(*events)
    assert machine.send(*events)["parked"] == []
    assert registered(machine.counter) == {(paper.id, 1): "printed"}


def test_nothing_of_the_holder_lies_in_the_tables_in_the_clear(machine: Machine) -> None:
    paper = machine.issue()
    whole = machine.counter.hall.settings.database
    data = b"".join(path.read_bytes() for path in whole.parent.glob("hall.sqlite*"))
    for secret in (NAME.encode(), NUMBER.encode(), paper.claims.masked.encode(), paper.signed):
        assert secret not in data


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"type": 3}, "other than its paper"),
        ({"version": 2}, "other than its paper"),
        ({"iat": 1_700_000_000}, "other than its paper"),
        ({"exp": 2_000_000_000}, "other than its paper"),
        ({"kind": "no-property"}, "a kind other"),
        ({"digest": bytes(32)}, "not the one that was recorded"),
        ({"kid": b"none"}, "not this kiosk's"),
        ({"copy": 2}, "body: literal_error"),
        ({"paper": "a3"}, "body: literal_error paper"),
        ({"day": "yesterday"}, "body: string_pattern_mismatch day"),
        ({"more": 1}, "body: extra_forbidden"),
    ],
)
def test_an_event_that_says_other_than_its_paper_is_parked(machine: Machine, changed: dict[str, Any], why: str) -> None:
    assert why in refused(machine, machine.issued(machine.sign(), **changed))
    assert registered(machine.counter) == {}


def test_a_paper_with_an_index_of_another_kiosk_or_of_nobody_is_parked(machine: Machine) -> None:
    other = Machine(machine.counter, machine.counter.enrol()).ready()
    for status in (other.indices[0], next(n for n in range(9999) if n not in machine.indices), 2**20):
        assert "never given" in refused(machine, machine.issued(machine.sign(status=status)))


def test_an_index_and_an_id_serve_one_certificate(machine: Machine) -> None:
    paper = machine.issue()
    for changed in ({"status": machine.indices[-1]}, {"cti": b"0123456789"}):
        twin = machine.signed(replace(paper.claims, **changed))
        assert "already there" in refused(machine, machine.issued(twin))


def test_a_paper_that_another_key_signed_is_parked(machine: Machine) -> None:
    thief = replace(machine, key=FileKey.fresh())
    assert "does not hold" in refused(machine, machine.issued(thief.sign()))
    other = Machine(machine.counter, machine.counter.enrol()).ready()
    stolen = replace(machine, key=other.key, kid=other.kid)
    assert "not this kiosk's" in refused(machine, machine.issued(stolen.sign()))


def test_a_paper_from_outside_the_time_of_its_key_is_parked(machine: Machine) -> None:
    now = machine.counter.clock.ms // 1000
    for iat in (now - 1, now + 30 * 86_400):
        assert "outside the time" in refused(machine, machine.issued(machine.sign(iat=iat)))


def test_a_paper_that_does_not_fit_its_template_is_parked(machine: Machine) -> None:
    for changed, why in (
        ({"fields": ("some", 1)}, "not the fields"),
        ({"version": 9}, "never published"),
    ):
        paper = machine.sign(**changed)
        assert why in refused(machine, machine.issued(paper))


@pytest.mark.parametrize("holder", [("李四", NUMBER), (NAME, "990000195103070036"), (NAME, ""), ("", NUMBER)])
def test_a_holder_other_than_the_papers_is_parked(machine: Machine, holder: tuple[str, str]) -> None:
    assert "holder" in refused(machine, machine.issued(machine.sign(), *holder))


def test_a_paper_sealed_for_another_certificate_or_not_at_all_is_parked(machine: Machine) -> None:
    one, other = machine.sign(), machine.sign()
    borrowed = machine.issued(one, id=other.id, digest=other.digest, status=other.claims.status)
    assert "not the one that was recorded" in refused(machine, borrowed)
    body = {"id": one.id, "copy": 2, "kid": one.kid, "digest": one.digest, "paper": "a4"}
    machine.send(machine.issued(other))
    bare = machine.terminal.event("certificate.copied", body | {"id": other.id}, machine.counter.clock.ms)
    assert "nothing sealed" in refused(machine, bare)


def test_a_copy_says_what_its_original_says(machine: Machine) -> None:
    paper = machine.issue()
    altered: list[Paper] = [
        machine.signed(replace(paper.claims, copy=2, name="李四")),
        machine.signed(replace(paper.claims, copy=2, exp=paper.claims.exp + 86_400)),
    ]
    for copy in altered:
        assert "other than its original" in refused(machine, machine.reprinted(copy))
    again = machine.reprinted(machine.copied(paper))
    assert machine.terminal.seq not in machine.send(again)["parked"]
    assert "copy that is already there" in refused(machine, machine.reprinted(machine.copied(paper)))


def test_a_kiosk_speaks_of_its_own_certificates_only(machine: Machine) -> None:
    paper = machine.issue()
    other = Machine(machine.counter, machine.counter.enrol()).ready()
    assert "never issued" in refused(other, other.settled(paper, "void"))
    assert "never issued" in refused(other, other.reprinted(other.copied(paper)))
    assert registered(machine.counter) == {(paper.id, 1): "printed"}


def test_a_copy_that_was_never_recorded_is_not_settled(machine: Machine) -> None:
    paper = machine.issue()
    assert "never recorded" in refused(machine, machine.settled(paper, copy=2))


def test_poison_about_papers_does_not_dam_and_leaves_no_trace(machine: Machine) -> None:
    good = machine.sign()
    bad = machine.terminal.event("certificate.exploded", {}, machine.counter.clock.ms)
    ack = machine.send(bad, machine.issued(good))
    assert (ack["watermark"], ack["parked"]) == (2, [1])
    with machine.counter.hall.store.reading() as session:
        assert session.scalars(select(Certificate.id)).all() == [good.id]
