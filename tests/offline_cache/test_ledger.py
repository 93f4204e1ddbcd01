"""Before paper and after it: what is on record, and what never is."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

import pytest
from sqlite_utils import Database

from offline_cache import leases
from offline_cache.board import Board, BoardTicket
from offline_cache.copies import NotInHand
from offline_cache.envelope import decode, unseal
from offline_cache.leases import Lease
from offline_cache.ledger import COPIES, Gone
from offline_cache.outbox import Ack
from offline_cache.store import StoreError, StoreFull
from offline_cache.tickets import Counts, Outcome, Recorded, Waiting
from tests.offline_cache.conftest import Kiosk, draft
from tests.offline_cache.far_hall import DAY, NOON, FarHall

WANG, LI = b"w" * 32, b"l" * 32


def board(watermark: int, *waiting: BoardTicket, day: str = DAY) -> Board:
    return Board(NOON, day, 1, 1, watermark, {}, waiting, ())


def test_ticket_number_copy_and_event_are_on_record_together(kiosk: Kiosk) -> None:
    leases.add(kiosk.cache.store, Lease(DAY, "A", 37, 40))
    recorded = kiosk.cache.ledger.record(draft("A", "pension", "medical", person=WANG))
    assert (recorded.number, recorded.copy, recorded.day, recorded.at) == ("A037", 1, DAY, NOON)
    (event,) = [decode(data) for data in kiosk.cache.outbox.batch()]
    assert event.kind == "ticket.issued"
    assert event.body == {
        "id": recorded.id,
        "day": DAY,
        "number": "A037",
        "queue": "A",
        "matters": ["pension", "medical"],
        "via": "card",
        "person": WANG,
        "booking": None,
        "ahead": None,
        "minutes": None,
        "masked": "王*",
        "language": "zh-Hans",
        "level": "none",
        "account": None,
        "acting": None,
    }
    assert kiosk.cache.ledger.counts() == Counts(1, 1, 0, 0, 0)


def test_only_the_hall_reads_the_name(kiosk: Kiosk, far: FarHall) -> None:
    recorded = kiosk.cache.ledger.record(draft(person=WANG))
    (event,) = [decode(data) for data in kiosk.cache.outbox.batch()]
    assert event.sealed is not None
    assert unseal(event.sealed, recorded.id, far.seal_key)["name"] == "王小明"


def test_no_byte_of_a_citizen_is_on_the_disk_or_in_a_repr(kiosk: Kiosk) -> None:
    secret = draft(person=WANG, slip="王小明 990101199001011234".encode())
    recorded = kiosk.cache.ledger.record(secret)
    kiosk.cache.ledger.copy(recorded.id)
    disk = b"".join(path.read_bytes() for path in kiosk.folder.rglob("*") if path.is_file())
    for canary in ("王小明".encode(), b"990101199001011234"):
        assert canary not in disk
    assert "王" not in repr(secret) + repr(recorded)
    assert repr(WANG) not in repr(secret)


@pytest.mark.parametrize("table", ["outbox", "tickets", "copies", "leases"])
def test_a_record_that_fails_between_its_inserts_leaves_nothing(kiosk: Kiosk, table: str) -> None:
    store, ledger = kiosk.cache.store, kiosk.cache.ledger
    leases.add(store, Lease(DAY, "A", 1, 5))
    verb = "UPDATE" if table == "leases" else "INSERT"
    with store.transaction() as database:
        database.execute(f"CREATE TRIGGER broken AFTER {verb} ON {table} BEGIN SELECT raise(ABORT, 'struck here'); END")
    with pytest.raises(StoreError):
        ledger.record(draft())
    with store.transaction() as database:
        database.execute("DROP TRIGGER broken")
    assert kiosk.cache.outbox.batch() == ()
    assert ledger.counts() == Counts(0, 0, 0, 0, 0)
    assert ledger.record(draft()).number == "A001"
    assert [decode(data).seq for data in kiosk.cache.outbox.batch()] == [1]


def test_nobody_but_the_ledger_makes_a_recorded() -> None:
    with pytest.raises(TypeError):
        Recorded("ID", DAY, "A001", "A", ("pension",), NOON, 1, "K0203-1-000001", b"")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_a_copy_is_settled_once(kiosk: Kiosk, outcome: Outcome) -> None:
    ledger = kiosk.cache.ledger
    recorded = ledger.record(draft())
    ledger.settle(recorded, outcome, "P102")
    with pytest.raises(NotInHand):
        ledger.settle(recorded, Outcome.PRINTED)
    settled = [decode(data) for data in kiosk.cache.outbox.batch()][1:]
    assert [event.body for event in settled] == [
        {"id": recorded.id, "copy": 1, "outcome": outcome.value, "fault": "P102"}
    ]
    assert ledger.counts().balanced


def test_what_was_in_hand_at_a_stop_is_uncertain_and_the_hall_is_told_once(kiosk: Kiosk) -> None:
    printed = kiosk.cache.ledger.record(draft())
    kiosk.cache.ledger.settle(printed, Outcome.PRINTED)
    lost = kiosk.cache.ledger.record(draft())
    for _ in range(2):
        kiosk.restart()
        assert kiosk.cache.ledger.counts() == Counts(2, 0, 1, 0, 1)
    with pytest.raises(NotInHand):
        kiosk.cache.ledger.settle(lost, Outcome.PRINTED)
    told = [e.body for e in map(decode, kiosk.cache.outbox.batch()) if e.body.get("outcome") == "uncertain"]
    assert told == [{"id": lost.id, "copy": 1, "outcome": "uncertain", "fault": None}]


def test_a_reprint_keeps_number_and_slip_and_counts_up(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    recorded = ledger.record(draft(slip=b"the slip"))
    ledger.settle(recorded, Outcome.UNCERTAIN)
    again = ledger.copy(recorded.id)
    assert (again.number, again.copy, again.slip, again.at) == (recorded.number, 2, b"the slip", recorded.at)
    assert ledger.counts() == Counts(2, 1, 0, 0, 1)
    assert decode(kiosk.cache.outbox.batch()[-1]).kind == "ticket.copied"


def test_reprints_end(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    recorded = ledger.record(draft())
    for _ in range(COPIES - 1):
        ledger.copy(recorded.id)
    with pytest.raises(Gone):
        ledger.copy(recorded.id)
    with pytest.raises(Gone):
        ledger.copy("NOSUCHTICKETHERE")
    assert ledger.counts() == Counts(COPIES, COPIES, 0, 0, 0)


def test_a_slip_moved_to_another_row_does_not_open(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    one, other = ledger.record(draft(slip=b"one")), ledger.record(draft(slip=b"other"))
    with kiosk.cache.store.transaction() as database:
        database.execute("UPDATE tickets SET slip = (SELECT slip FROM tickets WHERE id = ?)", (one.id,))
    assert ledger.copy(one.id).slip == b"one"
    with pytest.raises(Gone):
        ledger.copy(other.id)


def test_a_person_who_waits_is_known_by_today_and_by_matter(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    ticket = ledger.record(draft("A", "pension", person=WANG))
    assert [w.id for w in ledger.waiting_for(WANG, {"pension", "medical"})] == [ticket.id]
    assert ledger.waiting_for(WANG, {"medical"}) == ()
    assert ledger.waiting_for(LI) == ()
    kiosk.ticks.advance(86_400)
    assert ledger.waiting_for(WANG) == ()


def test_a_ticket_that_was_void_does_not_wait(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    ledger.settle(ledger.record(draft(person=WANG)), Outcome.VOID, "P102")
    assert ledger.waiting_for(WANG) == ()


def test_the_board_says_who_waits_as_far_as_it_has_heard(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    called, unheard = ledger.record(draft(person=WANG)), ledger.record(draft(person=WANG))
    elsewhere = BoardTicket(WANG, "A900", "A", ("medical",), NOON)
    ledger.hear(board(1, elsewhere, BoardTicket(LI, "A901", "A", ("pension",), NOON)))
    assert called.number not in [w.number for w in ledger.waiting_for(WANG)]
    assert [(w.number, w.id) for w in ledger.waiting_for(WANG)] == [(unheard.number, unheard.id), ("A900", None)]
    ledger.hear(board(9, BoardTicket(WANG, called.number, "A", ("pension",), NOON)))
    assert [(w.number, w.id) for w in ledger.waiting_for(WANG)] == [(called.number, called.id)]
    ledger.hear(board(9, elsewhere, day="2026-11-20"))
    assert "A900" not in [w.number for w in ledger.waiting_for(WANG)]


def test_a_cancelled_ticket_waits_no_more_whatever_an_old_board_says(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    ticket = ledger.record(draft(person=WANG))
    ledger.hear(board(1, BoardTicket(WANG, ticket.number, "A", ("pension",), NOON)))
    (waiting,) = ledger.waiting_for(WANG)
    ledger.cancel(waiting)
    assert ledger.waiting_for(WANG) == ()
    event = decode(kiosk.cache.outbox.batch()[-1])
    assert (event.kind, event.body) == ("ticket.cancelled", {"day": DAY, "number": ticket.number, "person": WANG})
    with pytest.raises(Gone):
        ledger.copy(ticket.id)


def test_a_ticket_of_another_kiosk_can_be_cancelled_here(kiosk: Kiosk) -> None:
    kiosk.cache.ledger.hear(board(0, BoardTicket(WANG, "A900", "A", ("medical",), NOON)))
    (waiting,) = kiosk.cache.ledger.waiting_for(WANG)
    assert waiting == Waiting("A900", "A", ("medical",), NOON, DAY, WANG)
    kiosk.cache.ledger.cancel(waiting)
    assert kiosk.cache.ledger.waiting_for(WANG) == ()
    assert decode(kiosk.cache.outbox.batch()[-1]).body["number"] == "A900"


def test_reprint_data_goes_with_its_day_once_the_backup_has_it(kiosk: Kiosk) -> None:
    ledger, outbox = kiosk.cache.ledger, kiosk.cache.outbox
    ticket = ledger.record(draft(person=WANG))
    kiosk.ticks.advance(86_400)
    kiosk.cache.tidy()
    assert ledger.copy(ticket.id).slip
    outbox.apply(Ack(2, outbox.chain.head, 2, (), 3, 500))
    kiosk.cache.tidy()
    with pytest.raises(Gone):
        ledger.copy(ticket.id)
    assert kiosk.cache.store.rows("SELECT person, slip FROM tickets") == [(None, None)]
    assert kiosk.cache.store.rows("SELECT * FROM day_keys") == []


def test_reprint_data_goes_after_seven_days_whatever_the_hall_does(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    ticket = ledger.record(draft(person=WANG))
    ledger.settle(ticket, Outcome.PRINTED)
    kiosk.ticks.advance(8 * 86_400)
    kiosk.cache.tidy()
    with pytest.raises(Gone):
        ledger.copy(ticket.id)
    assert kiosk.cache.store.rows("SELECT count(*) FROM day_keys") == [(0,)]
    assert len(kiosk.cache.outbox.batch()) == 2  # the hall has not seen it: it is not lost
    assert ledger.counts().balanced


def test_a_full_outbox_takes_no_ticket_but_settles_what_it_took(kiosk: Kiosk) -> None:
    ledger = kiosk.cache.ledger
    kiosk.cache.outbox._most = 2
    one, two = ledger.record(draft()), ledger.record(draft())
    with pytest.raises(StoreFull):
        ledger.record(draft())
    ledger.settle(one, Outcome.PRINTED)
    ledger.settle(two, Outcome.VOID)
    assert ledger.counts() == Counts(2, 0, 1, 1, 0)


def test_a_ticket_too_long_for_the_hall_is_refused_before_it_is_on_record(kiosk: Kiosk) -> None:
    with pytest.raises(ValueError, match="bytes"):
        kiosk.cache.ledger.record(draft("A", *(f"matter-{n:060}" for n in range(80))))
    assert kiosk.cache.ledger.counts() == Counts(0, 0, 0, 0, 0)


def test_sqlite_utils_keeps_its_word_on_atomic(tmp_path: Path) -> None:
    """Every write relies on it; version 3 of the library ended the transaction at the first insert."""
    database = Database(sqlite3.connect(tmp_path / "one.db"))
    database.execute("CREATE TABLE t (n INTEGER)")
    with suppress(ZeroDivisionError), database.atomic():
        database.execute("INSERT INTO t VALUES (1)")
        raise ZeroDivisionError
    assert database.execute("SELECT * FROM t").fetchall() == []
    database.conn.close()
