"""What a kiosk may issue and check by: lists that never go back, indices that are topped up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, cast

import pytest

from certificates import code
from certificates.keys import FileKey
from certificates.verdict import Result
from kiosk.papers import FEW_INDICES, Authority
from offline_cache.board import Board
from offline_cache.certificates import Signed, Spent
from offline_cache.errors import HallRefused, Offline, SyncError
from offline_cache.hall_client import HallClient
from tests.certificates.hall_stand import DAY
from tests.kiosk.authority import ADDRESS, HOST, INDICES, LISTED, NOW, TEMPLATES, Bureau, id_card


@dataclass
class Client:
    """The hall as the sender asks it."""

    bureau: Bureau
    refuses: dict[str, SyncError] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def published(self, path: str) -> bytes | None:
        self._asked("published")
        return self.bureau.hall.fetch(path)

    def indices(self, left: int) -> list[int]:
        self._asked("indices")
        return list(range(2_000, 2_100))

    def certificate_key(self, key: bytes, proof: bytes) -> None:
        self._asked("certificate_key")
        raise AssertionError("there is a key that lasts")

    def _asked(self, what: str) -> None:
        self.asked.append(what)
        if what in self.refuses:
            raise self.refuses[what]


@pytest.fixture
def client(bureau: Bureau) -> Client:
    return Client(bureau)


def tend(bureau: Bureau, client: Client, index: int | None = None) -> None:
    """One round of the sender; the board names ``index``, or what the hall publishes now."""
    board = Board(0, "2026-11-20", 1, 1, 0, {}, (), (), bureau.hall.version if index is None else index)
    bureau.papers.tend(cast(HallClient, client), board)


def authority(bureau: Bureau) -> Authority:
    assert bureau.machine.authority is not None
    return bureau.machine.authority


def signed(bureau: Bureau, index: int = 5) -> Signed:
    return bureau.papers.signed(TEMPLATES["residence"], id_card(), (ADDRESS, 43_527, 1), index)


def result(bureau: Bureau, of: Signed) -> Result:
    return bureau.papers.verdict(code.text(of.message, of.id, HOST), None).result


# Lists.


def test_after_a_restart_the_lists_are_there_without_a_network(bureau: Bureau) -> None:
    before = authority(bureau)
    bureau.machine = replace(bureau.machine, authority=None)
    bureau.restart()
    assert authority(bureau) == before
    assert before.signs_until == NOW + 29 * DAY
    assert before.listed == LISTED
    assert [each.kind for each in before.templates] == list(TEMPLATES)
    assert result(bureau, signed(bureau)) is Result.VALID


def test_a_kiosk_without_lists_offers_and_believes_nothing(bureau: Bureau) -> None:
    bureau.cache.published.put({}, list(bureau.hall.served))
    genuine = signed(bureau)
    bureau.papers.recall()
    assert authority(bureau) == Authority(indices=len(INDICES))
    assert result(bureau, genuine) is Result.UNKNOWN_KEY
    with pytest.raises(Spent):
        signed(bureau)


def test_a_shelf_that_was_damaged_is_no_list(bureau: Bureau) -> None:
    bureau.cache.published.put({"templates": bureau.hall.served["templates"][:-1]})
    bureau.papers.recall()
    assert authority(bureau).templates == ()


def test_lists_are_fetched_only_when_the_board_says_that_there_are_newer_ones(bureau: Bureau, client: Client) -> None:
    for index in (0, bureau.hall.version - 1, bureau.hall.version):
        tend(bureau, client, index)
    assert client.asked == []
    bureau.hall.publish(LISTED + 600)
    tend(bureau, client)
    assert authority(bureau).listed == LISTED + 600
    fetched = list(bureau.hall.asked)
    assert "templates" not in fetched  # only what changed
    tend(bureau, client)
    assert bureau.hall.asked == fetched


def test_the_first_lists_come_as_soon_as_the_hall_has_some(bureau: Bureau, client: Client) -> None:
    bureau.cache.published.put({}, list(bureau.hall.served))
    bureau.papers.recall()
    client.refuses["certificate_key"] = HallRefused(503, "exhausted")
    tend(bureau, client, 0)
    assert authority(bureau).templates == ()
    tend(bureau, client)
    assert len(authority(bureau).templates) == 6


def rolled_back(bureau: Bureau) -> None:
    old = dict(bureau.hall.served)
    bureau.hall.publish(LISTED + 600)
    bureau.publish()
    bureau.hall.served = old


def another_signer(bureau: Bureau) -> None:
    bureau.hall.keys["lists"] = FileKey.fresh()
    bureau.hall.publish(LISTED + 600)


def half_written(bureau: Bureau) -> None:
    bureau.hall.revoked[0].add(5)
    bureau.hall.publish(LISTED + 600)
    del bureau.hall.served["status/0"]


def mixed(bureau: Bureau) -> None:
    old = bureau.hall.served["status/0"]
    bureau.hall.revoked[0].add(5)
    bureau.hall.publish(LISTED + 600)
    bureau.hall.served["status/0"] = old


def another_host(bureau: Bureau) -> None:
    bureau.hall.host = "other.example"
    bureau.hall.publish(LISTED + 600)


@pytest.mark.parametrize("wrong", [rolled_back, another_signer, half_written, mixed, another_host])
def test_lists_that_cannot_be_believed_leave_the_old_ones_in_force(
    bureau: Bureau, client: Client, wrong: Callable[[Bureau], None]
) -> None:
    genuine = signed(bureau)
    wrong(bureau)
    before, shelf = authority(bureau), bureau.store.rows("SELECT name, data FROM published ORDER BY name")
    tend(bureau, client, 1_000)
    assert authority(bureau) == before
    assert bureau.store.rows("SELECT name, data FROM published ORDER BY name") == shelf
    assert result(bureau, genuine) is Result.VALID
    assert result(bureau, signed(bureau)) is Result.VALID
    assert bureau.notes == [("hall.declined", {"what": "lists"})]


def test_lists_that_are_refused_again_and_again_are_noted_once(bureau: Bureau, client: Client) -> None:
    half_written(bureau)
    for _ in range(3):
        tend(bureau, client)
    assert len(bureau.notes) == 1
    assert len(client.asked) > 3  # and tried again each time: the hall may have been in the middle of it
    bureau.hall.publish(LISTED + 900)
    tend(bureau, client)
    assert authority(bureau).listed == LISTED + 900


def test_a_line_that_drops_leaves_the_old_lists_and_is_the_sender_s_to_name(bureau: Bureau, client: Client) -> None:
    bureau.hall.publish(LISTED + 600)
    client.refuses["published"] = Offline("cut")
    with pytest.raises(Offline):
        tend(bureau, client)
    assert authority(bureau).listed == LISTED
    assert bureau.notes == []


def test_a_new_root_is_followed(bureau: Bureau, client: Client) -> None:
    genuine = signed(bureau)
    bureau.hall.roll_over(FileKey.fresh())
    bureau.hall.publish(LISTED + 600)
    tend(bureau, client)
    bureau.restart()
    assert authority(bureau).listed == LISTED + 600
    assert result(bureau, genuine) is Result.VALID


def test_what_is_told_is_told_once(bureau: Bureau, client: Client) -> None:
    told: list[dict[str, Any]] = []
    bureau.papers.tell = told.append
    for _ in range(3):
        tend(bureau, client)
        bureau.papers.take_stock()
    assert told == []


# Indices.


def test_indices_are_topped_up_when_few_are_left(bureau: Bureau, client: Client) -> None:
    tend(bureau, client)
    assert client.asked == []
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices WHERE place > 2999")
    assert bureau.certificates.indices_left() < FEW_INDICES
    tend(bureau, client)
    assert client.asked == ["indices"]
    assert authority(bureau).indices == bureau.certificates.indices_left() > FEW_INDICES


def test_without_lists_no_indices_are_asked_for(bureau: Bureau, client: Client) -> None:
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices")
        database.execute("DELETE FROM published")
    bureau.papers.recall()
    client.refuses["certificate_key"] = HallRefused(503, "exhausted")
    tend(bureau, client, 0)
    assert "indices" not in client.asked


def test_a_hall_that_gives_no_indices_stops_nothing_else(bureau: Bureau, client: Client) -> None:
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices")
    client.refuses["indices"] = HallRefused(503, "exhausted")
    tend(bureau, client)
    assert authority(bureau).indices == 0


def test_a_hall_that_gives_no_key_still_gives_indices(bureau: Bureau, client: Client) -> None:
    """The old key is good for days when the next one is asked for."""
    bureau.ticks.advance(25 * DAY)
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices")
    client.refuses["certificate_key"] = HallRefused(503, "exhausted")
    tend(bureau, client)
    assert client.asked == ["certificate_key", "indices"]
    assert authority(bureau).indices == 100


@pytest.mark.parametrize("status", [401, 403])
def test_a_kiosk_that_is_not_known_any_more_hears_it(bureau: Bureau, client: Client, status: int) -> None:
    with bureau.store.transaction() as database:
        database.execute("DELETE FROM status_indices")
    client.refuses["indices"] = HallRefused(status, "revoked")
    with pytest.raises(HallRefused):
        tend(bureau, client)
