"""Of the templates that are published, each is read that can be, and none harms another."""

from __future__ import annotations

from typing import Any

import pytest

from certificates.cbor import Malformed, encoded
from certificates.documents import TEMPLATES
from certificates.keys import key_id, signed
from certificates.lists import Lists, make_index, make_templates
from certificates.template import template
from certificates.wording import wording
from tests.certificates.hall_stand import HOST, TEMPLATE, Hall


def templates_of(hall: Hall, *templates: Any) -> Lists:
    served = dict(hall.served)
    key, payload = hall.keys["templates"], encoded({"host": HOST, "templates": list(templates)})
    served["templates"] = signed(key, key_id(key.public()), TEMPLATES, payload)
    served["index"] = make_index(hall.index(served), hall.keys["lists"])
    return Lists.read(hall.root, served)


def test_templates_with_choices_are_carried_whole(hall: Hall) -> None:
    later = TEMPLATE.model_copy(update={"version": 2})
    data = make_templates(HOST, [later, TEMPLATE], hall.keys["templates"])
    assert data == make_templates(HOST, [TEMPLATE, later], hall.keys["templates"])
    lists = templates_of(hall, TEMPLATE.data(), later.data())
    assert lists.template(1, 1) == TEMPLATE
    assert lists.template(1, 2) == later
    assert lists.wording(1, 1) is lists.wording(1, 1)


def test_a_template_of_a_shape_to_come_is_issued_by_nobody_and_harms_no_other(hall: Hall) -> None:
    lists = templates_of(hall, TEMPLATE.data(), TEMPLATE.data() | {"version": 2, "hologram": True})
    assert lists.template(1, 2) is None
    assert lists.templates == (TEMPLATE,)


@pytest.mark.parametrize("changed", [{"issue": 1}, {"note": {}}, {"hologram": True}, {"issue": {"assurance": "chip"}}])
def test_what_concerns_kiosks_alone_may_change_without_the_verifiers(hall: Hall, changed: dict[str, Any]) -> None:
    data = TEMPLATE.data()
    fields = [each | {"source": "retina", "ask": None, "past": 7, "hint": "x"} for each in data["fields"]]
    lists = templates_of(hall, data | {"fields": fields} | changed)
    said, asked = lists.wording(1, 1), wording(data)
    assert said == asked


@pytest.mark.parametrize(
    "changed",
    [
        {"title": {"zh": "", "en": "x"}},
        {"title": {"zh": "字" * 121, "en": "x"}},
        {"issuer": {"zh": "x", "en": "x", "fr": "x"}},
        {"body": {"zh": "{nobody}", "en": "x"}},
        {"body": {"zh": "字" * 601, "en": "x"}},
        {"prefix": "9JZ"},
        {"kind": "Residence"},
        {"fields": [TEMPLATE.data()["fields"][0]] * 2},
        {"fields": [TEMPLATE.data()["fields"][0] | {"id": "name"}]},
        {"fields": [TEMPLATE.data()["fields"][0] | {"kind": "retina"}]},
        {"fields": [TEMPLATE.data()["fields"][0] | {"max": 0}]},
        {"fields": [TEMPLATE.data()["fields"][0] | {"kind": "choice"}]},
        {"fields": [TEMPLATE.data()["fields"][0] | {"kind": b"text"}]},
        {"fields": [TEMPLATE.data()["fields"][0] | {"required": 1}]},
        {"fields": [TEMPLATE.data()["fields"][0] | {"max": "60"}]},
        {"fields": [TEMPLATE.data()["fields"][0] | {"choices": None}]},
        {"fields": [TEMPLATE.data()["fields"][1] | {"choices": {"1": {"zh": "x", "en": "x"}}}]},
        {"fields": [{**TEMPLATE.data()["fields"][0], 7: 1}]},
        {"prefix": b"99JZ"},
        {7: 1},
    ],
)
def test_a_wording_that_breaks_a_bound_is_none(hall: Hall, changed: dict[str, Any]) -> None:
    assert templates_of(hall, TEMPLATE.data() | changed).wording(1, 1) is None


@pytest.mark.parametrize(
    "templates",
    [
        (TEMPLATE.data(), TEMPLATE.data()),
        (TEMPLATE.data() | {"version": 2}, TEMPLATE.data()),
        (TEMPLATE.data() | {"version": 2}, {"type": 1, "version": 1}),
        (TEMPLATE.data(), None, TEMPLATE.data() | {"title": 1}),
    ],
)
def test_templates_out_of_order_are_refused(hall: Hall, templates: tuple[Any, ...]) -> None:
    with pytest.raises(Malformed):
        templates_of(hall, *templates)


@pytest.mark.parametrize(
    "other",
    [
        *(TEMPLATE.data() | {"type": each} for each in (True, "1", 0, 65_536, None)),
        *(TEMPLATE.data() | {"version": each} for each in (True, "1", 0, 65_536, None)),
        {},
        {1: 2},
        [],
        1,
        None,
    ],
)
def test_what_is_no_template_harms_no_other(hall: Hall, other: Any) -> None:
    for listed in ((other, TEMPLATE.data()), (TEMPLATE.data(), other)):
        lists = templates_of(hall, *listed)
        assert lists.wording(1, 1) == wording(TEMPLATE.data())
        assert lists.templates == (TEMPLATE,)


def test_nobody_issues_by_a_template_that_no_verifier_reads(hall: Hall) -> None:
    field, *more = TEMPLATE.data()["fields"]
    lax = TEMPLATE.data() | {"fields": [{each: field[each] for each in field if each != "max"}, *more]}
    assert template(lax).fields[0].max == 120
    lists = templates_of(hall, lax)
    assert lists.wording(1, 1) is None
    assert lists.templates == ()
