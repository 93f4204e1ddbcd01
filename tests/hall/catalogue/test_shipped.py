"""The catalogue that ships: whole, without faults, and what kiosks get of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from hall.catalogue import Catalogue, icons, lint, load
from offline_cache import envelope

SIGNED_LIMIT = 400_000
"""Bytes; a kiosk on a slow line should have it within a minute."""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load()


def test_the_shipped_catalogue_has_no_fault(shipped: Catalogue) -> None:
    assert lint(shipped) == []


def test_the_first_batch_is_99_matters_of_six_owners(shipped: Catalogue) -> None:
    assert len(shipped.services) == 99
    assert [department.name.zh for department in shipped.departments] == [
        "社保",
        "医保",
        "民政",
        "残联",
        "公安",
        "公积金",
    ]
    assert {service.department for service in shipped.services} == {department.id for department in shipped.departments}


def test_words_made_up_for_the_demonstration_say_so(shipped: Catalogue) -> None:
    assert {service.source for service in shipped.services} == {"sample"}


def test_the_bundle_has_the_shape_that_the_wire_document_gives(shipped: Catalogue) -> None:
    bundle = shipped.bundle()
    assert list(bundle) == ["hall", "hotline", "hours", "texts", "departments", "stages", "queues", "services"]
    assert bundle["hall"] == {
        "name": {"zh": "江畔区政务服务中心", "en": "Jiangpan District Service Hall"},
        "place": {"zh": "24 小时自助厅", "en": "24-hour self-service"},
    }
    assert bundle["hotline"] == "12345"
    assert bundle["hours"]["open"][0] == [0, "09:00", "17:00"]
    assert bundle["hours"]["night"] == ["22:00", "06:00"]
    assert set(bundle["texts"]) == {"missed"}
    assert all(set(tile) == {"id", "name", "icon"} for tile in bundle["departments"] + bundle["stages"])
    assert all(set(queue) == {"id", "name", "minutes"} for queue in bundle["queues"])
    assert {", ".join(sorted(service)) for service in bundle["services"]} == {
        "ages, channel, closed, department, fee, guide, hot, icon, id, materials, minutes, name, needs, offline,"
        " queue, source, stages, time_limit"
    }


def test_the_bundle_is_plain_data(shipped: Catalogue) -> None:
    assert {type(value) for value in _values(shipped.bundle())} <= {dict, list, str, int, bool, type(None)}


def test_the_bundle_survives_the_canonical_bytes(shipped: Catalogue) -> None:
    bundle = shipped.bundle()
    assert envelope.parse(envelope.canonical(bundle), envelope.DOCUMENT_LIMIT) == bundle


def test_the_signed_bundle_opens_and_is_small(shipped: Catalogue) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    signed = envelope.sign("bundle", {"version": 1, **shipped.bundle()}, key)
    assert len(signed) < SIGNED_LIMIT
    assert envelope.opened("bundle", signed, key.public_key())["services"] == shipped.bundle()["services"]


def test_icons_names_every_drawing_of_the_bundle(shipped: Catalogue) -> None:
    bundle = shipped.bundle()
    shown = {tile["icon"] for kind in ("departments", "stages", "services") for tile in bundle[kind]}
    assert icons(shipped) == shown


def test_who_lost_the_card_needs_no_card_for_a_ticket(shipped: Catalogue) -> None:
    lost = [service for service in shipped.services if service.id.endswith("-lost")]
    assert len(lost) == 3
    assert {service.needs for service in lost} == {"none"}


def test_matters_with_counted_places_take_no_ticket_offline(shipped: Catalogue) -> None:
    counted = {service.id for service in shipped.services if not service.offline}
    assert {"marriage-register", "passport-apply", "fund-loan-apply"} <= counted
    assert len(counted) < 10  # an offline day still serves nearly everybody


@pytest.mark.parametrize(
    ("age", "expected"),
    [(16, "id-card-first"), (61, "pension-presence-check"), (82, "old-age-allowance")],
)
def test_age_leads_to_what_that_age_comes_for(shipped: Catalogue, age: int, expected: str) -> None:
    assert expected in {service.id for service in shipped.services if service.ages and _within(age, service.ages)}


def _within(age: int, ages: tuple[int, int]) -> bool:
    return ages[0] <= age <= ages[1]


def _values(value: Any) -> Iterator[Any]:
    yield value
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for child in children:
        yield from _values(child)
