"""The registry learns of a paper only when the paper itself agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from certificates.keys import FileKey
from hall.certificates.models import Certificate, CertificateCopy
from hall.models import AppliedEvent, Trail
from tests.hall.certificates.machine import NAME, NUMBER, TEMPLATES, Machine, Paper


def registered(kiosk: Machine) -> dict[tuple[str, int], str | None]:
    """Every copy of this kiosk and its outcome."""
    with kiosk.counter.hall.store.reading() as session:
        rows = session.scalars(select(CertificateCopy).join(Certificate).where(Certificate.kiosk == kiosk.terminal.id))
        return {(row.certificate, row.copy): row.outcome for row in rows}


def refused(kiosk: Machine, event: bytes) -> str:
    """Why the hall parked ``event``."""
    seq = kiosk.terminal.seq
    assert kiosk.send(event)["parked"][-1:] == [seq]
    with kiosk.counter.hall.store.reading() as session:
        return str(session.get_one(AppliedEvent, (kiosk.terminal.id, 1, seq)).parked)


def test_a_certificate_is_registered_with_every_copy_and_its_outcome(kiosk: Machine) -> None:
    one, other = kiosk.sign(), kiosk.sign("no-property")
    second = kiosk.copied(one)
    ack = kiosk.send(
        kiosk.issued(one),
        kiosk.settled(one, "uncertain", fault="P108"),
        kiosk.issued(other),
        kiosk.reprinted(second),
        kiosk.settled(one, "printed", copy=2),
    )
    assert ack["parked"] == []
    assert registered(kiosk) == {
        (one.id, 1): "uncertain",
        (one.id, 2): "printed",
        (other.id, 1): None,
    }
    third = kiosk.copied(one, 3)
    assert TEMPLATES["social-insurance"].issue.copies == 2
    assert kiosk.send(kiosk.reprinted(third), kiosk.settled(one, "void", copy=3))["parked"] == [6, 7]
    assert (one.id, 3) not in registered(kiosk)


def test_the_same_events_again_change_nothing(kiosk: Machine) -> None:
    paper = kiosk.sign()
    events = kiosk.issued(paper), kiosk.settled(paper)
    kiosk.send(*events)
    assert kiosk.send(*events)["parked"] == []
    assert registered(kiosk) == {(paper.id, 1): "printed"}


def test_nothing_of_the_holder_lies_in_the_tables_in_the_clear(kiosk: Machine) -> None:
    paper = kiosk.issue()
    whole = kiosk.counter.hall.settings.database
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
def test_an_event_that_says_other_than_its_paper_is_parked(kiosk: Machine, changed: dict[str, Any], why: str) -> None:
    assert why in refused(kiosk, kiosk.issued(kiosk.sign(), **changed))
    assert registered(kiosk) == {}


def test_a_paper_with_an_index_of_another_kiosk_or_of_nobody_is_parked(kiosk: Machine) -> None:
    other = Machine(kiosk.counter, kiosk.counter.enrol()).ready()
    for status in (other.indices[0], next(n for n in range(9999) if n not in kiosk.indices), 2**20):
        assert "never given" in refused(kiosk, kiosk.issued(kiosk.sign(status=status)))


def test_an_index_and_an_id_serve_one_certificate(kiosk: Machine) -> None:
    paper = kiosk.issue()
    for changed in ({"status": kiosk.indices[-1]}, {"cti": b"0123456789"}):
        twin = kiosk.signed(replace(paper.claims, **changed))
        assert "already there" in refused(kiosk, kiosk.issued(twin))


def test_a_paper_that_another_key_signed_is_parked(kiosk: Machine) -> None:
    thief = replace(kiosk, key=FileKey.fresh())
    assert "does not hold" in refused(kiosk, kiosk.issued(thief.sign()))
    other = Machine(kiosk.counter, kiosk.counter.enrol()).ready()
    stolen = replace(kiosk, key=other.key, kid=other.kid)
    assert "not this kiosk's" in refused(kiosk, kiosk.issued(stolen.sign()))


def test_a_paper_from_outside_the_time_of_its_key_is_parked(kiosk: Machine) -> None:
    now = kiosk.counter.clock.ms // 1000
    for iat in (now - 1, now + 30 * 86_400):
        assert "outside the time" in refused(kiosk, kiosk.issued(kiosk.sign(iat=iat)))


def test_a_paper_that_does_not_fit_its_template_is_parked(kiosk: Machine) -> None:
    for changed, why in (
        ({"fields": ("some", 1)}, "not the fields"),
        ({"version": 9}, "never published"),
    ):
        paper = kiosk.sign(**changed)
        assert why in refused(kiosk, kiosk.issued(paper))


@pytest.mark.parametrize("holder", [("李四", NUMBER), (NAME, "990000195103070036"), (NAME, ""), ("", NUMBER)])
def test_a_holder_other_than_the_papers_is_parked(kiosk: Machine, holder: tuple[str, str]) -> None:
    assert "holder" in refused(kiosk, kiosk.issued(kiosk.sign(), *holder))


def test_a_paper_sealed_for_another_certificate_or_not_at_all_is_parked(kiosk: Machine) -> None:
    one, other = kiosk.sign(), kiosk.sign()
    borrowed = kiosk.issued(one, id=other.id, digest=other.digest, status=other.claims.status)
    assert "not the one that was recorded" in refused(kiosk, borrowed)
    body = {"id": one.id, "copy": 2, "kid": one.kid, "digest": one.digest, "paper": "a4"}
    kiosk.send(kiosk.issued(other))
    bare = kiosk.terminal.event("certificate.copied", body | {"id": other.id}, kiosk.counter.clock.ms)
    assert "nothing sealed" in refused(kiosk, bare)


def test_a_copy_says_what_its_original_says(kiosk: Machine) -> None:
    paper = kiosk.issue()
    altered: list[Paper] = [
        kiosk.signed(replace(paper.claims, copy=2, name="李四")),
        kiosk.signed(replace(paper.claims, copy=2, exp=paper.claims.exp + 86_400)),
    ]
    for copy in altered:
        assert "other than its original" in refused(kiosk, kiosk.reprinted(copy))
    again = kiosk.reprinted(kiosk.copied(paper))
    assert kiosk.terminal.seq not in kiosk.send(again)["parked"]
    assert "copy that is already there" in refused(kiosk, kiosk.reprinted(kiosk.copied(paper)))


def test_a_kiosk_speaks_of_its_own_certificates_only(kiosk: Machine) -> None:
    paper = kiosk.issue()
    other = Machine(kiosk.counter, kiosk.counter.enrol()).ready()
    assert "never issued" in refused(other, other.settled(paper, "void"))
    assert "never issued" in refused(other, other.reprinted(other.copied(paper)))
    assert registered(kiosk) == {(paper.id, 1): "printed"}


def test_a_copy_that_was_never_recorded_is_not_settled(kiosk: Machine) -> None:
    paper = kiosk.issue()
    assert "never recorded" in refused(kiosk, kiosk.settled(paper, copy=2))


def test_poison_about_papers_does_not_dam_and_leaves_no_trace(kiosk: Machine) -> None:
    good = kiosk.sign()
    bad = kiosk.terminal.event("certificate.exploded", {}, kiosk.counter.clock.ms)
    ack = kiosk.send(bad, kiosk.issued(good))
    assert (ack["watermark"], ack["parked"]) == (2, [1])
    with kiosk.counter.hall.store.reading() as session:
        assert session.scalars(select(Certificate.id).where(Certificate.kiosk == kiosk.terminal.id)).all() == [good.id]


def test_a_certificate_that_was_found_whole_is_printed_and_half_of_one_stays_in_doubt(kiosk: Machine) -> None:
    one, other = kiosk.sign(), kiosk.sign()
    for paper in (one, other):
        assert kiosk.send(kiosk.issued(paper), kiosk.settled(paper, "uncertain", fault="A104"))["parked"] == []
    assert kiosk.send(kiosk.found(one), kiosk.found(other, "spoilt"))["parked"] == []
    with kiosk.counter.hall.store.reading() as session:
        outcomes = [session.get_one(CertificateCopy, (paper.id, 1)).outcome for paper in (one, other)]
        said = [row.detail for row in session.scalars(select(Trail).where(Trail.verb == "found"))]
    assert outcomes == ["printed", "uncertain"]
    assert said == ["copy 1 whole, T-014", "copy 1 spoilt, T-014"]
    assert "not in doubt" in refused(kiosk, kiosk.found(one))
