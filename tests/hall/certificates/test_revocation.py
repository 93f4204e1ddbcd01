"""What is taken back is taken back for every verifier with the next index, and a thief's papers with it."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from certificates import verify
from certificates.index import CUTS
from certificates.verdict import Verdict, Why
from hall import commands
from hall.certificates import registry
from hall.certificates.kiosk_keys import KNOWN, NoRoom
from hall.certificates.models import CertificateCopy, CertificateCut
from hall.models import Trail
from tests.hall.certificates.machine import HOST, Machine, Paper, Verifier


def judged(verifier: Verifier, paper: Paper) -> Verdict:
    return verify.verify(paper.text, verifier.lists(), HOST, verifier.counter.clock.ms // 1000)


def revoke(machine: Machine, paper: Paper, note: str = "a wrong address") -> None:
    with machine.counter.hall.store.writing() as session:
        registry.revoke(session, machine.counter.hall, paper.id, Why.MISTAKEN, note, "admin")


def cut(machine: Machine) -> int:
    with machine.counter.hall.store.writing() as session:
        return registry.cut(session, machine.counter.hall, machine.terminal.id, None)


def test_a_revocation_reaches_verifiers_with_the_next_index_and_touches_no_other_paper(
    machine: Machine, verifier: Verifier
) -> None:
    paper, other = machine.issue(), machine.issue()
    before = verifier.lists().index.version
    revoke(machine, paper)
    assert verifier.lists().index.version == before + 1
    assert (judged(verifier, paper).result, judged(verifier, paper).reason) == ("revoked", "status")
    assert judged(verifier, machine.copied(paper)).reason == "status"  # every copy of it
    assert judged(verifier, other).result == "valid"
    revoke(machine, paper, "once more")
    assert verifier.lists().index.version == before + 1
    with machine.counter.hall.store.reading() as session:
        rows = session.scalars(select(Trail).where(Trail.verb == "revoke_certificate")).all()
    assert [(row.clerk, row.ticket, row.detail) for row in rows] == [("admin", paper.id, "mistaken: a wrong address")]


@pytest.mark.parametrize("note", ["x" * 201, "two\nlines"])
def test_nothing_is_revoked_with_a_note_that_cannot_be_read(machine: Machine, verifier: Verifier, note: str) -> None:
    paper = machine.issue()
    with pytest.raises(ValueError, match="a note has"):
        revoke(machine, paper, note)
    assert judged(verifier, paper).result == "valid"


def test_after_a_cut_only_papers_that_had_arrived_are_good(machine: Machine, verifier: Verifier) -> None:
    known, unsent = machine.issue(), machine.sign()
    assert cut(machine) == 1
    assert judged(verifier, known).result == "valid"
    assert judged(verifier, unsent).reason == "key-cut-off"
    # A thief who signs a known certificate again, with the very id and index, has other bytes.
    for twin in (machine.copied(known), machine.signed(replace(known.claims, name="李四"))):
        assert judged(verifier, twin).reason == "key-cut-off"
    assert cut(machine) == 0


def test_a_paper_that_arrives_after_the_cut_is_registered_and_never_becomes_good(
    machine: Machine, verifier: Verifier
) -> None:
    paper = machine.sign()
    cut(machine)
    assert machine.send(machine.issued(paper), machine.settled(paper))["parked"] == []
    assert judged(verifier, paper).reason == "key-cut-off"
    answer = machine.counter.client.request("GET", f"/c/{paper.id}.json").json()
    assert (answer["registered"], answer["status"]) == (True, "revoked")
    assert (
        machine.counter.client.request("POST", f"/c/{paper.id}/pdf", json={"digest": paper.digest.hex()}).status_code
        == 404
    )


def test_a_kiosk_that_was_cut_off_goes_on_with_another_key_only(machine: Machine, verifier: Verifier) -> None:
    cut(machine)
    with pytest.raises(AssertionError, match="revoked"):
        machine.register()
    fresh = Machine(machine.counter, machine.terminal).ready()
    assert fresh.kid != machine.kid
    assert judged(verifier, fresh.issue()).result == "valid"


def test_every_key_that_a_kiosk_ever_had_is_cut_off_for_a_thief_dates_papers_back(
    machine: Machine, verifier: Verifier
) -> None:
    iat = machine.counter.clock.ms // 1000
    machine.counter.clock.forward(days=400)
    second = Machine(machine.counter, machine.terminal).ready()
    assert set(verifier.lists().index.cuts) == set()
    assert cut(second) == 2
    assert set(verifier.lists().index.cuts) == {machine.kid, second.kid}
    paper = machine.sign(iat=iat, exp=iat + 4_000 * 86_400)
    assert judged(verifier, paper).reason == "key-cut-off"


def test_a_kiosk_is_shut_out_also_where_verifiers_take_no_more_cuts(machine: Machine, verifier: Verifier) -> None:
    with machine.counter.hall.store.writing() as session:
        session.add_all(CertificateCut(kid=number.to_bytes(4), at=1, known=b"") for number in range(CUTS))
    with pytest.raises(NoRoom, match=f"1 certificate keys of {machine.terminal.id} are not cut off"):
        commands.revoke(machine.counter.hall.settings, Namespace(kiosk=machine.terminal.id))
    assert len(verifier.lists().index.cuts) == CUTS
    answer = machine.counter.ask(machine.terminal, "POST", "/v1/indices", {"left": 0})
    assert (answer.status_code, answer.json()["error"]) == (403, "revoked")


def test_a_thief_who_floods_the_hall_with_papers_is_cut_off_all_the_same(machine: Machine, verifier: Verifier) -> None:
    first, flood = machine.issue(), 62_000
    with machine.counter.hall.store.writing() as session:
        copy = {"certificate": first.id, "kid": machine.kid, "paper": "80mm", "late": False}
        now = machine.counter.clock.ms
        session.execute(
            insert(CertificateCopy),
            [copy | {"copy": 2 + n, "digest": n.to_bytes(32), "arrived": now + n} for n in range(flood)],
        )
    stolen = machine.sign()
    assert cut(machine) == 1
    assert judged(verifier, first).result == "valid"
    assert judged(verifier, stolen).reason == "key-cut-off"
    with machine.counter.hall.store.reading() as session:
        late = session.scalars(select(CertificateCopy.copy).where(CertificateCopy.late)).all()
    assert sorted(late) == list(range(KNOWN + 1, flood + 2))  # the last that came, and only those


def test_a_certificate_that_was_never_on_paper_is_taken_back(machine: Machine, verifier: Verifier) -> None:
    paper = machine.sign()
    machine.send(machine.issued(paper), machine.settled(paper, "void", fault="P102"))
    assert judged(verifier, paper).reason == "status"
