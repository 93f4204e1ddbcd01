from __future__ import annotations

import hashlib

import pytest

from offline_cache.cache import Cache
from offline_cache.certificates import NoIndex, RecordedCertificate, Spent
from offline_cache.copies import NotInHand
from offline_cache.envelope import GENESIS, decode, link, unseal
from offline_cache.outbox import Ack
from offline_cache.store import StoreError
from offline_cache.tickets import Outcome
from tests.offline_cache import crashing
from tests.offline_cache.conftest import Kiosk, certificate_draft, draft, signed_again
from tests.offline_cache.far_hall import FarHall
from tests.offline_cache.test_power_cut import Child

WANG = b"w" * 32


@pytest.fixture
def stocked(kiosk: Kiosk) -> Kiosk:
    kiosk.cache.certificates.add_indices([900_001, 17, 431_002])
    return kiosk


def test_one_transaction_holds_index_row_copy_and_event(stocked: Kiosk, far: FarHall) -> None:
    issued = stocked.cache.certificates.issue(certificate_draft(WANG))
    assert stocked.cache.certificates.indices_left() == 2
    assert stocked.cache.certificates.counts().in_hand == 1
    event = decode(stocked.cache.outbox.batch()[-1])
    assert (event.kind, event.body["id"]) == ("certificate.issued", issued.id)
    assert event.body["status"] in (900_001, 17, 431_002)
    assert event.body["reference"] == issued.reference == f"K0203-1-{event.seq:06d}"
    assert event.body["digest"] == hashlib.sha256(issued.message).digest()
    assert event.sealed is not None
    assert "王小明".encode() not in stocked.cache.outbox.batch()[-1]
    assert unseal(event.sealed, issued.id, far.seal_key)["name"] == "王小明"


def test_an_empty_lease_issues_nothing_and_leaves_nothing(kiosk: Kiosk) -> None:
    with pytest.raises(NoIndex):
        kiosk.cache.certificates.issue(certificate_draft())
    assert kiosk.cache.outbox.batch() == ()


def test_an_index_is_given_back_only_where_nobody_saw_it(stocked: Kiosk) -> None:
    def fails(place: int) -> None:
        raise ValueError(place)

    broken = certificate_draft()
    object.__setattr__(broken, "sign", fails)
    with pytest.raises(ValueError, match=r"^(17|431002|900001)$"):
        stocked.cache.certificates.issue(broken)
    assert stocked.cache.certificates.indices_left() == 3
    assert stocked.cache.certificates.counts().recorded == 0


def test_indices_are_not_used_in_an_order_that_tells_which_paper_was_first(kiosk: Kiosk) -> None:
    kiosk.cache.certificates.add_indices(list(range(40)))
    for _ in range(40):
        kiosk.cache.certificates.issue(certificate_draft())
    used = [event.body["status"] for event in map(decode, kiosk.cache.outbox.batch())]
    assert sorted(used) == list(range(40))
    assert used != sorted(used)


def test_no_index_is_ever_on_two_certificates(stocked: Kiosk) -> None:
    for _ in range(3):
        stocked.cache.certificates.issue(certificate_draft())
    places = [decode(data).body["status"] for data in stocked.cache.outbox.batch()]
    assert sorted(places) == [17, 431_002, 900_001]
    stocked.cache.certificates.add_indices([17])  # a hall that gives one twice
    with pytest.raises(StoreError):
        stocked.cache.certificates.issue(certificate_draft())


def test_a_reprint_is_the_next_copy_of_the_same_certificate_and_the_number_of_copies_ends(stocked: Kiosk) -> None:
    papers = stocked.cache.certificates
    issued = papers.issue(certificate_draft(most=2))
    papers.settle(issued, Outcome.PRINTED)
    again = papers.copy(issued.id, "a4", signed_again)
    assert (again.id, again.copy, again.message) == (issued.id, 2, issued.message + b" copy 2")
    with pytest.raises(Spent):
        papers.copy(issued.id, "a4", signed_again)
    assert [decode(data).kind for data in stocked.cache.outbox.batch()] == [
        "certificate.issued",
        "certificate.settled",
        "certificate.copied",
    ]


def test_a_copy_is_settled_once(stocked: Kiosk) -> None:
    issued = stocked.cache.certificates.issue(certificate_draft())
    stocked.cache.certificates.settle(issued, Outcome.UNCERTAIN, "A107")
    with pytest.raises(NotInHand):
        stocked.cache.certificates.settle(issued, Outcome.PRINTED)
    assert stocked.cache.certificates.counts().uncertain == 1


def test_what_a_stop_leaves_in_hand_is_uncertain(stocked: Kiosk) -> None:
    stocked.cache.certificates.issue(certificate_draft())
    stocked.restart()
    assert stocked.cache.certificates.counts().uncertain == 1


def test_only_the_ledger_makes_what_a_paper_is_made_of(stocked: Kiosk) -> None:
    with pytest.raises(TypeError):
        RecordedCertificate("A" * 16, "2026-11-20", 1, 1, 3, "K0203-1-000001", b"message")


def test_what_a_reprint_needs_goes_with_its_day_once_the_backup_has_it(stocked: Kiosk) -> None:
    outbox, papers = stocked.cache.outbox, stocked.cache.certificates
    issued = papers.issue(certificate_draft())
    stocked.ticks.advance(86_400)
    stocked.cache.tidy()
    assert papers.copy(issued.id, "a4", signed_again)
    outbox.apply(Ack(2, outbox.chain.head, 2, (), 3, 500))
    stocked.cache.tidy()
    with pytest.raises(Spent):
        papers.copy(issued.id, "a4", signed_again)
    assert stocked.cache.store.rows("SELECT kept FROM certificates") == [(None,)]


def test_a_week_later_nothing_of_it_is_left_whatever_the_hall_does(stocked: Kiosk) -> None:
    stocked.cache.certificates.issue(certificate_draft())
    stocked.ticks.advance(8 * 86_400)
    stocked.cache.tidy()
    assert stocked.cache.store.rows("SELECT count(*) FROM certificates") == [(0,)]
    assert stocked.cache.store.rows("SELECT count(*) FROM certificate_copies") == [(0,)]


def test_a_new_epoch_takes_its_certificates_along_and_leaves_its_indices(stocked: Kiosk, far: FarHall) -> None:
    issued = stocked.cache.certificates.issue(certificate_draft())
    stocked.cache.enrol(far.code(), far.url)
    assert stocked.cache.certificates.indices_left() == 0
    data, _ = stocked.cache.outbox.batch()  # and that its paper is in doubt now
    assert (decode(data).epoch, decode(data).body["id"]) == (2, issued.id)
    assert stocked.cache.store.rows("SELECT seq FROM certificates") == [(1,)]


def test_tickets_and_certificates_share_one_chain_and_keep_their_own_counts(stocked: Kiosk) -> None:
    stocked.cache.ledger.record(draft())
    stocked.cache.certificates.issue(certificate_draft())
    stocked.cache.ledger.record(draft())
    head = GENESIS
    for data in stocked.cache.outbox.batch():
        assert decode(data).prev == head
        head = link(data)
    assert stocked.cache.ledger.counts().recorded == 2
    assert stocked.cache.certificates.counts().recorded == 1


@pytest.mark.parametrize(
    "place",
    [
        "BEGIN",
        "DELETE FROM status_indices",
        "INSERT INTO outbox",
        "INSERT INTO certificates",
        "INSERT INTO certificate_copies",
        "COMMIT",
        "UPDATE certificate_copies",
        "UPDATE certificates SET copies",
    ],
)
def test_killed_at_a_named_place_no_certificate_is_lost_half_or_twice(kiosk: Kiosk, place: str) -> None:
    kiosk.cache.certificates.add_indices(list(range(50)))
    kiosk.cache.store.close()
    said = Child(crashing.papers, kiosk.folder, place, 2).ended()
    kiosk.cache = Cache(kiosk.folder, kiosk.ticks)
    events = [decode(data) for data in kiosk.cache.outbox.batch()]
    issued = [event.body for event in events if event.kind == "certificate.issued"]
    assert {line.split()[1] for line in said} <= {body["id"] for body in issued}
    assert len({body["status"] for body in issued}) == len(issued) == 50 - kiosk.cache.certificates.indices_left()
    counts = kiosk.cache.certificates.counts()
    assert counts.balanced
    assert counts.in_hand == 0
    assert counts.recorded == sum(event.kind in ("certificate.issued", "certificate.copied") for event in events)


def test_nothing_of_the_holder_is_in_the_store_in_the_clear(stocked: Kiosk) -> None:
    stocked.cache.certificates.issue(certificate_draft(WANG))
    stocked.cache.store.checkpoint()
    everything = b"".join(path.read_bytes() for path in stocked.folder.iterdir() if path.is_file())
    for trace in ("王小明", "990101199001011234"):
        for coding in ("utf-8", "utf-16-le", "gb18030"):
            assert trace.encode(coding) not in everything
