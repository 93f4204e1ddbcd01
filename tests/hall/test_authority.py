"""The hall's keys: one for each kind, for their owner only, and certificates a slow clock accepts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from hall import authority
from hall.settings import Settings
from tests.hall.conftest import MORNING


def server(settings: Settings) -> x509.Certificate:
    return x509.load_pem_x509_certificate((settings.keys / "server.pem").read_bytes())


def verify(settings: Settings, name: str, at: timedelta = timedelta(0)) -> None:
    ca = x509.load_pem_x509_certificate((settings.keys / "ca.pem").read_bytes())
    policy = PolicyBuilder().store(Store([ca])).time(MORNING + at).build_server_verifier(x509.DNSName(name))
    policy.verify(server(settings), [])


def test_every_file_is_for_its_owner_only(settings: Settings) -> None:
    assert settings.keys.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in settings.keys.iterdir()} == {0o600}


def test_the_server_certificate_holds_for_its_host_from_ten_minutes_ago(settings: Settings) -> None:
    verify(settings, "localhost")
    verify(settings, "localhost", -timedelta(minutes=10))
    for name, at in (("other.example", timedelta(0)), ("localhost", -timedelta(minutes=11))):
        with pytest.raises(VerificationError):
            verify(settings, name, at)


def test_a_certificate_is_renewed_in_time_and_for_other_hosts_under_the_same_ca(settings: Settings) -> None:
    first, later = server(settings), MORNING + authority.SERVER_LIFE - timedelta(days=31)
    before = authority.load(settings.keys, settings.hosts, later)
    assert server(settings) == first
    after = authority.load(settings.keys, settings.hosts, later + timedelta(days=2))
    assert server(settings) != first
    assert after.fingerprint == before.fingerprint
    authority.load(settings.keys, ("hall.example", "localhost"), MORNING)
    verify(settings, "hall.example")
    verify(settings, "localhost")


def test_making_keys_again_keeps_those_that_are_there(settings: Settings) -> None:
    kept = {path.name: path.read_bytes() for path in settings.keys.iterdir()}
    authority.create(settings.keys, "another name", MORNING)
    assert {path.name: path.read_bytes() for path in settings.keys.iterdir()} == kept


def test_no_key_serves_two_kinds_and_none_shows_in_a_repr(settings: Settings) -> None:
    keys = authority.load(settings.keys, settings.hosts, MORNING)
    ca = keys.ca.public_key()
    assert isinstance(ca, ec.EllipticCurvePublicKey)
    points = {key.public_numbers() for key in (keys.bundle.public_key(), keys.reply.public_key(), ca)}
    assert len(points) == 3
    assert repr(keys) == "Keys(...)"


@pytest.mark.parametrize(("name", "content"), [("bundle", "seal"), ("seal", "bundle"), ("reply", None)])
def test_a_file_that_is_not_the_key_it_should_be_stops_the_hall(
    settings: Settings, name: str, content: str | None
) -> None:
    bytes_ = (settings.keys / f"{content}.key").read_bytes() if content else b"-----BEGIN PRIVATE KEY-----"
    (settings.keys / f"{name}.key").write_bytes(bytes_)
    with pytest.raises(ValueError, match=r"key|PEM|Could not"):
        authority.load(settings.keys, settings.hosts, MORNING)


def test_a_folder_without_keys_stops_the_hall(settings: Settings) -> None:
    (settings.keys / "ca.pem").unlink()
    with pytest.raises(FileNotFoundError):
        authority.load(settings.keys, settings.hosts, MORNING)
