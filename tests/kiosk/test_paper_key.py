"""Keys of certificates: made here, asked for once, used only when they are listed, and gone in time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from certificates.keys import FileKey, from_point, point
from certificates.lists import Lists, make_entry
from kiosk.paper_key import KEPT_AFTER, RENEWED_BEFORE, PaperKeys
from offline_cache.board import CertificateKey
from offline_cache.errors import HallRefused, Offline
from offline_cache.hall_client import HallClient
from tests.certificates.hall_stand import DAY, T0, Hall

KIOSK, EPOCH = "K-0203", 7
LASTS = 30 * DAY


@dataclass
class Clerk:
    """The hall, as far as keys go: checks who asks, lists the key, and gives it a name."""

    hall: Hall = field(default_factory=Hall)
    now: int = T0
    asked: list[bytes] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    after: Callable[[], None] = lambda: None

    def certificate_key(self, key: bytes, proof: bytes) -> CertificateKey:
        self.before()
        self.asked.append(key)
        said = b"keting-certificate-key\0" + f"{KIOSK}\0{EPOCH}".encode() + key
        _check(key, said, proof)
        kid = bytes.fromhex("17") + len(set(self.asked)).to_bytes(3)
        nbf, exp = self.now - 300, self.now + LASTS
        signer = self.hall.keys["kiosks"]
        self.hall.entries[kid] = make_entry(self.hall.host, kid, from_point(key), KIOSK, nbf, exp, signer)
        self.after()
        return CertificateKey(kid, nbf, exp)

    def lists(self) -> Lists:
        self.hall.publish()
        return Lists.read(self.hall.root, self.hall.served)


def _check(key: bytes, said: bytes, proof: bytes) -> None:
    r, s = int.from_bytes(proof[:32]), int.from_bytes(proof[32:])
    from_point(key).verify(encode_dss_signature(r, s), said, ec.ECDSA(hashes.SHA256()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "certificate-keys"


@pytest.fixture
def clerk() -> Clerk:
    return Clerk()


def tend(keys: PaperKeys, clerk: Clerk, lists: Lists | None, now: int = T0) -> None:
    keys.tend(cast(HallClient, clerk), KIOSK, EPOCH, lists, now)


def fails() -> None:
    raise Offline("the line dropped")


def settled(folder: Path, clerk: Clerk) -> tuple[PaperKeys, Lists]:
    """A kiosk with one key that is listed."""
    keys = PaperKeys(folder)
    tend(keys, clerk, clerk.lists())
    lists = clerk.lists()
    tend(keys, clerk, lists)
    return keys, lists


def test_a_key_is_asked_for_once_and_used_only_when_it_is_listed(folder: Path, clerk: Clerk) -> None:
    keys, before = PaperKeys(folder), clerk.lists()
    for _ in range(3):
        tend(keys, clerk, before)
        assert keys.signer(before, T0) is None
        assert keys.signer(None, T0) is None
    assert len(clerk.asked) == 1
    lists = clerk.lists()
    signer = keys.signer(lists, T0)
    assert signer is not None
    assert point(signer.key.public()) == clerk.asked[0]
    tend(keys, clerk, lists)
    assert len(clerk.asked) == 1


def test_a_key_is_asked_for_before_there_are_lists(folder: Path, clerk: Clerk) -> None:
    tend(PaperKeys(folder), clerk, None)
    assert len(clerk.asked) == 1


def test_a_listed_key_is_found_again_after_a_start(folder: Path, clerk: Clerk) -> None:
    _, lists = settled(folder, clerk)
    again = PaperKeys(folder)
    assert again.signer(lists, T0) is not None
    tend(again, clerk, lists)
    assert len(clerk.asked) == 1


def test_the_key_that_lasts_longest_signs(folder: Path, clerk: Clerk) -> None:
    keys, lists = settled(folder, clerk)
    clerk.now = T0 + LASTS - RENEWED_BEFORE
    tend(keys, clerk, lists, clerk.now)
    both = clerk.lists()
    signer = keys.signer(both, clerk.now)
    assert signer is not None
    assert point(signer.key.public()) == clerk.asked[1]
    assert signer.exp == clerk.now + LASTS


def test_a_key_signs_from_its_beginning_to_its_end(folder: Path, clerk: Clerk) -> None:
    keys, lists = settled(folder, clerk)
    assert [keys.signer(lists, now) is not None for now in (T0 - 301, T0 - 300, T0 + LASTS - 1, T0 + LASTS)] == [
        False,
        True,
        True,
        False,
    ]


def test_the_next_key_is_asked_for_seven_days_before_the_end_and_the_old_one_signs_meanwhile(
    folder: Path, clerk: Clerk
) -> None:
    keys, lists = settled(folder, clerk)
    tend(keys, clerk, lists, T0 + LASTS - RENEWED_BEFORE - 1)
    assert len(clerk.asked) == 1
    clerk.now = T0 + LASTS - RENEWED_BEFORE
    for _ in range(2):
        tend(keys, clerk, lists, clerk.now)
    assert len(set(clerk.asked)) == len(clerk.asked) == 2
    signer = keys.signer(lists, clerk.now)
    assert signer is not None
    assert point(signer.key.public()) == clerk.asked[0]


def test_a_key_is_kept_for_reprints_and_gone_eight_days_after_its_end(folder: Path, clerk: Clerk) -> None:
    keys, _ = settled(folder, clerk)
    clerk.now = T0 + LASTS - RENEWED_BEFORE
    tend(keys, clerk, clerk.lists(), clerk.now)
    lists = clerk.lists()
    old = bytes.fromhex("17000001")
    tend(keys, clerk, lists, T0 + LASTS + KEPT_AFTER)
    assert keys.of(old) is not None
    tend(keys, clerk, lists, T0 + LASTS + KEPT_AFTER + 1)
    assert keys.of(old) is None
    assert sorted(path.name for path in folder.iterdir()) == ["17000002.pem"]
    assert PaperKeys(folder).of(old) is None


@pytest.mark.parametrize("moment", ["before", "after"])
def test_a_crash_or_a_cut_line_asks_with_the_same_key_again(folder: Path, clerk: Clerk, moment: str) -> None:
    setattr(clerk, moment, fails)
    with pytest.raises(Offline):
        tend(PaperKeys(folder), clerk, clerk.lists())
    kept = FileKey.load(folder / "asked.pem")
    setattr(clerk, moment, lambda: None)
    keys = PaperKeys(folder)
    tend(keys, clerk, clerk.lists())
    assert set(clerk.asked) == {point(kept.public())}
    assert keys.signer(clerk.lists(), T0) is not None
    assert not (folder / "asked.pem").exists()


def test_a_hall_that_refuses_is_asked_again_with_the_same_key(folder: Path, clerk: Clerk) -> None:
    def exhausted() -> None:
        raise HallRefused(503, "exhausted")

    clerk.after = exhausted
    keys = PaperKeys(folder)
    for _ in range(2):
        with pytest.raises(HallRefused):
            tend(keys, clerk, clerk.lists())
    assert len(clerk.asked) == 2
    assert len(set(clerk.asked)) == 1


def test_only_the_kiosk_reads_its_keys(folder: Path, clerk: Clerk) -> None:
    settled(folder, clerk)
    clerk.before = fails
    with pytest.raises(Offline):
        tend(PaperKeys(folder), clerk, None)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()} == {
        "17000001.pem": 0o600,
        "asked.pem": 0o600,
    }


def test_a_key_that_others_can_read_is_not_used(folder: Path, clerk: Clerk) -> None:
    _, lists = settled(folder, clerk)
    (folder / "17000001.pem").chmod(0o644)
    assert PaperKeys(folder).signer(lists, T0) is None


@pytest.mark.parametrize("data", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\n"])
def test_a_file_that_is_no_key_is_passed_over(folder: Path, clerk: Clerk, data: bytes) -> None:
    _, lists = settled(folder, clerk)
    odd = folder / "18000001.pem"
    odd.write_bytes(data)
    odd.chmod(0o600)
    (folder / "notes.txt").write_text("not a key")
    assert PaperKeys(folder).signer(lists, T0) is not None


def test_a_listed_name_with_another_key_behind_it_is_not_used(folder: Path, clerk: Clerk) -> None:
    keys, _ = settled(folder, clerk)
    clerk.hall.kiosk_key(bytes.fromhex("17000001"), exp=T0 + LASTS)
    assert keys.signer(clerk.lists(), T0) is None


def test_a_key_that_another_hall_named_does_not_keep_the_kiosk_from_asking(folder: Path, clerk: Clerk) -> None:
    settled(folder, Clerk())
    keys = PaperKeys(folder)
    tend(keys, clerk, clerk.lists())
    assert len(clerk.asked) == 1
    assert keys.signer(clerk.lists(), T0) is not None


def test_no_key_is_in_a_repr(folder: Path, clerk: Clerk) -> None:
    keys, lists = settled(folder, clerk)
    signer = keys.signer(lists, T0)
    assert signer is not None
    assert "PRIVATE" not in repr(signer)
    assert "key=" not in repr(signer)


def test_a_key_that_was_cut_off_signs_nothing_more_and_another_is_asked_for(folder: Path, clerk: Clerk) -> None:
    keys, _ = settled(folder, clerk)
    clerk.hall.cut(bytes.fromhex("17000001"))
    lists = clerk.lists()
    assert keys.signer(lists, T0) is None
    tend(keys, clerk, lists)
    signer = keys.signer(clerk.lists(), T0)
    assert signer is not None
    assert point(signer.key.public()) == clerk.asked[1] != clerk.asked[0]


def test_a_key_that_was_cut_off_before_its_answer_came_makes_room_for_another(folder: Path, clerk: Clerk) -> None:
    def revoked() -> None:
        raise HallRefused(403, "revoked")

    clerk.after = revoked
    keys = PaperKeys(folder)
    with pytest.raises(HallRefused):
        tend(keys, clerk, clerk.lists())
    clerk.after = lambda: None
    tend(keys, clerk, clerk.lists())
    assert len(set(clerk.asked)) == 2
    assert keys.signer(clerk.lists(), T0) is not None
