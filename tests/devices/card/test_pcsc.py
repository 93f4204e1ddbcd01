"""Cards in a real pcscd: what lies there is told, what is not known is not."""

from collections.abc import Iterable
from datetime import date
from itertools import cycle, repeat

import pytest

from devices.card import PcscReader
from devices.card.sim import Slot, SocialCard, VirtualCard
from devices.holder import Document, Holder, Sex
from devices.reader import CardArrived, CardGone, CardRead, CardRefused, Fault, ReaderReady
from tests.devices.card.people import LI, WANG
from tests.devices.card.place import Place, places, turns
from tests.devices.card.processes import workers
from tests.devices.card.told import Told
from tests.stand.pcscd import Pcscd


def test_a_card_names_its_holder_and_is_watched(reader: PcscReader, slot: Slot, told: Told) -> None:
    slot.insert(SocialCard(*WANG))
    assert told.next(CardArrived).watched
    read = told.next(CardRead)
    assert read.holder == Holder(*WANG, Document.SOCIAL_CARD, Sex.MALE, date(1949, 12, 31), date(2099, 12, 31))
    slot.remove()
    told.next(CardGone)


def test_a_card_that_lay_there_first_is_read_too(daemon: Pcscd, slot: Slot, told: Told) -> None:
    slot.insert(SocialCard(*LI, by_tag=False))
    reader = PcscReader("card", socket=daemon.path)
    reader.start(told.add)
    try:
        told.next(ReaderReady)
        told.next(CardArrived)
        assert told.next(CardRead).holder.number == LI[1]
    finally:
        reader.stop()


def test_a_card_pulled_at_any_command_names_nobody_and_is_gone() -> None:
    with places(daemons=4) as free:
        whole = SocialCard(*WANG)
        free[0].insert(whole)
        free[0].told.next(CardArrived)
        free[0].told.next(CardRead)
        free[0].remove()
        free[0].told.next(CardGone)
        assert len(whole.heard) > 10
        for turn in turns(len(whole.heard), free):
            for command, place in turn:
                place.pull_at(command)
                place.insert(SocialCard(*WANG))
            for _, place in turn:
                place.told.next(CardArrived)
                assert place.told.next(CardRefused).fault is Fault.CARD_PULLED
                place.told.next(CardGone)


def test_a_card_swapped_for_one_with_the_same_answer_to_reset_is_another(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    first, second = SocialCard(*WANG), SocialCard(*LI)
    assert first.atr == second.atr
    slot.insert(first)
    told.next(CardArrived)
    told.next(CardRead)
    slot.swap(second)
    told.next(CardGone)
    told.next(CardArrived)
    assert told.next(CardRead).holder.number == LI[1]


def test_only_the_wanted_reader_is_watched(daemon: Pcscd, slot: Slot) -> None:
    with Place(daemon, 1) as right:
        slot.insert(SocialCard(*WANG))
        right.told.nothing_for(0.8)
        right.insert(SocialCard(*LI))
        right.told.next(CardArrived)
        assert right.told.next(CardRead).holder.number == LI[1]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param(repeat(b"\x61\x00"), id="61 00 for ever"),
        pytest.param(cycle([b"\x6c\x10", b"\x6c\x20"]), id="6C ping-pong"),
        pytest.param(repeat(b"\x90"), id="one byte"),
        pytest.param(repeat(bytes(5000) + b"\x90\x00"), id="5000 bytes"),
    ],
)
def test_a_card_that_breaks_the_protocol_is_garbled(
    reader: PcscReader, slot: Slot, told: Told, answers: Iterable[bytes]
) -> None:
    card = SocialCard(*WANG)
    card.misbehave(answers, at=3)
    slot.insert(card)
    told.next(CardArrived)
    assert told.next(CardRefused).fault is Fault.CARD_GARBLED


def test_a_card_that_answers_no_byte_is_silent(reader: PcscReader, slot: Slot, told: Told) -> None:
    card = SocialCard(*WANG)
    card.misbehave(repeat(b""), at=2)
    slot.insert(card)
    told.next(CardArrived)
    assert told.next(CardRefused).fault is Fault.CARD_SILENT


def test_a_card_the_wrong_way_round_is_silent_and_costs_no_worker(daemon: Pcscd, slot: Slot, told: Told) -> None:
    reader = PcscReader("card", socket=daemon.path, deadline=10)
    reader.start(told.add)
    try:
        told.next(ReaderReady)
        worker = workers()
        slot.insert(SocialCard(*WANG, atr=b"\xff"))
        told.next(CardArrived)
        assert told.next(CardRefused).fault is Fault.CARD_SILENT
        slot.remove()
        told.next(CardGone)
        assert workers() == worker
    finally:
        reader.stop()


def test_a_bank_card_is_unknown_and_the_next_card_is_read(reader: PcscReader, slot: Slot, told: Told) -> None:
    slot.insert(VirtualCard(atr=bytes.fromhex("3b6500002063cbaa00")))
    told.next(CardArrived)
    assert told.next(CardRefused).fault is Fault.CARD_UNKNOWN
    slot.swap(SocialCard(*WANG))
    told.next(CardGone)
    told.next(CardArrived)
    told.next(CardRead)


@pytest.mark.parametrize(("today", "fault"), [(date(2030, 6, 1), None), (date(2030, 6, 2), Fault.CARD_EXPIRED)])
def test_a_card_is_good_to_its_last_day_by_the_clock_it_is_given(
    daemon: Pcscd, slot: Slot, told: Told, today: date, fault: Fault | None
) -> None:
    reader = PcscReader("card", socket=daemon.path, today=lambda: today)
    reader.start(told.add)
    try:
        told.next(ReaderReady)
        slot.insert(SocialCard(*WANG, expiry="20300601"))
        told.next(CardArrived)
        if fault:
            assert told.next(CardRefused).fault is fault
        else:
            told.next(CardRead)
    finally:
        reader.stop()


def test_another_person_on_a_card_that_the_daemon_never_saw_leave_is_noticed(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    """As in a swap between two polls of the reader: no event, no new mark, another content."""
    card = SocialCard(*WANG)
    slot.insert(card)
    told.next(CardArrived)
    assert told.next(CardRead).holder.number == WANG[1]
    card.files = SocialCard(*LI).files
    told.next(CardGone)
    told.next(CardArrived)
    assert told.next(CardRead).holder.number == LI[1]
