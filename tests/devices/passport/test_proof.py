"""What stands behind a passport: proven, not provable here, or forged, and each for its own reason."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from devices.holder import Document, Holder, Proof, Sex
from devices.passport import Forged, Garbled, NotPassport, Trust, read
from devices.passport.faults import Unverifiable
from devices.passport.security import security
from devices.passport.sim import COM, DG1, DG14, DG15, SOD, Active, ChipHalf, Country, Passport, Person
from devices.passport.sim_der import der
from devices.passport.sim_keys import CurveActive, RsaActive
from devices.passport.sim_pki import DIGESTS, Kind
from tests.devices.passport.chips import PERSON, TODAY, elsewhere, key_of, known, laid, opened, trusting, utopia

MEANS: dict[str, Callable[[], tuple[Active | None, ChipHalf | None]]] = {
    "RSA, SHA-1": lambda: (RsaActive(), None),
    "RSA, SHA-224": lambda: (RsaActive("sha224"), None),
    "RSA, SHA-256": lambda: (RsaActive("sha256"), None),
    "RSA, SHA-384": lambda: (RsaActive("sha384", 1536), None),
    "RSA of 2048 bits, SHA-512, in parts": lambda: (RsaActive("sha512", 2048), None),
    "ECDSA": lambda: (CurveActive(), None),
    "ECDSA, SHA-1": lambda: (CurveActive("sha1", ec.SECP256R1()), None),
    "ECDSA, digest not told": lambda: (CurveActive("sha384", ec.SECP384R1(), told=False), None),
    "ECDSA on 521 bits": lambda: (CurveActive("sha512", ec.SECP521R1()), None),
    "3DES": lambda: (None, ChipHalf()),
    "3DES of the first edition": lambda: (None, ChipHalf(silent=True)),
    "AES-128": lambda: (None, ChipHalf(16)),
    "AES-192, key by number": lambda: (None, ChipHalf(24, ec.BrainpoolP384R1(), number=13)),
    "AES-256, curve spelled out": lambda: (None, ChipHalf(32, ec.BrainpoolP512R1(), spelled_out=True)),
    "3DES on 521 bits": lambda: (None, ChipHalf(curve=ec.SECP521R1(), number=1)),
    "both": lambda: (CurveActive(), ChipHalf(16)),
}


def proof(chip: Passport, trust: Trust | None = None) -> Proof:
    return opened(chip, chip.person, trust).holder.proof


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :]


def test_a_passport_names_its_holder() -> None:
    assert read(laid(Passport(PERSON, utopia())), key_of(), known(), TODAY) == Holder(
        name="NIEMAND ERIKA MARIA",
        number="X00099999",
        document=Document.PASSPORT,
        sex=Sex.FEMALE,
        birth=date(1988, 2, 29),
        expires=date(2034, 5, 31),
        proof=Proof.SIGNED,
        state="UTO",
    )


def test_a_state_that_nobody_here_knows_leaves_a_claim() -> None:
    assert proof(Passport(Person(state="XXA"), elsewhere())) is Proof.CLAIM
    assert proof(Passport(PERSON, utopia()), Trust()) is Proof.CLAIM


@pytest.mark.parametrize("kind", Kind)
def test_what_a_known_state_signed_is_signed_however_it_signs(kind: Kind) -> None:
    country = Country(kind=kind)
    assert proof(Passport(PERSON, country), trusting(country)) is Proof.SIGNED


@pytest.mark.parametrize("digest", DIGESTS)
def test_every_digest_of_the_standard_is_known(digest: str) -> None:
    assert proof(Passport(PERSON, utopia(), digest=digest)) is Proof.SIGNED


@pytest.mark.parametrize("means", MEANS)
def test_a_chip_that_proves_itself_is_genuine_and_its_copy_is_forged(means: str) -> None:
    chip = Passport(PERSON, utopia(), *MEANS[means]())
    lying = opened(chip)
    assert lying.holder.proof is Proof.GENUINE
    assert lying.still(laid(chip))
    assert lying.still(laid(chip))
    with pytest.raises(Forged):
        proof(chip.clone())


@pytest.mark.parametrize("means", ["RSA, SHA-256", "ECDSA", "3DES", "AES-128"])
def test_a_copy_with_a_key_of_its_own_is_forged(means: str) -> None:
    copy = Passport(PERSON, utopia(), *MEANS[means]()).clone()
    copy.active, copy.chip = MEANS[means]()
    with pytest.raises(Forged):
        proof(copy)


@pytest.mark.parametrize("means", ["RSA, SHA-256", "ECDSA", "3DES"])
def test_a_copy_that_leaves_its_means_out_is_forged(means: str) -> None:
    copy = Passport(PERSON, utopia(), *MEANS[means]()).clone()
    copy.files.pop(DG14, None)
    copy.files.pop(DG15, None)
    copy.files[COM] = Passport(PERSON, utopia()).files[COM]
    with pytest.raises(Forged):
        proof(copy)


@pytest.mark.parametrize("means", ["RSA, SHA-256", "ECDSA", "3DES"])
def test_a_copy_with_means_of_its_own_making_is_forged(means: str) -> None:
    copy = Passport(PERSON, utopia(), *MEANS[means]())
    own = Passport(PERSON, elsewhere(), *MEANS[means]())
    copy.active, copy.chip = own.active, own.chip
    copy.files |= {file: own.files[file] for file in (DG14, DG15) if file in own.files}
    with pytest.raises(Forged):
        proof(copy)


@pytest.mark.parametrize("status", [b"\x69\x82", b"\x67\x00", b"\x90\x00", b"\x6d\x00"])
@pytest.mark.parametrize("means", ["RSA, SHA-256", "ECDSA", "3DES", "AES-128"])
def test_a_copy_that_only_shrugs_is_forged(means: str, status: bytes) -> None:
    chip = Passport(PERSON, utopia(), *MEANS[means]())
    opened(chip)
    asks = next(at for at, command in enumerate(chip.heard) if command[:2] in (b"\x0c\x88", b"\x0c\x22"))
    copy = chip.clone()
    copy.misbehave([status] * 50, at=asks - 1)  # counted from the selection, which resets the chip
    with pytest.raises(Forged):
        proof(copy)


def test_a_copy_of_a_passport_without_means_cannot_be_told_and_stays_signed() -> None:
    assert proof(Passport(PERSON, utopia()).clone()) is Proof.SIGNED


def test_a_signature_too_long_for_this_reader_proves_nothing_and_costs_nothing() -> None:
    chip = Passport(PERSON, utopia(), RsaActive("sha256", 2048), chains=False)
    lying = opened(chip)
    assert lying.holder.proof is Proof.SIGNED
    assert lying.still(laid(chip))


def test_another_name_in_the_chip_is_forged() -> None:
    chip = Passport(PERSON, utopia())
    chip.files[DG1] = replace(PERSON, surname="ANDERS").group
    with pytest.raises(Forged):
        proof(chip)
    with pytest.raises(Forged):
        proof(chip, Trust())  # the chip contradicts itself, whoever made it


@pytest.mark.parametrize("change", [{"number": "X00099998"}, {"birth": "880228"}, {"expiry": "350101"}])
def test_another_document_in_the_chip_than_on_the_page_is_forged(change: dict[str, str]) -> None:
    chip = Passport(replace(PERSON, **change), utopia())
    chip.person = PERSON  # it opens with the page
    with pytest.raises(Forged):
        proof(chip)


def test_digests_that_nobody_signed_are_forged() -> None:
    chip = Passport(PERSON, utopia())
    other = replace(PERSON, surname="ANDERS").group
    chip.files[DG1] = other
    chip.files[SOD] = chip.files[SOD].replace(sha256(PERSON.group).digest(), sha256(other).digest())
    with pytest.raises(Forged):
        proof(chip)
    assert proof(chip, Trust()) is Proof.CLAIM


@pytest.mark.parametrize("kind", Kind)
def test_a_signature_with_one_wrong_bit_is_forged(kind: Kind) -> None:
    country = Country(kind=kind)
    chip = Passport(PERSON, country)
    chip.files[SOD] = flipped(chip.files[SOD], -2)
    with pytest.raises(Forged):
        proof(chip, trusting(country))


def test_every_byte_of_the_security_object_is_held_to_or_says_nothing() -> None:
    whole = Passport(PERSON, utopia()).files[SOD]
    outcomes: Counter[str] = Counter()
    for at in range(len(whole)):
        try:
            told = security(flipped(whole, at))
            told.hold(1, PERSON.group)
            told.authenticate(known(), "UTO")
        except (Forged, Garbled, Unverifiable) as fault:
            outcomes[type(fault).__name__] += 1
        else:
            outcomes["signed"] += 1
            assert told.groups == {1: sha256(PERSON.group).digest()}
    assert outcomes["Forged"] > 300
    assert outcomes["signed"] < 60, "versions, and names of what is found anyway"


def test_a_signer_who_only_claims_a_known_state_is_forged() -> None:
    impostor = Country(impostor_of=utopia())
    with pytest.raises(Forged):
        proof(Passport(PERSON, impostor))


def test_a_known_name_with_another_key_is_the_state_s_next_one_and_leaves_a_claim() -> None:
    assert proof(Passport(PERSON, Country("UT"))) is Proof.CLAIM


def test_a_state_s_anchor_says_nothing_of_another_state_s_passport() -> None:
    assert proof(Passport(Person(state="XXA"), utopia())) is Proof.CLAIM


def test_a_key_for_something_else_proves_nothing() -> None:
    country = Country(purpose="1.3.6.1.5.5.7.3.1")
    assert proof(Passport(PERSON, country), trusting(country)) is Proof.CLAIM


@pytest.mark.parametrize("year", [2010, 2049])
def test_what_was_signed_outside_of_its_certificate_s_years_proves_nothing(year: int) -> None:
    chip = Passport(PERSON, utopia())
    signed = datetime(year, 1, 1, tzinfo=UTC)
    chip.files[SOD] = utopia().security_object({1: PERSON.group}, signed=signed)
    assert proof(chip) is Proof.CLAIM


def test_an_identity_card_of_this_kind_is_no_passport() -> None:
    chip = Passport(PERSON, utopia())
    chip.files[DG1] = der(0x61, der(0x5F1F, b"I<UTO" + b"<" * 85))
    with pytest.raises(NotPassport):
        proof(chip)


def test_nothing_that_is_told_of_a_passport_shows_whose_it_is() -> None:
    lying = opened(Passport(PERSON, utopia(), CurveActive()))
    told = repr((lying, lying.holder, key_of()))
    assert not any(secret in told for secret in ("NIEMAND", "ERIKA", "X00099999", "1988", "UTO"))
