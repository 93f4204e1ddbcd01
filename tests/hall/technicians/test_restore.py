"""A hall that goes back to an older copy takes no technician's revocation back, and gives no list a number twice."""

from __future__ import annotations

import shutil

import pytest

from certificates.technicians import revocation_list
from hall.certificates.restoring import ListsLost
from tests.hall.technicians.site import HOST, Site, certify, revoke


def test_who_was_taken_back_after_the_copy_stays_so(site: Site) -> None:
    with site.open() as counter:
        card, kept = certify(counter), certify(counter, "T-015")
        copy = site.backup()
        revoke(counter)
        site.fetched(counter)
    site.restore(copy, hours=1)
    with site.open() as counter:
        site.fetched(counter)
        assert [site.opens(each) for each in (card, kept)] == ["revoked", "technician"]


def test_who_was_certified_after_the_copy_can_still_be_taken_back(site: Site) -> None:
    with site.open() as counter:
        certify(counter, "T-015")
        copy = site.backup()
        first, last = certify(counter), certify(counter)
        site.fetched(counter)
    site.restore(copy, hours=1)
    with site.open() as counter:
        site.fetched(counter)
        assert [site.opens(each) for each in (first, last)] == ["revoked", "technician"]
        revoke(counter)
        site.fetched(counter)
        assert site.opens(last) == "revoked"


@pytest.mark.parametrize("hours", [0, -2_000])
def test_the_number_of_the_list_goes_on_growing_whatever_the_clock_says(site: Site, hours: int) -> None:
    with site.open() as counter:
        certify(counter)
        site.fetched(counter)
        copy = site.backup()
        for _ in range(5):
            certify(counter)
        before = site.fetched(counter).number
    site.restore(copy, hours=hours)
    with site.open() as counter:
        assert site.fetched(counter).number > before


def test_a_list_that_the_copy_still_holds_is_not_served_again(site: Site) -> None:
    with site.open() as counter:
        certify(counter)
        copy = site.backup()
    site.restore(copy)
    with site.open() as counter:
        assert site.fetched(counter).number > 0
        assert site.fetched(counter).made == site.clock()


def test_a_certificate_that_only_the_list_knows_stays_listed(site: Site) -> None:
    with site.open() as counter:
        copy = site.backup()
        card = certify(counter)
        revoke(counter)
        before = site.fetched(counter).entries()
    for file in site.settings.technicians.glob("*.der"):
        file.unlink()
    site.restore(copy, hours=1)
    with site.open() as counter:
        assert site.fetched(counter).entries() == before
        site.clock.forward(days=364)
        site.fetched(counter)
        assert site.opens(card) == "revoked"


@pytest.mark.parametrize("damage", ["gone", "cut", "garbage"])
def test_without_the_list_a_restore_forgets_nothing_unless_it_is_told_to(site: Site, damage: str) -> None:
    with site.open() as counter:
        card = certify(counter)
        copy = site.backup()
        revoke(counter)
        before = site.fetched(counter).number
    crl = site.settings.technicians / "revoked.crl"
    match damage:
        case "gone":
            shutil.rmtree(site.settings.technicians)
        case "cut":
            crl.write_bytes(crl.read_bytes()[:-1])
        case _:
            crl.write_bytes(b"\x30\x80" * 9)
    database = site.settings.database.read_bytes()
    with pytest.raises(ListsLost, match="--forget-revocations"):
        site.restore(copy, hours=1)
    assert site.settings.database.read_bytes() == database
    site.restore(copy, forgetting=True)
    with site.open() as counter:
        assert site.fetched(counter).number > before
        assert site.opens(card) == "technician"


def test_a_hall_that_never_certified_anybody_is_restored_as_before(site: Site) -> None:
    with site.open():
        copy = site.backup()
    site.restore(copy, hours=1)
    with site.open() as counter:
        assert site.fetched(counter).entries() == {}


def test_what_lies_beside_the_database_is_its_owners_and_worth_nothing_to_others(site: Site) -> None:
    with site.open() as counter:
        card = certify(counter)
    found = {path.suffix: path for path in site.settings.technicians.iterdir()}
    assert {path.stat().st_mode & 0o777 for path in found.values()} == {0o600}
    assert found[".der"].read_bytes() == card
    assert revocation_list(found[".crl"].read_bytes(), site.key, HOST).entries() == {}


def test_a_certificate_of_another_address_is_left_where_it_lies(site: Site) -> None:
    with site.open() as counter:
        certify(counter)
        copy = site.backup()
    (site.settings.technicians / "00.der").write_bytes(b"\x30\x80")
    site.restore(copy, hours=1)
    with site.open() as counter:
        revoke(counter)
        assert len(site.fetched(counter).entries()) == 1
