"""Cards that are nobody's document here are called what they are, and never read."""

import contextlib
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.card import PcscReader, social_security, strangers
from devices.card.apdu import Card, NoAnswer
from devices.card.sim import Slot, SocialCard, VirtualCard
from devices.card.sim_strangers import (
    CONTACT_ATR,
    ResidentCard,
    Stranger,
    bank_card,
    contactless_atr,
    phone,
    transport_card,
)
from devices.reader import CardArrived, CardGone, CardRead, CardRefused, Fault
from tests.devices.card.changeling import Changeling
from tests.devices.card.people import WANG
from tests.devices.card.told import Told

RANDOM, FIXED = bytes.fromhex("08112233"), bytes.fromhex("04112233445566")


def named(card: VirtualCard) -> Fault:
    def transmit(command: bytes) -> bytes:
        answer = card.answer(command)
        if answer is None:
            raise NoAnswer
        return answer

    return strangers.named(Card(transmit), card.atr)


CALLED = [
    pytest.param(ResidentCard(), Fault.CARD_ELSEWHERE, id="resident ID card"),
    pytest.param(bank_card(), Fault.BANK_CARD, id="bank card, contacts"),
    pytest.param(bank_card(contactless=True), Fault.BANK_CARD, id="bank card, contactless"),
    pytest.param(phone(), Fault.PHONE, id="phone"),
    *(pytest.param(transport_card(name), Fault.PHONE, id=f"transport {name.hex()}") for name in strangers.TRANSPORT),
    pytest.param(phone(wallet=True), Fault.CARD_UNKNOWN, id="phone with a wallet"),
    pytest.param(bank_card(contactless=True, drawn=True), Fault.CARD_UNKNOWN, id="bank card, another name each time"),
    pytest.param(VirtualCard(), Fault.CARD_UNKNOWN, id="knows nothing"),
    pytest.param(Stranger(contactless_atr(), (), FIXED), Fault.CARD_UNKNOWN, id="door card"),
    pytest.param(Stranger(contactless_atr(b"\x80"), (), RANDOM), Fault.CARD_UNKNOWN, id="door card, drawn name"),
    pytest.param(Stranger(contactless_atr()), Fault.CARD_UNKNOWN, id="reader does not tell"),
]


@pytest.mark.parametrize(("card", "fault"), CALLED)
def test_a_card_is_called_what_it_is_and_nothing_where_nobody_can_tell(card: VirtualCard, fault: Fault) -> None:
    assert named(card) is fault


def test_a_wallet_and_a_bank_card_with_a_drawn_identifier_can_not_be_told_apart() -> None:
    for card in (phone(wallet=True), bank_card(contactless=True, drawn=True)):
        assert named(card) is Fault.CARD_UNKNOWN


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(bytes(7) + b"\x90\x00", id="seven bytes"),
        pytest.param(bytes(9) + b"\x90\x00", id="nine bytes"),
        pytest.param(b"\x90\x00", id="none"),
        pytest.param(bytes(8) + b"\x62\x82", id="with a warning"),
    ],
)
def test_only_eight_bytes_are_a_chip_number_of_a_resident_card(answer: bytes) -> None:
    card = ResidentCard()
    card.misbehave([answer], at=1)  # command 0 asks the reader for the identifier
    assert named(card) is Fault.CARD_UNKNOWN


def test_a_card_with_contacts_is_not_asked_what_only_a_contactless_reader_knows() -> None:
    card = Stranger(CONTACT_ATR)
    named(card)
    assert {command[0] for command in card.heard} == {0x00}
    assert all(command[1] == 0xA4 for command in card.heard)


@pytest.mark.parametrize("card", [bank_card(), bank_card(contactless=True), phone(wallet=True), transport_card()])
def test_no_payment_is_begun_and_no_pin_tried(card: Stranger) -> None:
    named(card)
    select, get_response, chip_number, identifier = 0xA4, 0xC0, 0x36, 0xCA
    assert {command[1] for command in card.heard} <= {select, get_response, chip_number, identifier}


def test_what_never_ends_its_answers_is_not_named() -> None:
    card = ResidentCard()
    card.misbehave(repeat(b"\x61\x00"))
    assert named(card) is Fault.CARD_UNKNOWN
    assert len(card.heard) < 400


@given(st.binary(max_size=33), st.lists(st.binary(max_size=300), max_size=200))
def test_no_answers_break_the_naming(atr: bytes, answers: list[bytes]) -> None:
    card = VirtualCard(atr)
    card.misbehave([*answers, None])
    with contextlib.suppress(NoAnswer):
        assert named(card) in Fault


@pytest.mark.parametrize(("card", "fault"), CALLED[:4])
def test_a_wrong_card_on_the_reader_is_named_once_and_the_next_card_is_read(
    reader: PcscReader, slot: Slot, told: Told, card: VirtualCard, fault: Fault
) -> None:
    slot.insert(card)
    told.next(CardArrived)
    assert told.next(CardRefused).fault is fault
    slot.swap(SocialCard(*WANG))
    told.next(CardGone)
    told.next(CardArrived)
    told.next(CardRead)


def test_a_wrong_card_swapped_for_a_good_one_between_two_looks_of_the_daemon_is_noticed(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    card = Changeling(bank_card(), SocialCard(*WANG))
    slot.insert(card)
    told.next(CardArrived)
    assert told.next(CardRefused).fault is Fault.BANK_CARD
    card.change()
    told.next(CardGone)
    told.next(CardArrived)
    told.next(CardRead)


def test_a_wrong_card_that_stays_is_told_once(reader: PcscReader, slot: Slot, told: Told) -> None:
    slot.insert(bank_card())
    told.next(CardArrived)
    told.next(CardRefused)
    told.nothing_for(2.5)


def test_a_social_security_card_is_asked_for_nothing_else(reader: PcscReader, slot: Slot, told: Told) -> None:
    card = SocialCard(*WANG)
    slot.insert(card)
    told.next(CardArrived)
    told.next(CardRead)
    applications = [command[5:] for command in card.heard if command[:3] == b"\x00\xa4\x04"]
    assert set(applications) == {social_security.APPLICATION}
