"""A hall that goes back to an older copy gives nothing twice and forgets no revocation."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlalchemy import select

from certificates import verify
from certificates.index import digest
from certificates.keys import FileKey, point
from certificates.shelf import FolderShelf
from certificates.status import BITS
from certificates.verdict import Why
from hall import backup, enrol
from hall.catalogue import Catalogue
from hall.certificates import registry
from hall.certificates.restoring import ListsLost
from hall.models import Kiosk, Standing, Trail
from hall.settings import Settings
from tests.hall.certificates.machine import HOST, Machine, Paper, Verifier, hold_ceremony, proof
from tests.hall.conftest import Clock, Counter, opened


class Site:
    """A data folder with a root, on which the hall is opened, restored, and opened again."""

    def __init__(self, settings: Settings, catalogue: Catalogue, clock: Clock, folder: Path) -> None:
        self.settings, self.clock = settings, clock
        self._open: Callable[[], AbstractContextManager[Counter]] = lambda: opened(settings, catalogue, clock)
        with self._open() as counter:
            self.verifier = Verifier(counter, hold_ceremony(counter, folder))

    def open(self) -> AbstractContextManager[Counter]:
        return self._open()

    def restore(self, copy: Path, forgetting: bool = False) -> None:
        self.clock.forward(hours=1)
        backup.restore(self.settings, copy, self.clock(), forgetting)

    def backup(self) -> Path:
        return backup.backup(self.settings, self.clock())

    def result(self, counter: Counter, paper: Paper) -> str:
        self.verifier.counter = counter
        return str(verify.verify(paper.text, self.verifier.lists(), HOST, self.clock.ms // 1000).result)


@pytest.fixture
def site(settings: Settings, catalogue: Catalogue, clock: Clock, tmp_path: Path) -> Site:
    return Site(settings, catalogue, clock, tmp_path / "ceremony")


def at(counter: Counter, machine: Machine) -> Machine:
    """The same kiosk at the restored hall, which it greets with what it had not heard of."""
    machine.counter = counter
    expected = counter.send(machine.terminal)["expected"]
    assert counter.send(machine.terminal, *machine.terminal.sent[expected - 1 :])["parked"] == []
    return machine


def test_no_index_of_the_lost_hall_is_given_again_however_often_it_is_restored(site: Site) -> None:
    with site.open() as counter:
        one, two = Machine(counter, counter.enrol()), Machine(counter, counter.enrol())
        given = one.lease()
        copy = site.backup()
        given += two.lease() + one.lease()
    lists = {0}
    for _ in range(3):
        site.restore(copy)
        with site.open() as counter:
            one.counter = two.counter = counter
            fresh = one.lease() + two.lease()
            assert {index // BITS for index in fresh}.isdisjoint(lists)
            lists |= {index // BITS for index in fresh}
            given += fresh
    assert len(given) == len(set(given))


def test_what_was_issued_on_lost_keys_and_indices_stays_genuine_and_is_registered_again(site: Site) -> None:
    with site.open() as counter:
        terminal = counter.enrol()
        copy = site.backup()
        machine = Machine(counter, terminal).ready()
        paper = machine.issue()
        version = site.verifier.lists().index.version if site.result(counter, paper) == "valid" else 0
    site.restore(copy)
    with site.open() as counter:
        assert site.result(counter, paper) == "valid"
        assert site.verifier.lists().index.version > version > 0
        at(counter, machine)
        assert counter.client.request("GET", f"/c/{paper.id}.json").json()["registered"]
        assert machine.register()["kid"] == machine.kid
        assert site.result(counter, machine.issue()) == "valid"


def test_an_index_of_the_lost_hall_is_believed_of_one_kiosk_only(site: Site) -> None:
    with site.open() as counter:
        terminal, stranger = counter.enrol(), Machine(counter, counter.enrol()).ready()
        copy = site.backup()
        machine = Machine(counter, terminal).ready()
    site.restore(copy)
    with site.open() as counter:
        machine.counter = stranger.counter = counter
        paper = machine.issue()
        twin = stranger.sign(status=paper.claims.status)
        assert stranger.send(stranger.issued(twin))["parked"] == [1]


def test_revocations_and_cuts_after_the_copy_are_not_forgotten(site: Site) -> None:
    with site.open() as counter:
        machine, other = Machine(counter, counter.enrol()).ready(), Machine(counter, counter.enrol()).ready()
        revoked, good, theirs = machine.issue(), machine.issue(), other.issue()
        copy = site.backup()
        with counter.hall.store.writing() as session:
            registry.revoke(session, counter.hall, revoked.id, Why.MISTAKEN, "", None)
            registry.cut(session, counter.hall, other.terminal.id, None)
        unsent = other.sign()
    site.restore(copy)
    with site.open() as counter:
        assert [site.result(counter, paper) for paper in (revoked, good, theirs, unsent)] == [
            "revoked",
            "valid",
            "valid",
            "revoked",
        ]
        said = counter.client.request("GET", f"/c/{revoked.id}.json").json()
        assert (said["status"], said["revoked_at"], said["revoked_why"]) == (
            "revoked",
            None,
            None,
        )  # only the bit is left


def test_a_kiosk_that_was_revoked_after_the_copy_stays_out_until_a_supervisor_lets_it_in(site: Site) -> None:
    with site.open() as counter:
        thief, honest = Machine(counter, counter.enrol()).ready(), Machine(counter, counter.enrol()).ready()
        copy = site.backup()
        with counter.hall.store.writing() as session:
            enrol.revoke(session, thief.terminal.id, None, counter.hall.now())
            registry.cut(session, counter.hall, thief.terminal.id, None)
    site.restore(copy)
    with site.open() as counter:
        thief.counter = honest.counter = counter
        key = FileKey.fresh()
        for path, wish in (
            ("/v1/certificate-key", {"key": point(key.public()), "proof": proof(thief.terminal, key)}),
            ("/v1/indices", {"left": 0}),
            ("/v1/events", []),
        ):
            assert counter.ask(thief.terminal, "POST", path, wish).status_code == 403
        with counter.hall.store.reading() as session:
            assert session.get_one(Kiosk, thief.terminal.id).state is Standing.QUARANTINED
            (row,) = session.scalars(select(Trail).where(Trail.verb == "quarantine"))
            assert row.detail == f"{thief.terminal.id} {thief.kid.hex()}"
        assert site.result(counter, honest.issue()) == "valid"
        counter.enrol(thief.terminal.id)
        with counter.hall.store.reading() as session:
            assert session.get_one(Kiosk, thief.terminal.id).state is Standing.ACTIVE


def test_a_paper_that_had_arrived_before_its_key_was_cut_off_is_good_to_the_registry_too(site: Site) -> None:
    with site.open() as counter:
        machine = Machine(counter, counter.enrol()).ready()
        copy = site.backup()
        paper, unsent = machine.issue(), machine.sign()
        with counter.hall.store.writing() as session:
            registry.cut(session, counter.hall, machine.terminal.id, None)
    site.restore(copy)
    with site.open() as counter:
        with counter.hall.store.writing() as session:
            session.get_one(Kiosk, machine.terminal.id).state = Standing.ACTIVE  # a supervisor has looked
        at(counter, machine)
        machine.send(machine.issued(unsent))
        standing = [counter.client.request("GET", f"/c/{each.id}.json").json()["status"] for each in (paper, unsent)]
        assert standing == ["valid", "revoked"]
        assert [site.result(counter, each) for each in (paper, unsent)] == ["valid", "revoked"]


@pytest.mark.parametrize("damage", ["gone", "index", "status/0", "templates"])
def test_without_the_lists_that_were_published_a_restore_forgets_nothing_unless_it_is_told_to(
    site: Site, damage: str
) -> None:
    with site.open() as counter:
        paper = Machine(counter, counter.enrol()).ready().issue()
        copy = site.backup()
        with counter.hall.store.writing() as session:
            registry.revoke(session, counter.hall, paper.id, Why.MISTAKEN, "", None)
        site.verifier.counter = counter
        version = site.verifier.lists().index.version
    before = site.settings.database.read_bytes(), (site.settings.data / "restores").exists()
    if damage == "gone":
        shutil.rmtree(site.settings.published)
    else:
        document = FolderShelf(site.settings.published).get(damage)
        assert document
        (site.settings.published / digest(document).hex()).write_bytes(document[:-1])
    with pytest.raises(ListsLost, match="--forget-revocations"):
        site.restore(copy)
    assert (site.settings.database.read_bytes(), (site.settings.data / "restores").exists()) == before
    site.restore(copy, forgetting=True)
    with site.open() as counter:
        site.verifier.counter = counter
        assert site.verifier.lists().index.version > version
        with counter.hall.store.reading() as session:
            (row,) = session.scalars(select(Trail).where(Trail.verb == "forget_revocations"))
            assert row.detail == copy.name


@pytest.mark.parametrize("lost", [True, False])
def test_the_index_goes_on_growing_even_where_the_published_lists_are_lost_too(site: Site, lost: bool) -> None:
    with site.open() as counter:
        site.verifier.counter = counter
        copy = site.backup()
        for _ in range(5):
            Machine(counter, counter.enrol()).register()
        before = site.verifier.lists().index
    if lost:
        shutil.rmtree(site.settings.published)
    site.restore(copy, forgetting=lost)
    with site.open() as counter:
        site.verifier.counter = counter
        after = site.verifier.lists().index
        assert after.version > before.version
        assert after.iat > before.iat
        assert (set(after.shards) >= set(before.shards)) is not lost
