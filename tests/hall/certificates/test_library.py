"""Templates that verifiers have seen stay as they were, whatever becomes of the folder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from certificates import verify
from certificates.library import newest
from certificates.template import Template
from certificates.verdict import Verdict
from hall.certificates import publishing
from hall.certificates.library import Changed, adopt
from tests.hall.certificates.machine import HOST, TEMPLATES, Machine, Paper, Verifier

FIRST = TEMPLATES["residence"]
SECOND = FIRST.model_copy(
    update={"version": 2, "title": FIRST.title.model_copy(update={"zh": "居住情况证明", "en": "Residence, anew"})}
)


def restarted_with(machine: Machine, *loaded: Template) -> None:
    """The hall started again, with these templates in its folder."""
    hall = machine.counter.hall
    with hall.store.writing() as session:
        publishing.publish(session, replace(hall, templates=adopt(session, loaded)))


def judged(verifier: Verifier, paper: Paper) -> Verdict:
    return verify.verify(paper.text, verifier.lists(), HOST, verifier.counter.clock.ms // 1000)


def test_an_old_paper_reads_as_it_was_printed_after_its_template_was_replaced(
    machine: Machine, verifier: Verifier
) -> None:
    paper = machine.issue("residence")
    before = judged(verifier, paper)
    restarted_with(machine, SECOND)
    after = judged(verifier, paper)
    assert after.result == "valid"
    assert after.content == before.content
    lists = verifier.lists()
    assert [(each.type, each.version) for each in lists.templates if each.type == FIRST.type] == [(1, 1), (1, 2)]


def test_a_published_version_that_was_changed_stops_the_hall_and_changes_nothing(
    machine: Machine, verifier: Verifier
) -> None:
    paper = machine.issue("residence")
    with pytest.raises(Changed, match="version 1 of residence was published"):
        restarted_with(machine, FIRST.model_copy(update={"title": SECOND.title}))
    assert judged(verifier, paper).result == "valid"
    with machine.counter.hall.store.reading() as session:
        assert adopt(session, [])[1, 1] == FIRST


def test_a_new_kind_is_one_entry(machine: Machine, verifier: Verifier) -> None:
    seventh = FIRST.model_copy(update={"type": 77, "kind": "volunteer", "prefix": "99ZY"})
    restarted_with(machine, *TEMPLATES.values(), seventh)
    verdict = judged(verifier, machine.sign("residence", type=77))
    assert verdict.content is not None
    assert (verdict.result, verdict.content.number[:4]) == ("valid", "99ZY")
    assert newest(verifier.lists().templates)[-1] == seventh  # what a kiosk offers
