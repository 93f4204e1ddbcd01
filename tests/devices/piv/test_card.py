"""A PIV card of any kind is read, opened by its PIN and made to sign; the card alone judges the PIN."""

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from devices import piv
from devices.card.sim_cards import VirtualCard
from devices.card.sim_piv import CurveSim, WorkCardChip
from devices.passport.sim_der import bits, sequence
from devices.piv import keys, sim_keys
from tests.devices.piv.chips import KEYS, MESSAGE, PIN, key, laid, proven, selected

BOTH = pytest.mark.parametrize("t1", [False, True], ids=["T=0", "T=1"])


@BOTH
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("kind", KEYS)
def test_the_key_of_its_certificate_signs_for_who_has_the_pin(kind: str, packed: bool, t1: bool) -> None:
    chip = WorkCardChip(key(kind), t1=t1)
    certificate = sim_keys.own_certificate(chip.key, "T-014")
    chip.put_certificate(certificate, packed=packed)
    assert piv.certificate(selected(chip)) == certificate
    signature = proven(chip)
    assert piv.verified(certificate, MESSAGE, signature)
    assert not piv.verified(certificate, MESSAGE + b"!", signature)


@BOTH
@pytest.mark.parametrize("part", [256, 240, 100])
def test_a_certificate_of_nearly_4_kib_comes_in_parts_of_any_size(part: int, t1: bool) -> None:
    chip = WorkCardChip(t1=t1, part=part)
    certificate = sim_keys.own_certificate(chip.key, "T-014", filling=3700)
    assert 4000 < len(certificate) <= 4096
    chip.put_certificate(certificate)
    assert piv.certificate(selected(chip)) == certificate


@BOTH
def test_a_long_challenge_goes_in_a_chain_of_at_most_255_bytes(t1: bool) -> None:
    chip = WorkCardChip(key("RSA 3072"), t1=t1)
    proven(chip)
    asked = [command for command in chip.heard if command[1] == 0x87]
    assert [(command[0], command[4]) for command in asked] == [(0x10, 255), (0x00, 394 - 255)]
    assert all(len(command) == 5 + command[4] + (command[0] == 0 and t1) for command in asked)


@BOTH
def test_le_goes_with_data_only_where_the_protocol_can_carry_it(t1: bool) -> None:
    chip = WorkCardChip(t1=t1)
    proven(chip)
    answered = [command for command in chip.heard if command[1] in (0xA4, 0xCB, 0x87)]
    assert len(answered) == 4  # its application, certificate, discovery object and signature
    assert all(len(command) == 5 + command[4] + t1 for command in answered)


def test_a_card_that_knows_the_application_by_its_short_name_only_is_a_card_too() -> None:
    chip = WorkCardChip(knows_short=True)
    assert piv.lies(laid(chip))
    assert piv.verified(piv.certificate(laid(chip)), MESSAGE, proven(chip))
    assert not piv.lies(laid(VirtualCard()))


@pytest.mark.parametrize(("global_pin", "reference"), [(False, 0x80), (True, 0x00)])
def test_the_pin_is_the_one_that_the_card_names(global_pin: bool, reference: int) -> None:
    chip = WorkCardChip(global_pin=global_pin)
    assert piv.reference(selected(chip)) == reference
    proven(chip)
    assert {command[3] for command in chip.heard if command[1] == 0x20} == {reference}


@pytest.mark.parametrize(
    ("policy", "reference"),
    [("4000", 0x80), ("6010", 0x80), ("6020", 0x00), ("4020", 0x80), ("7820", 0x00), ("6030", 0x80)],
)
def test_the_whole_cards_pin_is_asked_for_only_where_it_opens_the_key_and_comes_first(
    policy: str, reference: int
) -> None:
    chip = WorkCardChip()
    chip.objects[0x7E] = bytes.fromhex("7e124f0ba0000003080000100001005f2f02" + policy)
    assert piv.reference(selected(chip)) == reference


def test_a_wrong_pin_costs_a_try_and_the_last_one_blocks_the_card() -> None:
    chip = WorkCardChip(most_tries=3)
    card = selected(chip)
    assert piv.tries_left(card, 0x80) == 3
    for left in (2, 1, 0):
        with pytest.raises(piv.WrongPin) as wrong:
            piv.verify(card, 0x80, "000000")
        assert wrong.value.tries == left
        assert piv.tries_left(card, 0x80) == left
    with pytest.raises(piv.WrongPin) as blocked:
        piv.verify(card, 0x80, chip.pin)
    assert blocked.value.tries == 0
    assert not piv.opened(card, 0x80)


def test_a_right_pin_gives_all_tries_back() -> None:
    chip = WorkCardChip(most_tries=3)
    chip.tries = 1
    card = selected(chip)
    piv.verify(card, 0x80, PIN)
    assert piv.opened(card, 0x80)
    assert chip.tries == 3
    assert piv.tries_left(card, 0x80) is None  # it says that none is needed, and not how many there are


@pytest.mark.parametrize("typed", ["", "12345", "123456789", "12345a", "１３５７９０", "-12345", "12 345", "13579²"])
def test_what_is_no_pin_by_its_form_is_not_sent_and_costs_no_try(typed: str) -> None:
    chip = WorkCardChip(most_tries=3)
    card = selected(chip)
    with pytest.raises(piv.WrongPin) as wrong:
        piv.verify(card, 0x80, typed)
    assert wrong.value.tries == 3
    assert all(len(command) <= 5 for command in chip.heard if command[1] == 0x20)


@pytest.mark.parametrize("pin", ["135790", "1357902", "13579024"])
def test_a_pin_of_six_to_eight_digits_is_filled_up(pin: str) -> None:
    chip = WorkCardChip(pin=pin)
    proven(chip)
    (tried,) = [command[5:] for command in chip.heard if command[1] == 0x20 and len(command) > 5]
    assert tried == pin.encode() + b"\xff" * (8 - len(pin))


@pytest.mark.parametrize(
    ("status", "tries"), [("63c2", 2), ("63c0", 0), ("6983", 0), ("6300", None), ("6d00", None), ("6700", None)]
)
def test_a_card_tells_its_tries_or_it_does_not(status: str, tries: int | None) -> None:
    chip = WorkCardChip()
    card = selected(chip)
    chip.misbehave([bytes.fromhex(status)])
    assert piv.tries_left(card, 0x80) == tries


def test_without_the_pin_nothing_is_signed_and_a_reset_forgets_it() -> None:
    chip = WorkCardChip()
    card = selected(chip)
    certificate = piv.certificate(card)
    with pytest.raises(piv.Garbled):
        piv.sign(card, certificate, MESSAGE)
    piv.verify(card, 0x80, PIN)
    assert piv.opened(card, 0x80)
    chip.reset()
    assert not piv.opened(card, 0x80)


def test_the_signature_of_another_key_is_none() -> None:
    chip = WorkCardChip()
    certificate = piv.certificate(selected(chip))
    for other in (CurveSim(), key("P-384"), key("RSA 2048")):
        stolen = WorkCardChip(other)
        assert not piv.verified(certificate, MESSAGE, proven(stolen))


def test_what_is_no_certificate_has_signed_nothing() -> None:
    for certificate in (b"", b"\x30\x00", MESSAGE):
        assert not piv.verified(certificate, MESSAGE, proven(WorkCardChip()))


@pytest.mark.parametrize("kind", KEYS)
def test_what_is_signed_is_the_hash_that_goes_with_the_key(kind: str) -> None:
    challenge = keys.public_key(piv.certificate(selected(WorkCardChip(key(kind))))).challenge(MESSAGE)
    if kind.startswith("RSA"):
        assert len(challenge) * 8 == int(kind[4:])
        assert challenge.startswith(b"\x00\x01\xff\xff")
        assert challenge.endswith(hashlib.sha256(MESSAGE).digest())
    else:
        assert challenge == {"P-256": hashlib.sha256, "P-384": hashlib.sha384}[kind](MESSAGE).digest()


class _Other:
    """A key that a PIV card can't have, or that nobody here asks."""

    algorithm = 0

    def __init__(self, private: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> None:
        self.private = private

    def sign(self, challenge: bytes) -> bytes:
        return challenge


def test_a_card_without_a_key_that_can_be_asked_is_no_card_of_ours() -> None:
    chip = WorkCardChip()
    for private in (ec.generate_private_key(ec.SECP521R1()), rsa.generate_private_key(65537, 1024)):
        chip.put_certificate(sim_keys.own_certificate(_Other(private), "T-014"))
        with pytest.raises(piv.NoKey):
            piv.certificate(selected(chip))
    chip.objects[0x5FC105] = b"\x53\x00"
    with pytest.raises(piv.NoKey):
        piv.certificate(selected(chip))
    del chip.objects[0x5FC105]
    with pytest.raises(piv.NoKey):
        piv.certificate(selected(chip))


def test_a_key_of_another_kind_is_not_asked() -> None:
    info = (
        ed25519.Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    )
    unknown = info.replace(bytes.fromhex("2b6570"), bytes.fromhex("2b657f"))
    for each in (info, unknown):
        with pytest.raises(piv.NoKey):
            keys.public_key(sequence(sequence(*[sequence()] * 5, each), sequence(), bits(b"")))
