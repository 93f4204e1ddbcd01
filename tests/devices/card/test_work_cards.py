"""A technician's card in a real pcscd: told, opened by its PIN, made to sign, and watched in its own session."""

import pytest

from devices import piv
from devices.card import PcscReader, social_security
from devices.card.keys import Pin
from devices.card.sim import Slot, SocialCard, VirtualCard
from devices.card.sim_piv import WorkCardChip
from devices.piv import sim_keys
from devices.reader import (
    CardArrived,
    CardGone,
    CardRead,
    CardRefused,
    Fault,
    PinRefused,
    WorkCard,
    WorkCardProven,
)
from tests.devices.card.changeling import Changeling
from tests.devices.card.passports import ERIKA, key_of, laid_down, passport
from tests.devices.card.people import WANG
from tests.devices.card.told import Told, soon
from tests.devices.card.work_cards import AUTHENTICATE, VERIFY, WRONG, pins_tried, proven, put_in
from tests.devices.piv.chips import KEYS, MESSAGE, PIN, key, laid


@pytest.mark.parametrize("t1", [False, True], ids=["T=0", "T=1"])
@pytest.mark.parametrize("kind", KEYS)
def test_a_card_with_any_key_signs_for_who_has_its_pin(
    reader: PcscReader, slot: Slot, told: Told, kind: str, t1: bool
) -> None:
    chip = WorkCardChip(key(kind), t1=t1)
    certificate = sim_keys.own_certificate(chip.key, "T-014")
    chip.put_certificate(certificate, packed=t1)
    card = put_in(slot, told, chip)
    assert (card.reader, card.certificate, card.tries) == ("card", certificate, 3)
    proven(reader, told, card)
    slot.remove()
    told.next(CardGone)


@pytest.mark.parametrize("global_pin", [False, True])
def test_a_wrong_pin_is_told_with_what_is_left_and_the_right_one_may_follow(
    reader: PcscReader, slot: Slot, told: Told, global_pin: bool
) -> None:
    chip = WorkCardChip(most_tries=4, global_pin=global_pin)
    card = put_in(slot, told, chip)
    assert card.tries == 4
    for left in (3, 2):
        assert reader.prove(WRONG, MESSAGE)
        assert told.next(PinRefused).tries == left
    assert reader.prove("12345", MESSAGE)  # no PIN by its form
    assert told.next(PinRefused).tries == 2
    proven(reader, told, card)
    assert chip.tries == 4
    assert len(pins_tried(chip)) == 3


def test_a_card_that_blocks_itself_is_told_with_no_try_left_and_stays_so(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    chip = WorkCardChip(most_tries=2)
    put_in(slot, told, chip)
    for left in (1, 0):
        reader.prove(WRONG, MESSAGE)
        assert told.next(PinRefused).tries == left
    reader.prove(PIN, MESSAGE)
    assert told.next(PinRefused).tries == 0
    slot.remove()
    told.next(CardGone)
    assert put_in(slot, told, chip).tries == 0


def test_a_card_that_does_not_tell_its_tries_is_a_work_card_too(reader: PcscReader, slot: Slot, told: Told) -> None:
    class Taciturn(WorkCardChip):
        def obey(self, command: bytes) -> bytes:
            asks = command[1] == VERIFY and len(command) <= 5 and not self._verified
            return b"\x6d\x00" if asks else super().obey(command)

    card = put_in(slot, told, Taciturn())
    assert card.tries is None
    proven(reader, told, card)


def test_a_proven_card_is_asked_in_its_own_session_and_keeps_it(reader: PcscReader, slot: Slot, told: Told) -> None:
    chip = WorkCardChip()
    proven(reader, told, put_in(slot, told, chip))
    resets, heard = chip.resets, len(chip.heard)
    soon(lambda: len(chip.heard) >= heard + 3)
    assert chip.resets == resets
    assert {command[:4] for command in chip.heard[heard:]} == {bytes([0x00, VERIFY, 0x00, 0x80])}
    assert all(len(command) <= 5 for command in chip.heard[heard:])
    told.nothing_for(0.1)


@pytest.mark.parametrize("other", [WorkCardChip(key("P-384")), SocialCard(*WANG)], ids=["work card", "citizen's card"])
def test_another_card_in_place_of_a_proven_one_ends_the_session(
    reader: PcscReader, slot: Slot, told: Told, other: VirtualCard
) -> None:
    """In a swap that the daemon does not see."""
    card = Changeling(WorkCardChip(), other)
    proven(reader, told, put_in(slot, told, card))
    card.change()
    told.next(CardGone)
    told.next(CardArrived)
    told.next(WorkCard if isinstance(other, WorkCardChip) else CardRead)


def test_the_same_card_after_a_reset_has_forgotten_who_opened_it(reader: PcscReader, slot: Slot, told: Told) -> None:
    chip = WorkCardChip()
    card = put_in(slot, told, chip)
    proven(reader, told, card)
    chip.reset()
    told.next(CardGone)
    told.next(CardArrived)
    assert told.next(WorkCard) == card


@pytest.mark.parametrize("other", [WorkCardChip(key("P-384")), SocialCard(*WANG)], ids=["work card", "citizen's card"])
def test_a_pin_is_never_sent_to_another_card_than_the_one_that_was_told_of(
    reader: PcscReader, slot: Slot, told: Told, other: VirtualCard
) -> None:
    card = Changeling(WorkCardChip(), other)
    put_in(slot, told, card)
    card.change()
    assert reader.prove(PIN, MESSAGE)
    told.next(CardGone)
    told.next(CardArrived)
    told.next(WorkCard if isinstance(other, WorkCardChip) else CardRead)
    assert pins_tried(card) == []


def test_a_pin_is_for_the_work_card_that_waits_and_a_key_for_the_passport(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    assert not reader.prove(PIN, MESSAGE)
    laid_down(slot, told, passport())
    assert not reader.prove(PIN, MESSAGE)
    assert reader.unlock(key_of(ERIKA))
    told.next(CardRead)
    assert not reader.prove(PIN, MESSAGE)
    slot.swap(WorkCardChip())
    told.next(CardGone)
    told.next(CardArrived)
    card = told.next(WorkCard)
    assert not reader.unlock(key_of(ERIKA))
    assert [reader.prove(WRONG, MESSAGE) for _ in range(3)] == [True, False, False]
    told.next(PinRefused)
    proven(reader, told, card)
    assert not reader.prove(PIN, MESSAGE)
    slot.remove()
    told.next(CardGone)
    assert not reader.prove(PIN, MESSAGE)


def test_a_pin_is_sent_once_for_each_time_that_it_is_typed(reader: PcscReader, slot: Slot, told: Told) -> None:
    chip = WorkCardChip(key("RSA 2048"))
    proven(reader, told, put_in(slot, told, chip))
    assert pins_tried(chip) == [PIN.encode() + b"\xff\xff"]


def test_a_card_with_another_key_than_its_certificates_is_told_and_does_not_verify(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    chip = WorkCardChip()
    card = put_in(slot, told, chip)
    chip.key = sim_keys.CurveSim()
    assert reader.prove(PIN, MESSAGE)
    assert not piv.verified(card.certificate, MESSAGE, told.next(WorkCardProven).signature)


def test_a_card_without_a_certificate_is_unknown_and_the_next_card_is_read(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    chip = WorkCardChip()
    chip.objects.clear()
    slot.insert(chip)
    told.next(CardArrived)
    assert told.next(CardRefused).fault is Fault.CARD_UNKNOWN
    assert not reader.prove(PIN, MESSAGE)
    slot.swap(SocialCard(*WANG))
    told.next(CardGone)
    told.next(CardArrived)
    told.next(CardRead)


def test_a_work_card_in_place_of_a_refused_card_is_noticed(reader: PcscReader, slot: Slot, told: Told) -> None:
    card = Changeling(VirtualCard(), WorkCardChip())
    slot.insert(card)
    told.next(CardArrived)
    told.next(CardRefused)
    card.change()
    told.next(CardGone)
    told.next(CardArrived)
    told.next(WorkCard)


def test_citizens_cards_hear_nothing_of_work_cards(reader: PcscReader, slot: Slot, told: Told) -> None:
    """A social security card is asked what its own reading asks, and a passport what its own does; no command more."""
    alone = SocialCard(*WANG)
    social_security.read(laid(alone))
    card = SocialCard(*WANG)
    slot.insert(card)
    told.next(CardArrived)
    told.next(CardRead)
    assert card.heard[: len(alone.heard)] == alone.heard
    soon(lambda: len(card.heard) > len(alone.heard))
    slot.remove()
    told.next(CardGone)
    document = passport()
    laid_down(slot, told, document)
    assert [command[:4].hex() for command in document.heard] == ["00a40400", "00a4040c"]
    reader.unlock(key_of(ERIKA))
    told.next(CardRead)
    for each in (card, document):
        assert not any(bytes.fromhex("a000000308") in command for command in each.heard)
        assert not any(command[1] in (VERIFY, AUTHENTICATE) for command in each.heard)


def test_nothing_of_a_pin_is_shown() -> None:
    told = repr(Pin(PIN, MESSAGE)) + repr(WorkCardProven("card", b"signed")) + repr(WorkCard("card", b"made out", None))
    assert not any(part in told for part in (PIN, MESSAGE.decode(), "signed", "made out"))
