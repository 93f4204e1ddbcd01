"""The chain, and whose word moves it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offline_cache.envelope import GENESIS, decode, link, unseal
from offline_cache.outbox import Ack, Forked, Outbox
from tests.offline_cache.conftest import Kiosk, draft
from tests.offline_cache.far_hall import FarHall

WANG = b"w" * 32


def hashes(kiosk: Kiosk, count: int) -> list[bytes]:
    """Record tickets; the hash at each seq, from 0."""
    for _ in range(count):
        kiosk.cache.ledger.record(draft(person=WANG))
    return [GENESIS] + [link(data) for data in kiosk.cache.outbox.batch()]


def ack(watermark: int, head: bytes, backup: int = 0, parked: tuple[int, ...] = ()) -> Ack:
    return Ack(watermark, head, backup, parked, watermark + 1, 500)


def seqs(outbox: Outbox) -> list[int]:
    return [decode(data).seq for data in outbox.batch()]


def test_events_are_chained_without_a_gap_over_restarts(kiosk: Kiosk) -> None:
    hashes(kiosk, 3)
    kiosk.restart()  # settles three as uncertain
    kiosk.cache.ledger.record(draft())
    head = GENESIS
    for seq, data in enumerate(kiosk.cache.outbox.batch(), 1):
        event = decode(data)
        assert (event.kiosk, event.epoch, event.seq, event.prev) == ("K-0203", 1, seq, head)
        head = link(data)
    assert seq == 7


def test_acknowledged_events_are_not_sent_again_but_kept_until_the_backup_has_them(kiosk: Kiosk) -> None:
    head = hashes(kiosk, 5)
    outbox = kiosk.cache.outbox
    outbox.apply(ack(3, head[3]))
    assert seqs(outbox) == [4, 5]
    assert outbox.pending().count == 2
    outbox.apply(ack(2, head[2]))  # the hall was set back: it gets them again
    assert seqs(outbox) == [3, 4, 5]
    outbox.apply(ack(5, head[5], backup=4))
    assert kiosk.cache.store.rows("SELECT seq FROM outbox") == [(5,)]


def test_the_chain_goes_on_when_all_of_it_is_erased(kiosk: Kiosk) -> None:
    head = hashes(kiosk, 2)
    kiosk.cache.outbox.apply(ack(2, head[2], backup=2))
    assert kiosk.cache.store.rows("SELECT seq, data FROM outbox") == [(2, b"")]
    kiosk.restart()
    (settled, _) = map(decode, kiosk.cache.outbox.batch())
    assert (settled.seq, settled.prev) == (3, head[2])


def test_erased_events_are_gone_from_the_disk(kiosk: Kiosk) -> None:
    head = hashes(kiosk, 3)
    sealed = [event.sealed for event in map(decode, kiosk.cache.outbox.batch()) if event.sealed]
    kiosk.cache.outbox.apply(ack(3, head[3], backup=3))
    kiosk.cache.store.checkpoint()
    disk = b"".join(path.read_bytes() for path in kiosk.folder.glob("keting.db*"))
    assert len(sealed) == 3
    assert not [one for one in sealed if one[40:] in disk]


@pytest.mark.parametrize(
    ("watermark", "why"),
    [(4, "the hall has more than was ever recorded"), (2, "another hash at the same place")],
)
def test_a_history_that_is_not_ours_is_a_fork_and_changes_nothing(kiosk: Kiosk, watermark: int, why: str) -> None:
    hashes(kiosk, 3)
    before = kiosk.cache.outbox.chain
    with pytest.raises(Forked):
        kiosk.cache.outbox.apply(ack(watermark, b"?" * 32, backup=watermark))
    assert kiosk.cache.outbox.chain == before
    assert seqs(kiosk.cache.outbox) == [1, 2, 3]


def test_a_hall_that_lost_what_its_backup_had_is_told_apart(kiosk: Kiosk) -> None:
    head = hashes(kiosk, 3)
    kiosk.cache.outbox.apply(ack(3, head[3], backup=2))
    with pytest.raises(Forked, match="gone"):
        kiosk.cache.outbox.apply(ack(1, head[1]))
    with pytest.raises(Forked, match="gone"):
        kiosk.cache.outbox.stands_at(1)


def test_a_restored_hall_is_noticed_by_its_board_alone(kiosk: Kiosk) -> None:
    head = hashes(kiosk, 3)
    outbox = kiosk.cache.outbox
    outbox.apply(ack(3, head[3]))
    outbox.stands_at(3)
    assert seqs(outbox) == []
    outbox.stands_at(1)
    kiosk.restart()
    assert seqs(kiosk.cache.outbox)[:2] == [2, 3]
    with pytest.raises(Forked):
        kiosk.cache.outbox.stands_at(99)


def test_a_watermark_without_a_hash_acknowledges_nothing(kiosk: Kiosk) -> None:
    hashes(kiosk, 3)
    kiosk.cache.outbox.stands_at(3)
    assert seqs(kiosk.cache.outbox) == [1, 2, 3]


def test_batches_are_bounded_in_events_and_bytes(kiosk: Kiosk) -> None:
    outbox = kiosk.cache.outbox
    with outbox.page() as page:
        for number in range(700):
            page.append(1, "ticket.settled", {"n": number}, b"s" * 3000)
    assert len(outbox.batch(3)) == 3
    assert 100 < len(outbox.batch()) < 200
    assert sum(map(len, outbox.batch())) <= 512 * 1024
    outbox.chain = replace(outbox.chain)
    assert len(outbox.batch(0)) == 1


def test_what_was_never_acknowledged_goes_to_a_new_epoch_and_names_its_tickets(kiosk: Kiosk, far: FarHall) -> None:
    head = hashes(kiosk, 3)
    tickets = [event.body["id"] for event in map(decode, kiosk.cache.outbox.batch())]
    kiosk.cache.outbox.apply(ack(1, head[1]))
    kiosk.cache.enrol(far.code(), far.url)
    events = [decode(data) for data in kiosk.cache.outbox.batch()]
    carried = [event for event in events if event.kind == "ticket.issued"]
    assert [(e.epoch, e.seq, e.body["id"]) for e in carried] == [(2, 1, tickets[1]), (2, 2, tickets[2])]
    assert carried[0].prev == GENESIS
    for event in carried:
        assert event.sealed is not None
        assert unseal(event.sealed, event.body["id"], far.seal_key)["name"] == "王小明"


def test_parked_events_are_remembered(kiosk: Kiosk) -> None:
    head = hashes(kiosk, 2)
    kiosk.cache.outbox.apply(ack(2, head[2], parked=(2,)))
    kiosk.restart()
    assert kiosk.cache.outbox.parked() == (2,)


def test_acknowledged_events_go_after_a_week_and_others_stay(kiosk: Kiosk) -> None:
    head = hashes(kiosk, 3)
    kiosk.cache.outbox.apply(ack(1, head[1]))
    kiosk.ticks.advance(8 * 86_400)
    kiosk.cache.tidy()
    assert seqs(kiosk.cache.outbox)[:2] == [2, 3]
    assert kiosk.cache.store.rows("SELECT min(seq) FROM outbox") == [(2,)]
