"""The list as it is fetched: there from the first day, never older than a day, its number never lower."""

from __future__ import annotations

from pathlib import Path

from certificates.technicians import revocation_list
from hall.authority import create
from tests.hall.technicians.site import HOST, LIST, Site, certify, revoke


def test_the_list_is_there_before_anybody_is_certified(site: Site) -> None:
    with site.open() as counter:
        assert site.fetched(counter).entries() == {}


def test_the_list_stays_the_same_for_a_day_and_is_made_anew_after_it(site: Site) -> None:
    with site.open() as counter:
        first = site.fetched(counter)
        site.clock.forward(hours=23, minutes=59)
        assert site.fetched(counter).number == first.number
        site.clock.forward(minutes=1)
        second = site.fetched(counter)
        assert second.number > first.number
        assert second.made == site.clock()


def test_a_change_makes_a_list_at_once(site: Site) -> None:
    with site.open() as counter:
        card = certify(counter)
        before = site.fetched(counter).number
        revoke(counter)
        after = site.fetched(counter)
        assert after.number == before + 1  # two lists in one second
        assert after.revoked(site.serial(card))


def test_who_has_the_list_is_told_that_it_still_holds(site: Site) -> None:
    with site.open() as counter:
        tag = counter.client.request("GET", LIST).headers["etag"]
        again = counter.client.request("GET", LIST, headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
        certify(counter)
        assert counter.client.request("GET", LIST, headers={"if-none-match": tag}).status_code == 200


def test_a_clock_that_was_ahead_makes_no_number_go_back(site: Site) -> None:
    with site.open() as counter:
        site.clock.forward(days=400)
        ahead = site.fetched(counter)
        site.clock.forward(days=-400)
        right = site.fetched(counter)
        assert right.number > ahead.number
        assert right.made == site.clock()


def test_another_address_or_another_key_has_a_list_of_its_own(site: Site, tmp_path: Path) -> None:
    with site.open() as counter:
        before = site.fetched(counter).number
    site.settings = site.settings.model_copy(update={"port": 9443})
    with site.open() as counter:
        moved = revocation_list(counter.client.request("GET", LIST).content, site.key, "localhost:9443")
        assert moved.number > before
    site.settings = site.settings.model_copy(update={"port": 8443})
    (site.settings.keys / "technicians.key").unlink()
    create(site.settings.keys, site.settings.name, site.clock())
    with site.open() as counter:
        assert revocation_list(counter.client.request("GET", LIST).content, site.key, HOST).number > moved.number
