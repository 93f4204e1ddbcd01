"""One root hands over to the next, and only with the word of both."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates import documents
from certificates.cbor import Refused, encoded
from certificates.cose import WrongSignature
from certificates.documents import CONSENT, ROOT, OtherHost
from certificates.keys import FileKey, key_id, point, signed
from certificates.root import Root, first, followed, made
from tests.certificates.hall_stand import DAY, HOST, T0, Hall

OLD, NEW, OTHER = FileKey.fresh(), FileKey.fresh(), FileKey.fresh()
KEYS = {kind: FileKey.fresh().public() for kind in documents.KINDS}
SWAPPED = {kind: point(KEYS[{"updates": "lists", "lists": "updates"}.get(kind, kind)]) for kind in KEYS}
PINNED = first(made(1, HOST, T0, T0 + DAY, KEYS, OLD))


def said(**changed: Any) -> dict[str, Any]:
    """Version 2 with a new key, before its consent."""
    points = {kind: point(key) for kind, key in KEYS.items()}
    whole = {"version": 2, "host": HOST, "iat": T0, "exp": T0 + DAY, "keys": points, "consent": None}
    return whole | {"root": point(NEW.public())} | changed


def consent(signer: FileKey = NEW, **changed: Any) -> bytes:
    payload = said(**changed)
    del payload["consent"]
    return signed(signer, key_id(signer.public()), CONSENT, encoded(payload))


def root(payload: dict[str, Any], signer: FileKey = OLD) -> bytes:
    return signed(signer, key_id(signer.public()), ROOT, encoded(payload))


def test_a_first_root_is_its_own_witness(hall: Hall) -> None:
    found = first(hall.root.data, HOST)
    assert (found.version, found.host, found.data) == (1, HOST, hall.root.data)
    assert {kind: point(key) for kind, key in found.keys.items()} == {
        kind: point(key) for kind, key in hall.public().items()
    }


def test_a_root_of_another_hall_is_not_ours(hall: Hall) -> None:
    with pytest.raises(OtherHost):
        first(hall.root.data, "other.example")


def test_the_same_key_goes_on_without_consent() -> None:
    found = followed(PINNED, made(2, HOST, T0, T0 + DAY, KEYS, OLD))
    assert (found.version, point(found.root)) == (2, point(OLD.public()))


def test_a_new_key_follows_with_its_consent_and_signs_what_comes_next() -> None:
    second = followed(PINNED, made(2, HOST, T0, T0 + DAY, KEYS, OLD, NEW))
    assert point(second.root) == point(NEW.public())
    assert followed(second, made(3, HOST, T0, T0 + DAY, KEYS, NEW)).version == 3
    with pytest.raises(WrongSignature):
        followed(second, made(3, HOST, T0, T0 + DAY, KEYS, OLD))


def test_a_root_that_came_later_can_be_the_one_to_start_from() -> None:
    for data in (made(2, HOST, T0, T0 + DAY, KEYS, OLD), made(2, HOST, T0, T0 + DAY, KEYS, OLD, NEW)):
        assert first(data).version == 2


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("no consent", root(said())),
        ("consent of the old key", root(said(consent=consent(OLD)))),
        ("consent of a third key", root(said(consent=consent(OTHER)))),
        ("consent to another version", root(said(consent=consent(version=3)))),
        ("consent to another host", root(said(consent=consent(host="other.example")))),
        ("consent to another key", root(said(consent=consent(root=point(OTHER.public()))))),
        ("consent to a later end", root(said(consent=consent(exp=T0 + 2 * DAY)))),
        ("consent to other keys", root(said(keys=SWAPPED, consent=consent()))),
        ("consent with more in it", root(said(consent=consent(more=1)))),
        ("consent that is none", root(said(consent=b"yes"))),
        ("consent that nothing asks for", root(said(root=point(OLD.public()), consent=consent()))),
        ("its own old consent", root(said(root=point(OLD.public()), consent=consent(OLD, root=point(OLD.public()))))),
        ("signed by the new key alone", root(said(consent=consent()), NEW)),
        ("signed by a third key", root(said(consent=consent()), OTHER)),
        ("the version twice", root(said(version=1, root=point(OLD.public())))),
        ("a version left out", root(said(version=3, root=point(OLD.public())))),
        ("another host", root(said(host="other.example", root=point(OLD.public())))),
        ("a key too few", root(said(root=point(OLD.public()), keys={"lists": point(KEYS["lists"])}))),
        ("something more", root(said(root=point(OLD.public()), more=1))),
        ("ends before it begins", root(said(root=point(OLD.public()), exp=T0))),
        ("a true for a number", root(said(root=point(OLD.public()), iat=True))),
        ("not a point", root(said(root=b"\0" * 64))),
        ("a short point", root(said(root=point(OLD.public())[:63]))),
    ],
)
def test_a_root_that_does_not_follow_is_refused(why: str, data: bytes) -> None:
    with pytest.raises(Refused):
        followed(PINNED, data)


@pytest.mark.parametrize(
    "data",
    [
        root(said(version=1, root=point(OLD.public())), OTHER),
        root(said(version=1, consent=consent(version=1)), NEW),
        root(said(version=1, consent=consent(version=1))),
        root(said(version=0, root=point(OLD.public()))),
        root(said(version=2)),
        root(said(consent=consent(OTHER))),
        root(said(keys=SWAPPED, consent=consent()), OTHER),
        root(said(version=1, root=point(OLD.public()), host="Hall.Example")),
        root(said(version=1, root=point(OLD.public()), host="")),
        root(said(version=1, root=point(OLD.public()), host="hall.example\n")),
        root([]),  # type: ignore[arg-type]  # no map at all
    ],
    ids=lambda data: f"{len(data)} bytes",
)
def test_a_root_that_nobody_could_trust_is_no_start(data: bytes) -> None:
    with pytest.raises(Refused):
        first(data)


def test_every_flipped_bit_of_a_first_root_is_refused() -> None:
    for bit in range(len(PINNED.data) * 8):
        flipped = bytearray(PINNED.data)
        flipped[bit >> 3] ^= 1 << (bit & 7)
        with pytest.raises(Refused):
            first(bytes(flipped))


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(data: bytes) -> None:
    with pytest.raises(Refused):
        first(data)
    with pytest.raises(Refused):
        followed(PINNED, data)


def test_a_root_certifies_until_it_ends() -> None:
    assert [PINNED.expired(now) for now in (T0, T0 + DAY - 1, T0 + DAY, T0 + 2 * DAY)] == [False, False, True, True]


def test_a_new_key_for_the_first_root_makes_no_root() -> None:
    with pytest.raises(Refused):
        first(made(1, HOST, T0, T0 + DAY, KEYS, OLD, NEW))


def test_no_key_shows_in_a_repr(hall: Hall) -> None:
    root: Root = hall.root
    assert "keys" not in repr(root)
    assert "data" not in repr(root)
