"""A key file is its owner's, and what a key signs is checked before it is used."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, x25519
from hypothesis import given
from hypothesis import strategies as st

from certificates.cbor import Malformed
from certificates.cose import PublicKey, WrongSignature
from certificates.keys import FileKey, fingerprint, from_point, key_id, point, signed


def test_a_saved_key_is_the_same_key_and_only_its_owners(tmp_path: Path) -> None:
    key = FileKey.fresh()
    key.save(tmp_path / "a.key")
    assert point(FileKey.load(tmp_path / "a.key").public()) == point(key.public())
    assert stat.S_IMODE((tmp_path / "a.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["a.key"]


def test_saving_replaces_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "a.key").write_text("old")
    (tmp_path / "a.key.new").write_text("left by a power cut")
    key = FileKey.fresh()
    key.save(tmp_path / "a.key")
    assert point(FileKey.load(tmp_path / "a.key").public()) == point(key.public())


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_can_read_is_not_used(tmp_path: Path, mode: int) -> None:
    FileKey.fresh().save(tmp_path / "a.key")
    (tmp_path / "a.key").chmod(mode)
    with pytest.raises(PermissionError):
        FileKey.load(tmp_path / "a.key")


def pem(
    key: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | x25519.X25519PrivateKey, password: bytes | None = None
) -> bytes:
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a key",
        b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        pem(ec.generate_private_key(ec.SECP384R1())),
        pem(ec.generate_private_key(ec.SECP256K1())),
        pem(ed25519.Ed25519PrivateKey.generate()),
        pem(x25519.X25519PrivateKey.generate()),
        pem(ec.generate_private_key(ec.SECP256R1()), b"password"),
    ],
)
def test_a_file_without_a_p_256_key_is_said_to_have_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.key"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(ValueError):  # noqa: PT011 - the words are the library's
        FileKey.load(path)


def test_a_public_key_is_two_numbers_of_32_bytes() -> None:
    key = FileKey.fresh().public()
    numbers = key.public_numbers()
    assert point(key) == numbers.x.to_bytes(32) + numbers.y.to_bytes(32)
    assert point(from_point(point(key))) == point(key)


@pytest.mark.parametrize("data", [b"", b"\0" * 64, b"\xff" * 64, b"\x01" * 64, b"\0" * 63, b"\0" * 65])
def test_what_is_no_point_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        from_point(data)


def test_a_point_with_one_bit_changed_is_no_point() -> None:
    good = point(FileKey.fresh().public())
    for bit in range(512):
        changed = bytearray(good)
        changed[bit >> 3] ^= 1 << (bit & 7)
        with pytest.raises(Malformed):
            from_point(bytes(changed))


@given(st.binary(max_size=70))
def test_no_bytes_do_harm(data: bytes) -> None:
    with pytest.raises(Malformed):
        from_point(data)


def test_a_key_is_named_by_the_hash_of_its_point() -> None:
    key = ec.derive_private_key(1, ec.SECP256R1()).public_key()
    assert point(key).hex().startswith("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")
    assert len(key_id(key)) == 8
    assert fingerprint(key).replace(" ", "").startswith(key_id(key).hex())
    assert len(fingerprint(key).split()) == 8


class Broken:
    """A token that signs, but not what it was asked to, or not in range."""

    def __init__(self, signature: tuple[int, int] | None) -> None:
        self._key = FileKey.fresh()
        self._signature = signature

    def public(self) -> PublicKey:
        return self._key.public()

    def sign(self, data: bytes) -> tuple[int, int]:
        return self._signature or self._key.sign(data + b"a fault in memory")


@pytest.mark.parametrize("signature", [None, (0, 0), (1, 1), (0, 1), (2**255, 2**255)])
def test_a_wrong_signature_never_leaves_the_house(signature: tuple[int, int] | None) -> None:
    with pytest.raises(WrongSignature):
        signed(Broken(signature), b"kid1", "GC1", b"payload")


class HighKey(Broken):
    """A token that gives the upper of the two."""

    def sign(self, data: bytes) -> tuple[int, int]:
        from certificates.cose import ORDER

        r, s = self._key.sign(data)
        return r, max(s, ORDER - s)


def test_a_token_that_gives_the_upper_s_is_as_good() -> None:
    assert signed(HighKey(None), b"kid1", "GC1", b"payload")


def test_a_key_does_not_show_itself() -> None:
    assert repr(FileKey.fresh()) == "FileKey(...)"
