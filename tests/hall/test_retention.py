"""After seven days nobody can be named any more; that somebody came is still counted."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from hall import bookings
from hall.certificates.models import Certificate, CertificateCopy
from hall.models import AppliedEvent, DayKey, Told
from hall.tickets import Booking, Ticket
from offline_cache.envelope import seal
from tests.hall.certificates.machine import TEMPLATES, Machine, hold_ceremony
from tests.hall.conftest import DAY, Counter, issued
from tests.hall.terminal import Terminal

CANARY = "王小明九九"


def test_what_names_a_person_is_gone_after_seven_days_and_the_visit_is_still_counted(
    counter: Counter, terminal: Terminal
) -> None:
    sealed = seal({"name": CANARY}, "T2".ljust(16, "A"), counter.hall.keys.seal.public_key())
    person = bytes(range(32))
    ward = {"kind": "ward", "masked": "王**九"}
    body = issued("T2", person=person, masked="王**九", acting=ward)
    event = terminal.event("ticket.issued", body, counter.clock.ms, sealed)
    again = terminal.event("ticket.issued", issued("T3", "A002", person=person), counter.clock.ms)
    with counter.hall.store.writing() as session:
        bookings.book(session, bookings.Slot(DAY, "09:00", "10:00"), "A", ["matter-a"], "990101198001011234")
    counter.send(terminal, event, again)
    counter.beat(terminal)
    counter.clock.forward(days=7)
    counter.beat(terminal)
    assert (counter.ticket("T2".ljust(16, "A")).sealed, counter.ticket("T2".ljust(16, "A")).acting) == (sealed, ward)
    counter.clock.forward(days=1)
    counter.beat(terminal)
    with counter.hall.store.reading() as session:
        ticket = session.get_one(Ticket, "T2".ljust(16, "A"))
        assert (ticket.person, ticket.masked, ticket.sealed, ticket.number) == (None, "", None, "A001")
        assert ticket.acting == {"kind": "ward"}
        assert session.get_one(Ticket, "T3".ljust(16, "A")).acting is None
        assert session.scalars(select(Told)).all() == []
        assert session.scalars(select(Booking)).all() == []
        assert DAY not in session.scalars(select(DayKey.day)).all()
        raws = session.scalars(select(AppliedEvent.raw)).all()
    assert not any(sealed in raw or person in raw for raw in raws)
    assert counter.send(terminal, event)["watermark"] == 2


def test_a_certificates_content_is_kept_sealed_until_thirty_days_after_its_end_and_its_hash_for_ever(
    counter: Counter, tmp_path: Path
) -> None:
    hold_ceremony(counter, tmp_path / "ceremony")
    machine = Machine(counter, counter.enrol()).ready()
    paper = machine.issue()
    days = TEMPLATES["social-insurance"].issue.valid_days

    def kept() -> tuple[bool, bool, bytes]:
        counter.beat(machine.terminal)
        with counter.hall.store.reading() as session:
            certificate = session.get_one(Certificate, paper.id)
            copy = session.get_one(CertificateCopy, (paper.id, 1))
            return certificate.person is not None, copy.sealed is not None, copy.digest

    assert kept() == (True, True, paper.digest)
    counter.clock.forward(days=8)
    assert kept() == (False, True, paper.digest)
    counter.clock.forward(days=days + 30 - 8)
    assert kept() == (False, True, paper.digest)
    counter.clock.forward(days=2)
    assert kept() == (False, False, paper.digest)
    answer = counter.client.request("POST", f"/c/{paper.id}/pdf", json={"digest": paper.digest.hex()})
    assert answer.status_code == 404
    assert counter.client.request("GET", f"/c/{paper.id}.json").json()["status"] == "expired"
