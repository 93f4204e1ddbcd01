"""The keys of the sign-in service: made once, for their owner only, for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from hall import authority
from hall.oidc import keys
from hall.oidc.subjects import subject


def test_both_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    first, again = keys.load(tmp_path), keys.load(tmp_path)
    assert (first.public, first.salt) == (again.public, again.salt)
    assert {path.name for path in tmp_path.iterdir()} == {"oidc.key", "oidc-subjects.key"}
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert repr(first) == "SignInKeys()"
    assert "d" not in first.public["keys"][0]


def test_a_file_that_is_not_the_key_it_should_be_stops_the_hall(tmp_path: Path) -> None:
    keys.load(tmp_path)
    (tmp_path / "oidc-subjects.key").write_bytes(b"short")
    with pytest.raises(ValueError, match="32 bytes"):
        keys.load(tmp_path)
    authority.write(tmp_path / "oidc.key", authority.pem(ec.generate_private_key(ec.SECP384R1())))
    with pytest.raises(ValueError, match="P-256"):
        keys.load(tmp_path)


def test_names_at_two_departments_or_two_halls_have_nothing_in_common() -> None:
    names = {subject(salt, client, "A" * 16) for salt in (bytes(32), bytes([1]) * 32) for client in ("one", "two")}
    assert len(names) == 4
    assert subject(bytes(32), "one", "A" * 16) == subject(bytes(32), "one", "A" * 16)
