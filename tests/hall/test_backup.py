"""A copy counts when it was read back; a hall that goes back to one gives nothing out twice."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from hall import backup, enrol, marks
from hall.binding import bindings, tries
from hall.binding.models import Binding, BindTry
from hall.catalogue import Catalogue
from hall.channels import PhoneAccount
from hall.models import Kiosk, QueueCounter
from hall.oidc import clients, commands
from hall.oidc.models import DepartmentCode, DepartmentToken
from hall.phone import sessions as phones
from hall.phone.models import PhoneDoor, PhoneSession
from hall.settings import Settings
from hall.tickets import State, Ticket
from tests.hall.conftest import DAY, Clock, Counter, issued, opened
from tests.hall.people.registering import Kiosk as Registering
from tests.hall.people.registering import account_id
from tests.hall.terminal import Terminal, enrolment

SAID = clients.Said("江畔区民政服务", "Civil affairs", "办理高龄津贴", "Your allowance for the aged")


class Site:
    """A data folder on which the hall is opened, closed, and opened again."""

    def __init__(self, settings: Settings, catalogue: Catalogue, clock: Clock) -> None:
        self.settings, self.catalogue, self.clock = settings, catalogue, clock

    def open(self) -> AbstractContextManager[Counter]:
        return opened(self.settings, self.catalogue, self.clock)

    def backup(self) -> Path:
        return backup.backup(self.settings, self.clock())

    def restore(self, copy: Path) -> None:
        self.clock.forward(hours=1)
        backup.restore(self.settings, copy, self.clock())


@pytest.fixture
def site(settings: Settings, catalogue: Catalogue, clock: Clock) -> Site:
    return Site(settings, catalogue, clock)


def take(counter: Counter, terminal: Terminal, n: int) -> bytes:
    ticket = "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{n:016d}")
    return terminal.event("ticket.issued", issued(ticket, f"A{n:03d}"), counter.clock.ms)


def lease(counter: Counter, terminal: Terminal, queue: str = "A") -> int:
    answer = counter.ask(terminal, "POST", "/v1/leases", {"day": DAY, "queue": queue, "left": 0})
    assert answer.status_code == 200, answer.text
    return int(terminal.reply("lease", answer.content)["first"])


def test_the_backup_watermark_rises_only_with_a_verified_copy(site: Site) -> None:
    with site.open() as counter:
        terminal = counter.enrol()
        assert counter.send(terminal, take(counter, terminal, 1), take(counter, terminal, 2))["backup"] == 0
        copy = site.backup()
        assert counter.send(terminal, take(counter, terminal, 3))["backup"] == 2
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM ticket").fetchall() == [(2,)]


@pytest.mark.parametrize("damage", ["cut short", "bits flipped", "no database", "rows missing"])
def test_a_copy_that_does_not_read_back_is_never_believed(site: Site, damage: str) -> None:
    with site.open() as counter:
        terminal = counter.enrol()
        counter.send(terminal, *(take(counter, terminal, n) for n in range(1, 100)))
        copy = site.backup()
    whole = copy.read_bytes()
    match damage:
        case "cut short":
            copy.write_bytes(whole[: len(whole) // 2])
        case "bits flipped":
            copy.write_bytes(whole[:8192] + bytes(byte ^ 0xFF for byte in whole[8192:24576]) + whole[24576:])
        case "no database":
            copy.write_bytes(b"<html>")
        case _:
            with closing(sqlite3.connect(copy)) as database:
                database.execute("DELETE FROM applied_event WHERE seq = 50")
                database.commit()
    with pytest.raises(backup.NotWhole):
        site.restore(copy)
    with site.open() as counter:
        assert counter.send(terminal)["watermark"] == 99


def test_a_hall_that_runs_is_not_restored_under_its_feet(site: Site) -> None:
    with site.open():
        copy = site.backup()
    with backup.alone(site.settings), pytest.raises(backup.Running):
        site.restore(copy)


def test_a_restored_hall_asks_for_what_it_lost_and_loses_nothing(site: Site) -> None:
    with site.open() as counter:
        terminal = counter.enrol()
        counter.send(terminal, take(counter, terminal, 1))
        copy = site.backup()
        counter.send(terminal, take(counter, terminal, 2), take(counter, terminal, 3))
    site.restore(copy)
    with site.open() as counter:
        ack = counter.send(terminal)
        assert (ack["watermark"], ack["expected"], ack["backup"]) == (1, 2, 0)
        ack = counter.send(terminal, *terminal.sent[1:])
        assert (ack["watermark"], ack["head"]) == (3, terminal.head)
        with counter.hall.store.reading() as session:
            numbers = session.scalars(select(Ticket.number).order_by(Ticket.number)).all()
            states = set(session.scalars(select(Ticket.state)).all())
        assert (numbers, states) == (["A001", "A002", "A003"], {State.WAITING})


def test_numbers_leased_since_the_backup_are_never_leased_again(site: Site) -> None:
    with site.open() as counter:
        one, two = counter.enrol(), counter.enrol()
        assert lease(counter, one) == 1
        copy = site.backup()
        lost = [lease(counter, two), lease(counter, two, "B"), lease(counter, one)]
        assert lost == [21, 1, 41]
    site.restore(copy)
    with site.open() as counter:
        gap = site.settings.restore_gap
        assert lease(counter, one) == 21 + gap
        assert lease(counter, one, "B") == 1 + gap
        with counter.hall.store.reading() as session:
            assert session.get_one(QueueCounter, (DAY, "A")).next == 41 + gap
    site.restore(copy)
    with site.open() as counter:
        assert lease(counter, one) == 21 + 2 * gap
        assert lease(counter, one, "B") == 1 + 2 * gap


def test_what_kiosks_hold_from_beyond_the_gap_is_left_out_when_they_say_so(site: Site) -> None:
    with site.open() as counter:
        terminal = counter.enrol()
        copy = site.backup()
    site.restore(copy)
    with site.open() as counter:
        counter.beat(terminal, leases=[[DAY, "A", 341, 360]])
        assert lease(counter, terminal) == 361


def test_versions_never_go_back_so_kiosks_go_on_obeying(site: Site) -> None:
    with site.open() as counter:
        terminal = counter.enrol()
        before = counter.beat(terminal)
        copy = site.backup()
        with counter.hall.store.writing() as session:
            latest = marks.version(session, "bundle", "a catalogue of the lost afternoon")
    site.restore(copy)
    with site.open() as counter:
        board = counter.beat(terminal)
        assert board["bundle"] > latest
        assert board["sheet"] > before["sheet"]
        assert board["incarnation"] > before["incarnation"]


def test_nobody_is_signed_in_and_no_phone_proves_anything_for_a_day_after_a_restore(site: Site) -> None:
    with site.open() as counter:
        kiosk = Registering(counter, counter.enrol())
        kiosk.send(kiosk.opened("E2"))
        now, account = counter.clock.ms, account_id("E2")
        with counter.hall.store.writing() as session:
            phone = bindings.bind(session, account, PhoneAccount("wechat", "o7", "微*"), now, "01")
            assert phone is not None
            gone = Binding(id="G" * 16, account=account, channel="wechat", openid="o8", shown="", since=1)
            gone.counts_from, gone.ended, gone.objection = 1, 2, b"gone"
            machine = session.get_one(Kiosk, kiosk.terminal.id)
            session.add_all(
                (gone, PhoneDoor(token=b"door", state=None, step="account", channel="", csrf="", until=now))
            )
            tries.begin(session, machine, account, "bind", bytes(16), now)
            phones.begin(session, phone, now)
            clients.add(session, "civil-affairs", SAID, ["https://civil.example/back"], ["name"], now)
            lent = {
                "client": "civil-affairs",
                "account": account,
                "binding": phone.id,
                "scopes": [],
                "level": "phone",
                "expires": now + 9,
            }
            session.add(DepartmentToken(hash=b"token", code=b"code", **lent))
            session.add(DepartmentCode(hash=b"code", redirect="", nonce="", challenge="", **lent))
        copy = site.backup()
    site.restore(copy)
    with site.open() as counter, counter.hall.store.reading() as session:
        for table in (PhoneSession, PhoneDoor, BindTry, DepartmentCode, DepartmentToken):
            assert session.scalars(select(table)).all() == [], table
        live, ended = session.scalars(select(Binding).order_by(Binding.ended)).all()
        assert (live.id, live.counts_from) == (phone.id, counter.clock.ms + 24 * 3_600_000)
        assert ended.counts_from == 1


def test_a_department_that_was_shut_out_since_the_copy_stays_out(site: Site) -> None:
    with site.open() as counter, counter.hall.store.writing() as session:
        for id in ("civil-affairs", "housing-fund"):
            clients.add(session, id, SAID, ["https://civil.example/back"], ["name"], counter.clock.ms)
    copy = site.backup()
    for _ in range(2):
        commands.revoke(site.settings, Namespace(id="civil-affairs"))
    site.restore(copy)
    with site.open() as counter, counter.hall.store.reading() as session:
        assert clients.find(session, "civil-affairs") is None
        assert clients.find(session, "housing-fund") is not None


def test_epochs_kiosk_numbers_and_codes_of_the_lost_hall_are_not_given_again(site: Site) -> None:
    with site.open() as counter:
        one, code, key = counter.enrol(), counter.code(), ec.generate_private_key(ec.SECP256R1())
        copy = site.backup()
        assert counter.client.request("POST", "/v1/enrol", json=enrolment(code, key)).status_code == 200
        again, lost = counter.enrol(one.id), counter.enrol()
        assert (again.epoch, lost.number) == (2, "03")
    site.restore(copy)
    with site.open() as counter:
        assert counter.ask(again, "GET", "/v1/bundle").status_code == 401
        assert counter.enrol(one.id).epoch > again.epoch
        assert counter.enrol().number > lost.number
        assert counter.client.request("POST", "/v1/enrol", json=enrolment(code, key)).status_code == 403


def test_an_enrolled_kiosk_needs_no_new_code_after_a_restore(site: Site) -> None:
    with site.open() as counter:
        terminal = counter.enrol()
        copy = site.backup()
    site.restore(copy)
    with site.open() as counter:
        assert counter.beat(terminal)["kiosk"] == terminal.id
        with counter.hall.store.writing() as session, pytest.raises(LookupError):
            enrol.revoke(session, "K-0299", None, 0)
        with counter.hall.store.reading() as session:
            assert session.get_one(Kiosk, terminal.id).epoch == 1
