"""A passport on the reader: locked until its key comes, then read, and watched in its own session."""

from datetime import date
from pathlib import Path

import pytest

from devices.card import PcscReader
from devices.card.keys import Key
from devices.card.sim import Slot, SocialCard, VirtualCard
from devices.holder import Document, Proof
from devices.reader import (
    CardArrived,
    CardGone,
    CardLocked,
    CardRead,
    CardRefused,
    Fault,
    ReaderReady,
)
from tests.devices.card.changeling import Changeling
from tests.devices.card.conftest import TODAY
from tests.devices.card.passports import ERIKA, JAN, key_of, laid_down, passport
from tests.devices.card.people import LI, WANG
from tests.devices.card.told import Told, soon
from tests.stand.pcscd import Pcscd


def test_a_passport_waits_for_its_key_names_its_holder_and_is_watched(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    laid_down(slot, told, passport())
    told.nothing_for(1.5)
    assert reader.unlock(key_of(ERIKA))
    holder = told.next(CardRead).holder
    assert (holder.name, holder.number, holder.document) == ("NIEMAND ERIKA MARIA", ERIKA.number, Document.PASSPORT)
    assert (holder.state, holder.proof) == ("UTO", Proof.SIGNED)
    slot.remove()
    told.next(CardGone)


def test_a_chip_that_proves_itself_is_genuine(reader: PcscReader, slot: Slot, told: Told) -> None:
    laid_down(slot, told, passport(genuine=True))
    reader.unlock(key_of(ERIKA))
    assert told.next(CardRead).holder.proof is Proof.GENUINE


@pytest.mark.parametrize("trust", [None, "nowhere"])
def test_without_a_list_of_states_a_passport_is_a_claim(
    daemon: Pcscd, slot: Slot, told: Told, trust: str | None, tmp_path: Path
) -> None:
    reader = PcscReader("card", socket=daemon.path, trust=trust and str(tmp_path / trust))
    reader.start(told.add)
    try:
        told.next(ReaderReady)
        laid_down(slot, told, passport())
        reader.unlock(key_of(ERIKA))
        assert told.next(CardRead).holder.proof is Proof.CLAIM
    finally:
        reader.stop()


def test_a_wrong_key_leaves_it_locked_and_the_right_one_opens_it(reader: PcscReader, slot: Slot, told: Told) -> None:
    laid_down(slot, told, passport())
    for _ in range(3):
        assert reader.unlock(key_of(JAN))
        assert told.next(CardRefused).fault is Fault.PASSPORT_KEY
    assert reader.unlock(key_of(ERIKA))
    assert told.next(CardRead).holder.number == ERIKA.number


def test_a_copy_is_forged_and_can_not_be_tried_again(reader: PcscReader, slot: Slot, told: Told) -> None:
    laid_down(slot, told, passport(genuine=True).clone())
    reader.unlock(key_of(ERIKA))
    assert told.next(CardRefused).fault is Fault.PASSPORT_FORGED
    assert not reader.unlock(key_of(ERIKA))
    told.nothing_for(0.5)
    slot.swap(SocialCard(*WANG))
    told.next(CardGone)
    told.next(CardArrived)
    told.next(CardRead)


@pytest.mark.parametrize(("today", "fault"), [(date(2034, 5, 31), None), (date(2034, 6, 1), Fault.CARD_EXPIRED)])
def test_a_passport_is_good_to_its_last_day_by_the_kiosks_clock(
    daemon: Pcscd, slot: Slot, told: Told, today: date, fault: Fault | None
) -> None:
    reader = PcscReader("card", socket=daemon.path, today=lambda: today)
    reader.start(told.add)
    try:
        told.next(ReaderReady)
        laid_down(slot, told, passport())
        reader.unlock(key_of(ERIKA))
        if fault:
            assert told.next(CardRefused).fault is fault
            assert not reader.unlock(key_of(ERIKA))
        else:
            told.next(CardRead)
    finally:
        reader.stop()


def test_an_opened_passport_is_asked_in_its_own_session_and_keeps_it(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    card = passport()
    laid_down(slot, told, card)
    reader.unlock(key_of(ERIKA))
    told.next(CardRead)
    resets, heard = card.resets, len(card.heard)
    soon(lambda: len(card.heard) >= heard + 4)
    assert card.resets == resets
    assert all(command[0] == 0x0C for command in card.heard[heard:])  # secure messaging, every one
    told.nothing_for(0.1)


def test_another_passport_in_place_of_an_opened_one_is_noticed_and_locked(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    card = Changeling(passport(), passport(JAN))
    laid_down(slot, told, card)
    reader.unlock(key_of(ERIKA))
    told.next(CardRead)
    card.change()
    told.next(CardGone)
    told.next(CardArrived)
    told.next(CardLocked)
    reader.unlock(key_of(ERIKA))
    assert told.next(CardRefused).fault is Fault.PASSPORT_KEY
    reader.unlock(key_of(JAN))
    assert told.next(CardRead).holder.number == JAN.number


def test_another_card_in_place_of_a_locked_passport_is_read_as_what_it_is(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    card = Changeling(passport(), SocialCard(*LI))
    laid_down(slot, told, card)
    card.change()
    reader.unlock(key_of(ERIKA))
    told.next(CardGone)
    told.next(CardArrived)
    assert told.next(CardRead).holder.number == LI[1]


class OpensOtherwise(VirtualCard):
    """A passport's application that has no Basic Access Control."""

    def obey(self, command: bytes) -> bytes:
        return b"\x90\x00" if command[4:] == bytes.fromhex("07a0000002471001") else b"\x6a\x82"


def test_a_passport_that_opens_only_in_another_way_is_unknown(reader: PcscReader, slot: Slot, told: Told) -> None:
    laid_down(slot, told, OpensOtherwise())
    reader.unlock(key_of(ERIKA))
    assert told.next(CardRefused).fault is Fault.CARD_UNKNOWN
    assert not reader.unlock(key_of(ERIKA))
    told.nothing_for(0.3)


def test_nothing_of_a_key_is_shown() -> None:
    key = key_of(ERIKA)
    told = repr(Key(key, TODAY)) + repr(key)
    assert not any(part in told for part in (ERIKA.number, ERIKA.birth, ERIKA.expiry))
