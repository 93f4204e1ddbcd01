"""Who is let into the maintenance mode: a card of this hall, in its time, and not taken back as far as is known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from certificates import x509_form
from certificates.cbor import Malformed, Refused
from certificates.cose import ORDER, WrongSignature
from certificates.keys import FileKey
from certificates.technicians import (
    CERTIFICATE_LIMIT,
    LIST_LIMIT,
    NotAdmitted,
    Older,
    Role,
    Technician,
    Why,
    admitted,
    certified,
    extensions,
    issuer,
    list_extensions,
    newer,
    revocation_list,
    subject,
)
from tests.certificates.cards import (
    ALGORITHM,
    CARD,
    HALL,
    HOST,
    NOW,
    OLDEST,
    PERSON,
    SERIAL,
    card,
    der,
    enclosed,
    listed,
    odd_card,
    odd_list,
    signature,
)

GOOD = card()
LIST = listed()
KEY = HALL.public()
SECOND = timedelta(seconds=1)


def entering(certificate: bytes = GOOD, crl: bytes | None = LIST, **changed: Any) -> Technician:
    said = {"key": KEY, "host": HOST, "now": NOW, "oldest": OLDEST, **changed}
    return admitted(certificate, crl, **said)


def why(*args: Any, **changed: Any) -> Why:
    with pytest.raises(NotAdmitted) as refused:
        entering(*args, **changed)
    return refused.value.why


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", ["T-014", "0", "ABCDEFGHIJKLMNOP", "-"])
def test_a_card_says_who_it_is_for_and_until_when(role: Role, name: str) -> None:
    person = Technician(name, role, PERSON.until)
    assert entering(card(technician=person)) == person


@pytest.mark.parametrize(
    "key", [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65_537, 3_072)], ids=["p-384", "rsa"]
)
def test_every_kind_of_key_that_a_card_may_have_fits_the_limit(key: Any) -> None:
    data = card(key=key.public_key())
    assert entering(data) == PERSON
    assert len(data) < CERTIFICATE_LIMIT // 4


def test_another_halls_card_is_nobodys() -> None:
    other = FileKey.fresh()
    assert why(card(hall=other)) is Why.NOT_OURS
    assert why(card(host="localhost:9443")) is Why.NOT_OURS
    assert why(host="hall.example") is Why.NOT_OURS
    assert why(key=other.public()) is Why.NOT_OURS
    assert why(LIST) is Why.NOT_OURS


def test_a_card_is_good_from_its_first_second_to_its_last() -> None:
    begins = NOW - timedelta(minutes=10)
    assert why(now=begins - SECOND) is Why.NOT_YET
    assert entering(now=begins) == PERSON
    lasting = listed(made=PERSON.until)
    assert entering(GOOD, lasting, now=PERSON.until) == PERSON
    assert why(GOOD, lasting, now=PERSON.until + SECOND) is Why.EXPIRED


def test_without_a_list_of_this_hall_nobody_is_let_in() -> None:
    other = FileKey.fresh()
    for useless in (None, b"", b"\x30\x80", GOOD, listed(hall=other), listed(host="hall.example"), LIST[:-1]):
        assert why(GOOD, useless) is Why.NO_LIST


def test_a_list_counts_to_its_age_and_not_to_when_a_newer_one_was_due() -> None:
    made = NOW - OLDEST
    assert entering(GOOD, listed(made=made, due=made + SECOND)) == PERSON
    assert why(GOOD, listed(made=made - SECOND)) is Why.LIST_OLD


def test_a_list_from_the_future_says_that_the_clock_is_wrong() -> None:
    assert entering(GOOD, listed(made=NOW + timedelta(days=1))) == PERSON
    assert why(GOOD, listed(made=NOW + timedelta(days=1) + SECOND)) is Why.NOT_YET


def test_a_card_that_was_taken_back_is_told_so_whatever_else_is_wrong() -> None:
    taken = listed(7, SERIAL, SERIAL + 1)
    assert why(GOOD, taken) is Why.REVOKED
    assert why(GOOD, taken, now=NOW + timedelta(days=30)) is Why.REVOKED
    assert why(GOOD, taken, now=PERSON.until + SECOND) is Why.REVOKED
    assert why(GOOD, taken, now=NOW - timedelta(days=3_650)) is Why.REVOKED
    assert entering(GOOD, listed(SERIAL + 1, SERIAL - 1)) == PERSON


def test_what_is_wrong_with_the_card_is_told_before_what_is_missing_here() -> None:
    assert why(GOOD, None, now=PERSON.until + SECOND) is Why.EXPIRED
    assert why(card(hall=FileKey.fresh()), None) is Why.NOT_OURS


OURS = extensions(CARD.public_key(), KEY)
ROOT_LIKE = (x509.BasicConstraints(ca=True, path_length=None), True)
SERVER = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
BOTH = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.SERVER_AUTH]), False)
UNKNOWN = (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.999.1"), b"\x05\x00"), False)


@pytest.mark.parametrize(
    "others",
    [
        [],
        OURS[:-1],
        OURS[1:],
        [ROOT_LIKE, *OURS[1:]],
        [(OURS[0][0], False), *OURS[1:]],
        [OURS[0], (OURS[1][0], False), *OURS[2:]],
        [*OURS[:2], SERVER, *OURS[3:]],
        [*OURS[:2], BOTH, *OURS[3:]],
        [*OURS, UNKNOWN],
        extensions(FileKey.fresh().public(), KEY),
        extensions(CARD.public_key(), FileKey.fresh().public()),
    ],
    ids=["none", "last", "first", "ca", "not-critical", "usage", "server", "both", "more", "of-another", "by-another"],
)
def test_a_certificate_for_anything_else_opens_nothing(others: list[Any]) -> None:
    assert entering(odd_card()) is not None
    assert why(odd_card(extensions=others)) is Why.NOT_OURS


def named(*parts: tuple[x509.ObjectIdentifier, str]) -> x509.Name:
    return x509.Name([x509.NameAttribute(oid, text) for oid, text in parts])


CN, OU = NameOID.COMMON_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME


@pytest.mark.parametrize(
    "name",
    [
        named(),
        named((CN, "T-014")),
        named((OU, "technician")),
        named((OU, "technician"), (CN, "T-014")),
        named((CN, "T-014"), (OU, "technician"), (NameOID.ORGANIZATION_NAME, "x")),
        named((CN, "T-014"), (CN, "T-015"), (OU, "technician")),
        named((CN, "t-014"), (OU, "technician")),
        named((CN, "T-014\n"), (OU, "technician")),
        named((CN, "T" * 17), (OU, "technician")),
        named((CN, "Т-014"), (OU, "technician")),  # a Cyrillic T
        named((CN, "T-014"), (OU, "admin")),
        named((CN, "T-014"), (OU, "Technician")),
    ],
)
def test_a_name_or_a_role_of_another_form_is_nobodys(name: x509.Name) -> None:
    assert why(odd_card(subject=name)) is Why.NOT_OURS


def test_an_issuer_of_another_form_and_too_long_a_serial_number_are_refused() -> None:
    swapped = x509.Name(list(reversed(list(issuer(HOST)))))
    assert why(odd_card(issuer=swapped)) is Why.NOT_OURS
    assert why(odd_card(serial=1 << 128)) is Why.NOT_OURS


def mutated(good: bytes) -> st.SearchStrategy[bytes]:
    """``good`` with some bytes changed, cut out or put in; never as it was."""
    places = st.integers(0, len(good) - 1)

    def spliced(parts: tuple[int, int, bytes]) -> bytes:
        at, length, put = parts
        return good[:at] + put + good[at + length :]

    return st.tuples(places, st.integers(0, 40), st.binary(max_size=6)).map(spliced).filter(lambda data: data != good)


@given(mutated(GOOD) | st.binary(max_size=600))
def test_no_other_bytes_are_a_card(data: bytes) -> None:
    assert why(data) is Why.NOT_OURS


@given(mutated(LIST) | st.binary(max_size=400))
def test_no_other_bytes_are_a_list(data: bytes) -> None:
    assert why(GOOD, data) is Why.NO_LIST
    with pytest.raises(Refused):
        newer(LIST, data, KEY, HOST)


@pytest.mark.parametrize("good", [GOOD, LIST], ids=["card", "list"])
def test_each_single_bit_counts(good: bytes) -> None:
    for bit in range(len(good) * 8):
        data = bytearray(good)
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Refused):
            x509_form.opened(bytes(data), LIST_LIMIT, KEY)


@given(mutated(x509_form.opened(GOOD, CERTIFICATE_LIMIT, KEY)))
def test_what_a_hall_that_lies_could_sign_is_taken_whole_or_refused(content: bytes) -> None:
    data = enclosed(content, signature(content))
    try:
        technician = entering(data)
    except NotAdmitted:
        return
    assert technician.role in Role


@given(mutated(x509_form.opened(listed(SERIAL, SERIAL + 5), LIST_LIMIT, KEY)))
def test_a_list_that_a_hall_that_lies_could_sign_is_read_or_refused(content: bytes) -> None:
    data = enclosed(content, signature(content))
    try:
        known = revocation_list(data, KEY, HOST)
        assert known.revoked(SERIAL) is (SERIAL in known.entries())
    except Refused:
        assert why(GOOD, data) in {Why.NO_LIST, Why.REVOKED}


def test_a_signature_counts_in_one_form_only() -> None:
    content = x509_form.opened(GOOD, CERTIFICATE_LIMIT, KEY)
    r, s = decode_dss_signature(signature(content))
    with pytest.raises(WrongSignature):
        x509_form.opened(enclosed(content, encode_dss_signature(r, ORDER - s)), CERTIFICATE_LIMIT, KEY)
    assert enclosed(content, signature(content)) == GOOD
    for other in (
        GOOD + b"\x00",
        enclosed(content, signature(content), der(0x30, ALGORITHM[2:] + b"\x05\x00")),
        enclosed(content, signature(content), ALGORITHM[:-1] + b"\x03"),
        b"\x30\x83\x00" + GOOD[2:],  # the same length in more bytes
        b"\x30\x80" + GOOD[4:] + b"\x00\x00",
    ):
        with pytest.raises(Malformed):
            x509_form.opened(other, CERTIFICATE_LIMIT, KEY)


def test_what_is_too_long_is_not_looked_at() -> None:
    long = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.999.1"), bytes(CERTIFICATE_LIMIT))
    with pytest.raises(Malformed, match="longer than 4096 bytes"):
        certified(odd_card(extensions=[*OURS, (long, False)]), KEY, HOST)
    with pytest.raises(Malformed, match="longer than 262144 bytes"):
        revocation_list(bytes(LIST_LIMIT + 1), KEY, HOST)


@pytest.mark.parametrize(
    "more",
    [
        x509.DeltaCRLIndicator(1),
        x509.IssuingDistributionPoint(None, None, True, False, None, False, False),
        x509.UnrecognizedExtension(x509.ObjectIdentifier("2.999.1"), b"\x05\x00"),
    ],
)
def test_a_list_of_a_part_is_no_list(more: x509.ExtensionType) -> None:
    usual = [extension for extension, _ in list_extensions(1, KEY)]
    for odd in (odd_list(*usual, more), odd_list(*usual), odd_list(usual[1])):
        with pytest.raises(Malformed):
            revocation_list(odd, KEY, HOST)


def test_a_newer_list_is_taken_over_and_an_older_one_never() -> None:
    one, two = listed(number=1), listed(number=2)
    assert newer(None, one, KEY, HOST) == one
    assert newer(one, two, KEY, HOST) == two
    assert newer(two, two, KEY, HOST) == two
    with pytest.raises(Older):
        newer(two, one, KEY, HOST)
    with pytest.raises(Older):
        newer(two, listed(SERIAL, number=2), KEY, HOST)


def test_a_list_of_another_key_or_host_is_never_taken_over() -> None:
    other = FileKey.fresh()
    with pytest.raises(WrongSignature):
        newer(None, listed(hall=other), KEY, HOST)
    with pytest.raises(Malformed):
        newer(None, listed(host="hall.example"), KEY, HOST)


def test_what_is_held_of_a_key_before_or_was_damaged_keeps_no_list_away() -> None:
    for held in (listed(hall=FileKey.fresh(), number=9_999), LIST[:-1], b""):
        assert newer(held, LIST, KEY, HOST) == LIST


def test_a_name_says_just_this() -> None:
    said = subject("T-014", Role.SITE_MANAGER).rfc4514_string(), issuer("hall.example").rfc4514_string()
    assert said == ("OU=site-manager,CN=T-014", "CN=Keting technicians,O=hall.example")
