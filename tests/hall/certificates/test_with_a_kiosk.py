"""The hall and the kiosk's own papers, each as it is, over one cable: from the first key to the revocation."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from certificates import code
from certificates.claims import Value
from certificates.root import first
from certificates.template import Template
from certificates.verdict import Result, Verdict, Why
from devices.holder import Document, Holder
from hall.certificates.indices import MOST_UNUSED
from kiosk.paper_key import PaperKeys
from kiosk.papers import Authority, Papers
from offline_cache.cache import Cache
from offline_cache.certificates import CertificateDraft, RecordedCertificate
from offline_cache.errors import HallRefused
from offline_cache.hall_client import HallClient
from offline_cache.sync import Sender
from offline_cache.tickets import Outcome
from offline_cache.view import HallView, Pace, Report
from tests.stand.hall import RunningHall

QUICK = Pace(heartbeat=0.2, jitter=0.0, first=0.05, longest=0.2)
HOLDER = Holder(
    "王小明",
    "990000195103070020",
    Document.RESIDENT_ID,
    birth=date(1951, 3, 7),
    address="测试市示范区样例街道1号2栋301室",
)
FIELDS: dict[str, Value] = {"address": HOLDER.address, "since": 43_527, "purpose": 1}


class Kiosk:
    """A kiosk without screens and printers: its cache, its papers, and the sender that tends them."""

    def __init__(self, folder: Path, hall: RunningHall) -> None:
        self.folder, self.hall = folder, hall
        self.cache = Cache(folder)
        self.cache.enrol(hall.code(), hall.url)
        self._changed = threading.Condition()
        self._start()

    def _start(self) -> None:
        self.view: HallView | None = None
        self.authority = Authority()
        root = first(self.hall.root.read_bytes(), self.hall.host)
        self.papers = Papers(self.cache, PaperKeys(self.folder / "certificate-keys"), root, _no_note)
        self.papers.tell = self._tell
        self.papers.recall()
        self.sender: Sender | None = None

    @property
    def id(self) -> tuple[str, int]:
        enrolment = self.cache.enrolment
        assert enrolment is not None
        return enrolment.kiosk, enrolment.epoch

    def go_online(self) -> None:
        self.sender = Sender(self.cache, lambda: Report("0.1"), self._see, QUICK, 10.0, chore=self.papers.tend)
        self.sender.start()

    def go_offline(self) -> None:
        if self.sender is not None:
            self.sender.stop()
            self.sender = None

    def restart(self, code: str = "") -> None:
        """Ends and starts again; with ``code`` it comes to its hall once more in between."""
        self.go_offline()
        self.cache.close()
        self.cache = Cache(self.folder)
        if code:
            self.cache.enrol(code, self.hall.url)
        self._start()

    def _see(self, view: HallView) -> None:
        with self._changed:
            self.view = view
            self._changed.notify_all()

    def _tell(self, news: dict[str, Any]) -> None:
        with self._changed:
            self.authority = news["authority"]
            self._changed.notify_all()

    def until(self, true: Callable[[], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(true, 20), (self.view, self.authority)

    def ready(self) -> Kiosk:
        """Online, until it can issue."""
        self.go_online()
        self.until(lambda: self.authority.signs_until and self.authority.indices and self.authority.templates)
        return self

    def drained(self) -> None:
        """Until the hall has acknowledged everything."""
        assert self.sender is not None
        self.sender.wake()
        self.until(lambda: self.cache.outbox.chain.acked == self.cache.outbox.chain.seq)

    def issue(self, outcome: Outcome | None = Outcome.PRINTED) -> RecordedCertificate:
        """A certificate of residence, brought to its end."""
        template = self.template()
        fields = tuple(FIELDS.get(each.id) for each in template.fields)
        recorded = self.cache.certificates.issue(
            CertificateDraft(
                kind=template.kind,
                type=template.type,
                version=template.version,
                paper="80mm",
                language="zh-Hans",
                most=template.issue.copies,
                sign=partial(self.papers.signed, template, HOLDER, fields),
                person=bytes(32),
                level="id-card",
                personal={"name": HOLDER.name, "number": HOLDER.number, "document": HOLDER.document.value},
            )
        )
        if outcome:
            self.cache.certificates.settle(recorded, outcome)
        return recorded

    def template(self) -> Template:
        return next(each for each in self.authority.templates if each.kind == "residence")

    def ask(self, call: Callable[[HallClient], Any]) -> Any:
        assert self.sender is not None
        return self.sender.errands.ask(call, 10.0)

    def verdict(self, recorded: RecordedCertificate, registry: Any = None) -> Verdict:
        return self.papers.verdict(code.text(recorded.message, recorded.id, self.hall.host), registry)

    def close(self) -> None:
        self.go_offline()
        self.papers.close()
        self.cache.close()


def _no_note(event: str, **fields: Any) -> None:
    raise AssertionError((event, fields))


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHall]:
    with RunningHall(tmp_path_factory.mktemp("hall"), enrolments_per_minute=60_000) as running:
        yield running


@pytest.fixture
def kiosk(tmp_path: Path, hall: RunningHall) -> Iterator[Kiosk]:
    one = Kiosk(tmp_path / "kiosk", hall)
    yield one
    one.close()


@pytest.fixture
def other(tmp_path: Path, hall: RunningHall) -> Iterator[Kiosk]:
    two = Kiosk(tmp_path / "other", hall)
    yield two
    two.close()


def parked(hall: RunningHall, kiosk: Kiosk) -> list[tuple[Any, ...]]:
    return hall.rows("SELECT seq FROM applied_event WHERE kiosk = ? AND parked IS NOT NULL", kiosk.id[0])


def copies(hall: RunningHall, recorded: RecordedCertificate) -> list[tuple[Any, ...]]:
    return hall.rows("SELECT copy, outcome FROM certificate_copy WHERE certificate = ? ORDER BY copy", recorded.id)


def test_a_new_kiosk_can_issue_a_moment_after_it_came_to_its_hall(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready()
    ((kid, epoch),) = hall.rows("SELECT kid, epoch FROM certificate_key WHERE kiosk = ?", kiosk.id[0])
    assert epoch == 1
    assert (kiosk.folder / "certificate-keys" / f"{kid.hex()}.pem").exists()
    ((given,),) = hall.rows("SELECT count(*) FROM status_index WHERE kiosk = ?", kiosk.id[0])
    assert given == kiosk.authority.indices
    assert {each.kind for each in kiosk.authority.templates} >= {"residence", "social-insurance"}


def test_what_was_issued_offline_is_genuine_at_once_and_registered_later(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready().go_offline()
    issued = kiosk.issue()
    assert kiosk.verdict(issued).result is Result.VALID
    assert kiosk.verdict(issued, lambda _: b'{"registered": false}').result is Result.NOT_YET_REGISTERED
    assert hall.rows("SELECT id FROM certificate WHERE id = ?", issued.id) == []
    kiosk.restart()
    kiosk.go_online()
    kiosk.drained()
    rows = hall.rows("SELECT kind, kiosk, epoch FROM certificate WHERE id = ?", issued.id)
    assert rows == [("residence", kiosk.id[0], 1)]
    assert copies(hall, issued) == [(1, "printed")]
    assert parked(hall, kiosk) == []
    entry = kiosk.ask(lambda client: client.published(f"/c/{issued.id}.json"))
    assert b'"registered":true' in entry.replace(b" ", b"")


def test_a_reprint_is_registered_too(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready()
    issued = kiosk.issue(Outcome.UNCERTAIN)
    again = kiosk.cache.certificates.copy(issued.id, "80mm", kiosk.papers.signed_again)
    kiosk.cache.certificates.settle(again, Outcome.PRINTED)
    kiosk.drained()
    assert copies(hall, issued) == [(1, "uncertain"), (2, "printed")]
    assert parked(hall, kiosk) == []
    assert kiosk.verdict(again).result is Result.VALID


def test_what_the_hall_revoked_is_revoked_at_the_kiosk_with_the_next_board(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready()
    issued = kiosk.issue()
    kiosk.drained()
    assert kiosk.verdict(issued).result is Result.VALID
    hall.revoke_certificate(issued.id, Why.MISTAKEN)
    kiosk.until(lambda: kiosk.verdict(issued).result is Result.REVOKED)
    kiosk.restart()
    assert kiosk.verdict(issued).result is Result.REVOKED


def test_a_certificate_that_was_void_before_anybody_held_it_is_no_good(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready()
    issued = kiosk.issue(Outcome.VOID)
    kiosk.drained()
    kiosk.until(lambda: kiosk.verdict(issued).result is Result.REVOKED)


def test_a_kiosk_that_was_cut_off_stops_issuing_and_gets_another_key(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready()
    before = kiosk.issue()
    kiosk.drained()
    hall.cut(kiosk.id[0])
    stolen = kiosk.issue()
    assert kiosk.verdict(stolen).result is Result.VALID  # until the next lists
    kiosk.until(lambda: kiosk.verdict(stolen).result is Result.REVOKED)
    assert kiosk.verdict(before).result is Result.VALID
    kiosk.until(lambda: len(hall.rows("SELECT kid FROM certificate_key WHERE kiosk = ?", kiosk.id[0])) == 2)
    kiosk.until(lambda: kiosk.authority.signs_until)
    after = kiosk.issue()
    assert kiosk.verdict(after).result is Result.VALID


def test_what_is_not_published_is_none(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready()
    for path in ("/lists/root/99", "/lists/status/127", "/lists/keys/999", "/lists/nothing", "/nothing"):
        assert kiosk.ask(partial(HallClient.published, path=path)) is None
    assert kiosk.ask(partial(HallClient.published, path="/lists/index")) is not None


def test_two_kiosks_share_no_key_and_no_index_and_believe_each_other(
    kiosk: Kiosk, other: Kiosk, hall: RunningHall
) -> None:
    kiosk.ready()
    other.ready()
    given = [set(each.cache.store.rows("SELECT place FROM status_indices")) for each in (kiosk, other)]
    assert all(given)
    assert given[0] & given[1] == set()
    ours, theirs = kiosk.issue(), other.issue()
    for each in (kiosk, other):
        each.drained()
        each.until(partial(believes, each, ours, theirs))
        assert parked(hall, each) == []
    both = "SELECT DISTINCT kid FROM certificate_copy WHERE certificate IN (?, ?)"
    assert len(hall.rows(both, ours.id, theirs.id)) == 2


def believes(kiosk: Kiosk, *papers: RecordedCertificate) -> bool:
    return all(kiosk.verdict(each).result is Result.VALID for each in papers)


def test_what_was_not_sent_before_a_new_enrolment_arrives_after_it_and_nothing_is_parked(
    kiosk: Kiosk, hall: RunningHall
) -> None:
    kiosk.ready().go_offline()
    printed, doubtful, open_one = kiosk.issue(), kiosk.issue(Outcome.UNCERTAIN), kiosk.issue(None)
    kiosk.restart(hall.code(kiosk.id[0]))
    assert kiosk.id[1] == 2
    assert kiosk.authority.indices == 0  # those were the old epoch's
    kiosk.ready()
    kiosk.drained()
    assert parked(hall, kiosk) == []
    assert [copies(hall, each) for each in (printed, doubtful, open_one)] == [
        [(1, "printed")],
        [(1, "uncertain")],
        [(1, "uncertain")],
    ]
    again = kiosk.issue()
    kiosk.drained()
    assert hall.rows("SELECT epoch FROM certificate WHERE id = ?", again.id) == [(2,)]
    assert parked(hall, kiosk) == []
    assert all(kiosk.verdict(each).result is Result.VALID for each in (printed, doubtful, again))


def test_a_kiosk_that_has_used_up_the_day_s_indices_stays_online(kiosk: Kiosk, hall: RunningHall) -> None:
    kiosk.ready()
    with pytest.raises(HallRefused, match="exhausted"):
        ask_without_end(kiosk)
    with kiosk.cache.store.transaction() as database:
        database.execute("DELETE FROM status_indices")
    kiosk.until(lambda: kiosk.authority.indices == 0)
    assert kiosk.view is not None
    board = kiosk.view.board
    kiosk.until(lambda: kiosk.view is not None and kiosk.view.board != board)
    assert kiosk.view.online
    assert kiosk.view.fault is None


def ask_without_end(kiosk: Kiosk) -> None:
    for _ in range(MOST_UNUSED):
        kiosk.ask(partial(HallClient.indices, left=0))
