"""The page's modules without a browser: the vectors, and the same answers as the Python verifier."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest

from certificates.cbor import Malformed
from certificates.holding import ROOTS, refresh
from certificates.lists import Lists
from certificates.root import first
from certificates.verify import verify
from tests.certificates.hall_stand import MemoryShelf
from tests.hall.web.verify import node
from tests.hall.web.verify.papers import DAY, RESIDENCE, Office

HOST = "hall.example:8443"


def test_the_modules_pass_their_own_tests_vectors_included() -> None:
    done = node.tests()
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr
    passed = re.search(r"pass (\d+)", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 300


def test_page_and_python_give_the_same_verdict_on_codes_that_somebody_bent() -> None:
    office, chance = Office(HOST), random.Random(20261120)
    office.revoked = {7}
    office.publish()
    papers = [office.paper(), office.paper(office.claims(status=7)), office.paper(office.claims(copy=2))]
    texts = papers + [_bent(chance.choice(papers), chance) for _ in range(1_500)]
    cases = [{"text": text, "now": office.now, "online": {"registered": True}} for text in texts]

    told = node.run("judge.mjs", {"host": HOST, "documents": node.base64(office.documents), "cases": cases})
    lists = Lists.read(first(office.documents["root/1"], HOST), office.documents)
    ours = [verify(text, lists, HOST, office.now, lambda _: b'{"registered": true}').json() for text in texts]
    assert told == ours
    assert [each["result"] for each in told[:3]] == ["valid", "revoked", "valid"]
    assert {each["result"] for each in told[3:]} <= {"forged", "not-ours", "unreadable", "unknown-key"}


def _templates() -> list[dict[str, Any]]:
    """The template of a residence certificate, changed in one place each."""
    whole = RESIDENCE.data()
    text, *more = whole["fields"]
    said = {"zh": "字", "en": "x"}
    forms: list[Any] = [[], [text] * 2, [text | {"id": "name"}], {}, [1], [text, *more] * 9]
    changes: list[dict[str, Any]] = [
        {"issue": {"assurance": "to come"}, "note": 1, "hologram": True},
        {"fields": [text | {"source": "to come", "ask": 7, "hint": "x"}, *more]},
        *({key: said | {"zh": "字" * 121}} for key in ("title", "issuer")),
        *({key: {"zh": "字" * n, "en": "𠮷" * n}} for key, n in (("title", 120), ("body", 600), ("body", 601))),
        *({"title": each} for each in ({"zh": "字"}, said | {"fr": "x"}, said | {"en": ""}, said | {"en": 1}, None)),
        *({"body": said | {"en": f"x {{{place}}}"}} for place in ("name", "number", "nobody", "", "Name")),
        *({"kind": each} for each in ("x", "Residence", "a" * 40, "a" * 41, 1)),
        *({"prefix": each} for each in ("9JZ", "99jz", "99JZ ", 99)),
        *({"fields": each} for each in forms),
        *(
            {"fields": [text | field, *more]}
            for field in (
                {"id": "9a"},
                {"id": "a" * 33},
                {"kind": "to come"},
                {"kind": "choice"},
                {"required": False},
                {"max": 0},
                {"max": 1},
                {"max": 2**53 - 1},
                {"max": -1},
                {"choices": {1: said}},
                {"kind": "choice", "choices": {999: said}},
                {"kind": "choice", "choices": {1000: said}},
                {"kind": "choice", "choices": {1: {"zh": "字"}}},
            )
        ),
    ]
    return [whole | change for change in changes]


def test_page_and_python_read_the_same_templates() -> None:
    office, verdicts = Office(HOST), []
    text = office.paper()
    case = {"text": text, "now": office.now, "online": None}
    for template in _templates():
        office.templates = [template]
        office.publish()
        (told,) = node.run("judge.mjs", {"host": HOST, "documents": node.base64(office.documents), "cases": [case]})
        lists = Lists.read(first(office.documents["root/1"], HOST), office.documents)
        assert told == verify(text, lists, HOST, office.now).json(), template
        verdicts.append(told["reason"])
    assert {"", "newer-template", "fields"} == set(verdicts)


def _bent(text: str, chance: random.Random) -> str:
    """A digit, a sign or a bit of the message, changed; or something cut off or put in."""
    address, _, digits = text.partition("#")
    match chance.randrange(5):
        case 0:
            at = chance.randrange(len(digits))
            return f"{address}#{digits[:at]}{(int(digits[at]) + chance.randint(1, 9)) % 10}{digits[at + 1 :]}"
        case 1:
            return f"{address}#{int(digits) ^ 1 << chance.randrange(int(digits).bit_length())}"
        case 2:
            return text[: chance.randrange(len(text))]
        case 3:
            at = chance.randrange(len(text))
            return text[:at] + chance.choice("09AZaz/#:.?&% 测") + text[at:]
        case _:
            at = chance.randrange(len(text) - 1)
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :] if text[at] != text[at + 1] else text + "0"


def test_a_hall_that_goes_back_is_not_followed() -> None:
    office = Office(HOST)
    old = dict(office.documents)
    office.publish(age=300)
    new = dict(office.documents)
    office.revoked = {9}
    office.publish(age=300, version=2)
    twin = dict(office.documents)
    office.publish(age=500, version=3)
    older_by_time = dict(office.documents)

    visits = _visits(office, new, old, twin, older_by_time, new, None)
    assert [visit["believed"] for visit in visits] == [2, "RolledBack", "RolledBack", "RolledBack", 2, "Unreachable"]
    assert {visit["kept"] for visit in visits} == {2}


def test_lists_that_came_half_are_not_kept_but_how_new_they_were_is_remembered() -> None:
    office = Office(HOST)
    whole = dict(office.documents)
    office.publish(age=300)
    new = dict(office.documents)
    half = {name: data for name, data in new.items() if name != "status/0"}
    mixed = new | {"status/0": whole["status/0"]}

    visits = _visits(office, whole, half, mixed, whole, new)
    assert [visit["believed"] for visit in visits] == [1, "Missing", "Malformed", "RolledBack", 2]
    assert [visit["kept"] for visit in visits] == [1, 1, 1, 1, 2]


def test_an_old_status_list_under_a_new_index_does_not_bring_a_revoked_paper_back() -> None:
    office = Office(HOST)
    claims, old = office.claims(), office.documents["status/0"]
    office.revoked = {claims.status}
    office.publish(age=300)
    case = {"text": office.paper(claims), "now": office.now, "online": None}
    for given, answer in (
        (office.documents, ("revoked", "status")),
        (office.documents | {"status/0": old}, ("unknown-key", "no-list")),
    ):
        (told,) = node.run("judge.mjs", {"host": HOST, "documents": node.base64(given), "cases": [case]})
        assert (told["result"], told["reason"]) == answer


def test_a_root_hands_over_and_the_old_one_is_never_taken_again() -> None:
    office = Office(HOST)
    before = dict(office.documents)
    stranger = Office(HOST, now=office.now)
    new, lists = type(office.root_key).fresh(), type(office.root_key).fresh()
    office.keys["lists"] = lists
    office.crown(office.root_key, new)
    office.publish(age=300)
    after = dict(office.documents)
    usurped = dict(before)
    stranger.crown(stranger.root_key)
    usurped["root/2"] = stranger.documents["root/2"]

    visits = _visits(office, before, usurped, after, before)
    assert [visit["believed"] for visit in visits] == [1, "Malformed", 2, "Malformed"]
    assert [visit["root"] for visit in visits] == [1, 1, 2, 2]


def test_page_and_python_follow_as_many_roots_in_one_go_and_no_more() -> None:
    office, told = Office(HOST), []
    pinned = first(office.documents["root/1"], HOST)
    for last in (ROOTS + 1, ROOTS + 2):
        while office.roots < last:
            office.crown(office.root_key)
        office.publish()
        told.append(_visits(office, office.documents)[0]["root"])
        fetch = {f"/lists/{name}": data for name, data in office.documents.items()}.get
        if told[-1]:
            assert refresh(MemoryShelf(), pinned, fetch, office.now).root.version == told[-1]
        else:
            with pytest.raises(Malformed, match="too many roots"):
                refresh(MemoryShelf(), pinned, fetch, office.now)
    assert told == [ROOTS + 1, None]


def test_a_hall_of_another_name_is_not_followed() -> None:
    office, other = Office(HOST), Office("hall2.example:8443")
    assert _visits(office, other.documents)[0] == {"believed": "Malformed", "kept": None, "root": None}


def test_a_thief_of_a_kiosk_cannot_sign_for_the_time_after_its_key() -> None:
    office = Office(HOST)
    cases = [
        {"text": office.paper(office.claims(iat=office.now - days * DAY)), "now": office.now, "online": None}
        for days in (1, 21)
    ]
    told = node.run("judge.mjs", {"host": HOST, "documents": node.base64(office.documents), "cases": cases})
    assert [each["reason"] for each in told] == ["", "key-time"]


def _visits(office: Office, *halls: dict[str, bytes] | None) -> list[dict[str, object]]:
    told = {"host": office.host, "halls": [None if hall is None else node.base64(hall) for hall in halls]}
    visits: list[dict[str, object]] = node.run("follow.mjs", told)
    return visits
