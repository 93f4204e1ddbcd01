"""Every read of a personal field names who, what and why; and no line of the hall reads beside it."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Final

import pytest

import hall as package
from hall.people import trail
from hall.web.words import WORDS
from tests.hall.certificates.machine import Machine
from tests.hall.conftest import Counter
from tests.hall.people.registering import WANG, Kiosk, account_id, reads

HALL: Final = Path(str(package.__file__)).parent

OPENERS: Final = {
    "hall/people/reading.py": {"fields", "person"},
    "hall/people/effects.py": {"fields", "person", "kept"},
    "hall/people/reviewing.py": {"person", "kept"},
    "hall/certificates/reading.py": {"fields"},
}
"""Who may open what was sealed without the trail being written in the same call: each writes it itself."""


SHOWS: Final = {
    "hall/oidc/entry.py",
    "hall/oidc/persons.py",
    "hall/people/reviewing.py",
    "hall/phone/my_page.py",
    "hall/phone/scanning.py",
    "hall/web/conflicts.py",
    "hall/web/desk.py",
}
"""Who shows somebody a masked name; ``hall/web/console.py`` writes for the desk."""

KEEPS: Final = {
    "hall/certificates/reading.py",
    "hall/effects.py",
    "hall/people/closing.py",
    "hall/people/effects.py",
}
"""Who stores, compares or erases one, and shows it to nobody."""


def _modules() -> dict[str, ast.Module]:
    return {f"hall/{path.relative_to(HALL)}": ast.parse(path.read_text("utf-8")) for path in sorted(HALL.rglob("*.py"))}


def _uses(tree: ast.Module, name: str) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id == name)
        or (isinstance(node, ast.Attribute) and node.attr == name)
        or (isinstance(node, ast.alias) and node.name.rpartition(".")[2] == name)
        for node in ast.walk(tree)
    )


def _constructs(tree: ast.Module, name: str) -> bool:
    return any(
        isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name for node in ast.walk(tree)
    )


def test_what_is_sealed_is_opened_in_one_place_only() -> None:
    assert [name for name, tree in _modules().items() if _uses(tree, "unseal")] == ["hall/people/reading.py"]


def test_the_trail_is_written_in_one_place_only() -> None:
    wrote = [name for name, tree in _modules().items() if _constructs(tree, "DataRead")]
    assert wrote == ["hall/people/trail.py"]


def test_only_those_who_write_the_trail_themselves_open_past_it() -> None:
    for name, tree in _modules().items():
        imported = {
            alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module == "hall.people.reading"
            for alias in node.names
        }
        called = {
            node.attr
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "reading"
        }
        assert (imported | called) & {"fields", "person", "kept"} <= OPENERS.get(name, set()), name


def test_a_masked_name_is_taken_only_where_it_is_known_who_sees_it() -> None:
    """A masked name is somebody's name: a module that begins to show one has to write the trail, and is added here."""
    taken = {
        name
        for name, tree in _modules().items()
        if any(isinstance(node, ast.Attribute) and node.attr == "masked" for node in ast.walk(tree))
    }
    assert taken == SHOWS | KEEPS


@pytest.mark.parametrize("word", [f"read-{each}" for each in trail.WHATS] + [f"read-because-{e}" for e in trail.WHYS])
def test_whatever_the_trail_says_has_words(word: str) -> None:
    assert WORDS[word].zh
    assert WORDS[word].en


@pytest.mark.parametrize("kind", sorted(set(trail.KINDS) - {"department"}))
def test_whoever_reads_has_words(kind: str) -> None:
    assert WORDS[f"reader-{kind}"].zh


def test_registering_asking_and_opening_the_page_name_the_kiosk(counter: Counter, east: Kiosk, west: Kiosk) -> None:
    east.send(east.opened("E2"))
    west.asks("account")
    west.asks("me")
    assert reads(counter) == [
        ("kiosk", east.terminal.id, "name,number,document,birth,expiry", "registered", None),
        ("kiosk", west.terminal.id, "account,bindings", "card-laid", None),
        ("kiosk", west.terminal.id, "name,expiry,tickets,certificates,bindings,trail", "my-page", None),
    ]


def test_a_certificate_is_read_when_it_arrives_copied_or_fetched(
    counter: Counter, east: Kiosk, issuing: Machine
) -> None:
    east.send(east.opened("E2"))
    paper = issuing.sign()
    copy = issuing.copied(paper)
    issuing.send(issuing.issued(paper, level="id-card", account=account_id("E2")))
    issuing.send(issuing.reprinted(copy), issuing.settled(paper))
    answer = counter.client.request("POST", f"/c/{paper.id}/pdf", json={"digest": paper.digest.hex()})
    assert answer.status_code == 200
    refused = counter.client.request("POST", f"/c/{paper.id}/pdf", json={"digest": "00" * 32})
    assert refused.status_code == 404
    what = "name,number,certificates"
    assert reads(counter)[1:] == [
        ("hall", "", what, "certificate-registered", paper.id),
        ("hall", "", what, "certificate-registered", paper.id),
        ("paper", "", what, "pdf", paper.id),
    ]


def test_a_certificate_that_names_no_account_is_seen_by_its_holder_who_has_one(
    counter: Counter, east: Kiosk, issuing: Machine
) -> None:
    paper, later = issuing.sign(), issuing.sign()
    copy = issuing.copied(paper)
    issuing.send(issuing.issued(paper, level="id-card"), issuing.reprinted(copy), issuing.settled(copy))
    assert reads(counter) == []
    east.send(east.opened("E2"))
    issuing.send(issuing.issued(later, level="id-card"))
    for digest in (paper.digest, copy.digest):
        answer = counter.client.request("POST", f"/c/{paper.id}/pdf", json={"digest": digest.hex()})
        assert answer.status_code == 200
    what = "name,number,certificates"
    assert reads(counter)[1:] == [
        ("hall", "", what, "certificate-registered", later.id),
        ("paper", "", what, "pdf", paper.id),
        ("paper", "", what, "pdf", paper.id),
    ]


def test_a_certificate_of_somebody_else_is_not_put_on_a_persons_page(
    counter: Counter, east: Kiosk, issuing: Machine
) -> None:
    east.send(east.opened("E2", WANG.but(number="990000195103070178")))
    paper = issuing.sign()
    assert issuing.send(issuing.issued(paper, level="id-card", account=account_id("E2")))["parked"] == []
    assert len(reads(counter)) == 1


def test_a_record_of_a_department_is_read_for_a_reason_that_its_person_sees(counter: Counter, east: Kiosk) -> None:
    somebody = WANG.but(number="990000195103070178")
    wish = {"kind": "social-insurance", "name": somebody.name, "number": somebody.number}
    assert counter.ask(east.terminal, "POST", "/v1/record", wish).status_code == 200
    east.send(east.opened("E2", somebody))
    assert counter.ask(east.terminal, "POST", "/v1/record", wish).status_code == 200
    kind, who, what, why, about = reads(counter)[-1]
    assert (kind, what, why, about) == ("department", "name,number,record", "record", "social-insurance")
    said = east.asks("me", somebody)["page"]["reads"][1]
    assert said["who"]["zh"] == who
    assert said["who"]["en"].isascii()
    assert said["what"] == {"zh": "姓名、证件号、部门登记", "en": "name, number, department's record"}
    assert len(reads(counter)) == 3
