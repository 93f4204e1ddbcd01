"""Technicians are certified and taken back, and a kiosk that fetches the list knows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from certificates.cbor import Refused
from certificates.technicians import Role, certified
from hall.models import Trail
from hall.technicians import register
from hall.technicians.models import TechnicianCertificate
from tests.certificates.cards import request
from tests.hall.conftest import Counter
from tests.hall.technicians.site import HOST, Site, certify, revoke


@pytest.mark.parametrize("role", Role)
def test_whoever_is_certified_is_let_in_with_that_role(site: Site, role: Role) -> None:
    with site.open() as counter:
        card = certify(counter, role=role)
        site.fetched(counter)
        assert site.opens(card) == role


def test_a_certificate_begins_ten_minutes_ago_and_ends_when_it_was_told_to(site: Site) -> None:
    with site.open() as counter:
        said = certified(certify(counter, days=30), site.key, HOST)
    assert said.begins == site.clock() - timedelta(minutes=10)
    assert said.technician.until == site.clock() + timedelta(days=30)


def test_whoever_was_taken_back_is_let_in_no_more(site: Site) -> None:
    with site.open() as counter:
        card, other = certify(counter), certify(counter, "T-015")
        revoke(counter)
        site.fetched(counter)
        assert [site.opens(each) for each in (card, other)] == ["revoked", "technician"]
        with pytest.raises(LookupError, match="no technician T-014"):
            revoke(counter)
        with pytest.raises(LookupError, match="no technician T-016"):
            revoke(counter, "T-016")


def test_of_one_name_one_certificate_is_good_the_last(site: Site) -> None:
    with site.open() as counter:
        first, second = certify(counter), certify(counter, role=Role.VENDOR)
        site.fetched(counter)
        assert [site.opens(each) for each in (first, second)] == ["revoked", "vendor"]
        revoke(counter)
        third = certify(counter)
        site.fetched(counter)
        assert [site.opens(each) for each in (first, second, third)] == ["revoked", "revoked", "technician"]


def test_a_revoked_certificate_stays_listed_until_no_clock_can_take_it_for_good(site: Site) -> None:
    with site.open() as counter:
        card = certify(counter, days=2)
        revoke(counter)
        site.clock.forward(days=2 + 6.9)
        assert site.fetched(counter).revoked(site.serial(card))
        site.clock.forward(days=1)
        assert not site.fetched(counter).revoked(site.serial(card))
        assert site.opens(card) == "expired"


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"name": ""}, "staff number"),
        ({"name": "t-014"}, "staff number"),
        ({"name": "T" * 17}, "staff number"),
        ({"name": "T-014\n"}, "staff number"),
        ({"name": "张三"}, "staff number"),
        ({"days": 0}, "1 to 1095 days"),
        ({"days": 1_096}, "1 to 1095 days"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_stays(site: Site, changed: dict[str, Any], why: str) -> None:
    with site.open() as counter, pytest.raises(ValueError, match=why):
        certify(counter, **changed)
    assert not site.settings.technicians.exists()


def test_a_request_that_proves_no_key_takes_nothing_from_the_name(site: Site) -> None:
    with site.open() as counter:
        card = certify(counter)
        for asked in (b"", request(ec.generate_private_key(ec.SECP521R1()))):
            with pytest.raises(Refused), counter.hall.store.writing() as session:
                register.certify(session, counter.hall, asked, "T-014", Role.VENDOR, 1)
        site.fetched(counter)
        assert site.opens(card) == "technician"


def test_a_hall_without_an_address_certifies_nobody(site: Site) -> None:
    site.settings = site.settings.model_copy(update={"port": 0})
    with site.open() as counter, pytest.raises(ValueError, match="no fixed address"):
        certify(counter)


def test_the_trail_tells_who_was_certified_and_taken_back(site: Site) -> None:
    with site.open() as counter:
        serial = site.serial(certify(counter)).to_bytes(16).hex()
        revoke(counter)
        assert told(counter) == [("technician_certify", f"T-014 technician {serial}"), ("technician_revoke", "T-014")]
        with counter.hall.store.reading() as session:
            (row,) = session.scalars(select(TechnicianCertificate))
            assert (row.name, row.role, row.serial.hex()) == ("T-014", "technician", serial)


def told(counter: Counter) -> list[tuple[str, str]]:
    with counter.hall.store.reading() as session:
        rows = session.scalars(select(Trail).where(Trail.verb.startswith("technician")).order_by(Trail.id))
        return [(row.verb, row.detail) for row in rows]


def test_the_same_card_may_be_certified_anew_and_every_certificate_has_its_own_number(site: Site) -> None:
    with site.open() as counter:
        serials = {site.serial(certify(counter)) for _ in range(3)}
    assert len(serials) == 3
