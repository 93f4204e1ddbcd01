"""Whom to believe: lists and folders, forms that other readers refuse, and a list that another signed."""

import hashlib
from base64 import encodebytes
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from devices.card import tlv
from devices.card.apdu import Garbled
from devices.holder import Proof
from devices.passport import NoTrust, Trust, trust
from devices.passport.certificate import certificate
from devices.passport.curves import CURVES, Curve, by_name, by_numbers
from devices.passport.faults import Unverifiable
from devices.passport.keys import CurveKey, curve_key, public_key
from devices.passport.points import multiply, on_curve, signed
from devices.passport.sim import Country, Passport
from devices.passport.sim_der import NULL, bits, der, identifier, sequence
from devices.passport.sim_pki import SIGNED, Kind
from devices.passport.states import countries
from tests.devices.passport.chips import PERSON, opened, utopia

LIBRARY = [curve for curve in CURVES if curve.library is not None]


@pytest.fixture(scope="module")
def states() -> list[Country]:
    """One for every way in which states sign, and for every curve that they spell out."""
    spelled = [Country("XX", Kind.EXPLICIT, curve.library) for curve in LIBRARY]
    return [*(Country("UT", kind) for kind in Kind), *spelled]


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_every_certificate_of_a_master_list_is_loaded_the_spelled_out_too(
    tmp_path: Path, states: list[Country]
) -> None:
    listed = utopia().master_list(state.root.certificate for state in states)
    whole = trust.load(written(tmp_path / "list.ml", listed))
    assert (len(whole), whole.left_out) == (len(states), 0)
    for state in states[: len(Kind)]:
        assert opened(Passport(PERSON, state), trust=whole).holder.proof is Proof.SIGNED


def test_a_spelled_out_curve_is_one_that_other_readers_refuse() -> None:
    root = Country("UT", Kind.EXPLICIT).root.certificate
    with pytest.raises(UnsupportedAlgorithm, match="explicit parameters"):
        x509.load_der_x509_certificate(root).public_key()
    assert isinstance(certificate(root).key, CurveKey)


@pytest.mark.parametrize("curve", LIBRARY, ids=lambda curve: curve.name)
def test_a_curve_is_found_by_all_of_its_numbers_and_by_no_other(curve: Curve) -> None:
    generator = b"\x04" + curve.x.to_bytes(curve.width) + curve.y.to_bytes(curve.width)
    compressed = bytes([2 + curve.y % 2]) + generator[1 : 1 + curve.width]
    assert by_numbers(curve.p, curve.a, curve.b, generator, curve.n) is curve
    assert by_numbers(curve.p, curve.a, curve.b, compressed, curve.n) is curve
    for other in (
        (curve.p, curve.a, curve.b + 1, generator, curve.n),
        (curve.p, curve.a, curve.b, generator, curve.n + 2),
        (curve.p + 2, curve.a, curve.b, generator, curve.n),
        (curve.p, curve.a, curve.b, generator[:-1] + bytes([generator[-1] ^ 1]), curve.n),
    ):
        with pytest.raises(Unverifiable):
            by_numbers(*other)


def test_a_generator_of_one_s_own_is_not_believed() -> None:
    """The attack on readers that take spelled-out numbers as they come (CVE-2020-0601)."""
    curve = by_name("1.2.840.10045.3.1.7")
    own = multiply(curve, 12345, (curve.x, curve.y))
    assert own is not None
    with pytest.raises(Unverifiable):
        by_numbers(curve.p, curve.a, curve.b, CurveKey(curve, *own).encoded, curve.n)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_our_own_points_agree_with_the_group_s_order(curve: Curve) -> None:
    assert on_curve(curve, curve.x, curve.y)
    assert multiply(curve, curve.n, (curve.x, curve.y)) is None


@pytest.mark.parametrize("curve", LIBRARY, ids=lambda curve: curve.name)
def test_our_own_points_agree_with_the_library_s(curve: Curve) -> None:
    assert curve.library is not None
    key = ec.generate_private_key(curve.library)
    numbers = key.public_key().public_numbers()
    assert multiply(curve, key.private_numbers().private_value, (curve.x, curve.y)) == (numbers.x, numbers.y)
    r, s = decode_dss_signature(key.sign(b"told", ec.ECDSA(hashes.SHA512())))
    digest = hashlib.sha512(b"told").digest()
    assert signed(curve, (numbers.x, numbers.y), digest, r, s)
    assert not signed(curve, (numbers.x, numbers.y), digest, r, s + 1)
    assert not signed(curve, (numbers.x, numbers.y), hashlib.sha512(b"tolb").digest(), r, s)


@pytest.mark.parametrize("curve", CURVES, ids=lambda curve: curve.name)
def test_a_point_beside_its_curve_is_no_key(curve: Curve) -> None:
    assert curve_key(curve, CurveKey(curve, curve.x, curve.y).encoded).x == curve.x
    for point in (CurveKey(curve, curve.x, curve.y ^ 1).encoded, b"", b"\x00", b"\x04" + bytes(2 * curve.width - 1)):
        with pytest.raises(Garbled):
            curve_key(curve, point)


@pytest.mark.parametrize(
    ("modulus", "exponent"),
    [(-(1 << 1023) - 1, 3), (1 << 1023, 3), (0xFFFF, 3), ((1 << 20_000) + 1, 3), ((1 << 1023) + 1, 1), (-1, -1)],
    ids=["negative", "even", "tiny", "huge", "exponent 1", "minus one"],
)
def test_an_rsa_key_of_no_sensible_size_is_garbled(modulus: int, exponent: int) -> None:
    numbers = (der(0x02, number.to_bytes(3000, signed=True)) for number in (modulus, exponent))
    info = sequence(sequence(identifier("1.2.840.113549.1.1.1"), NULL), bits(sequence(*numbers)))
    with pytest.raises(Garbled):
        public_key(info)


def test_a_folder_of_certificates_will_do(tmp_path: Path, states: list[Country]) -> None:
    written(tmp_path / "a.cer", states[0].root.certificate)
    pem = b"-----BEGIN CERTIFICATE-----\n%b-----END CERTIFICATE-----\n"
    written(tmp_path / "b.pem", b"".join(pem % encodebytes(state.root.certificate) for state in states[1:3]))
    written(tmp_path / "README", b"not one of them")
    whole = trust.load(tmp_path)
    assert (len(whole), whole.left_out) == (3, 0)


def test_what_cannot_be_used_is_left_out_and_counted(tmp_path: Path) -> None:
    written(tmp_path / "a.cer", utopia().root.certificate)
    written(tmp_path / "b.cer", utopia().root.certificate[:-20])
    written(tmp_path / "c.pem", b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n")
    whole = trust.load(tmp_path)
    assert (len(whole), whole.left_out) == (1, 2)


def test_bytes_behind_a_certificate_are_let_go() -> None:
    whole = utopia().root.certificate
    assert certificate(whole + b"\0" * 7).der == whole


@pytest.mark.parametrize("listed", [b"", b"\x30\x00", b"\x30\x80\x00\x00", bytes(1000)])
def test_what_is_no_list_is_refused(tmp_path: Path, listed: bytes) -> None:
    with pytest.raises(NoTrust):
        trust.load(written(tmp_path / "list.ml", listed))


def test_neither_nothing_nor_an_empty_folder_is_trusted(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(NoTrust):
            trust.load(path)


def test_another_signed_message_is_no_list(tmp_path: Path) -> None:
    message = utopia().security_object({1: PERSON.group})[4:]
    with pytest.raises(NoTrust):
        trust.load(written(tmp_path / "list.ml", message))


def test_a_pinned_list_is_held_to_its_signer(tmp_path: Path) -> None:
    listed = written(tmp_path / "list.ml", utopia().master_list([utopia().root.certificate]))
    for pin in (utopia().signer.certificate, utopia().root.certificate):
        fingerprint = hashlib.sha256(pin).hexdigest()
        assert len(trust.load(listed, fingerprint)) == 1
        assert len(trust.load(listed, ":".join(fingerprint[at : at + 2] for at in range(0, 64, 2)).upper())) == 1


def test_a_pinned_list_that_another_signed_is_refused(tmp_path: Path) -> None:
    pin = hashlib.sha256(utopia().root.certificate).hexdigest()
    thief = Country(impostor_of=utopia())
    other = thief.master_list([thief.root.certificate])
    content = other[other.index(b"\x02\x01\x00\x31") - 4 :]
    content = content[: tlv.extent(content)[1]]
    brought = (thief.signer.certificate, utopia().root.certificate)  # the pinned one, as company
    with_it = thief.message(trust.MASTER_LIST, content, brought, SIGNED)
    assert len(trust.load(written(tmp_path / "list.ml", with_it))) == 1
    for listed in (other, with_it):
        with pytest.raises(NoTrust):
            trust.load(written(tmp_path / "list.ml", listed), pin)


def test_a_pinned_list_with_one_changed_byte_is_refused(tmp_path: Path) -> None:
    pin = hashlib.sha256(utopia().root.certificate).hexdigest()
    listed = utopia().master_list([Country("XX").root.certificate])
    at = listed.index(b"CSCA")
    changed = listed[:at] + b"CSCB" + listed[at + 4 :]
    assert len(trust.load(written(tmp_path / "list.ml", changed))) == 1
    with pytest.raises(NoTrust):
        trust.load(tmp_path / "list.ml", pin)


@pytest.mark.parametrize(
    ("state", "letters"),
    [("D", "DE"), ("FRA", "FR"), ("GBO", "GB"), ("UNO", "UN"), ("EUE", "EU"), ("UTO", "UT"), ("XOM", "XO")],
)
def test_a_state_s_letters_find_its_certificates(state: str, letters: str) -> None:
    assert countries(state) == {letters}


def test_the_regions_passports_name_china() -> None:
    assert countries("CHN") == {"CN", "HK", "MO"}


def test_the_same_certificate_twice_counts_once() -> None:
    told = certificate(utopia().root.certificate)
    assert len(Trust([told, certificate(utopia().root.certificate)])) == 1
