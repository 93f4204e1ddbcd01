"""Work cards that are pulled, hang, lie or outlive their worker, and PINs that come at the wrong moment."""

import sys
from collections.abc import Iterable
from itertools import repeat

import pytest

from devices.card import PcscReader, pcsc
from devices.card.keys import Box, Key, Pin
from devices.card.sim import Slot, SocialCard
from devices.card.sim_piv import WorkCardChip
from devices.passport.sim_der import der
from devices.reader import (
    CardArrived,
    CardGone,
    CardRead,
    CardRefused,
    Fault,
    PinRefused,
    ReaderEvent,
    ReaderLost,
    ReaderReady,
    WorkCard,
    WorkCardProven,
)
from tests.devices.card.people import WANG
from tests.devices.card.place import places, turns
from tests.devices.card.processes import workers
from tests.devices.card.told import Told
from tests.devices.card.work_cards import AUTHENTICATE, VERIFY, WRONG, Strange, pins_tried, proven, put_in
from tests.devices.piv.chips import MESSAGE, PIN, key
from tests.stand.pcscd import Pcscd


def test_a_card_pulled_at_any_command_while_its_pin_is_tried_proves_nothing_and_is_gone() -> None:
    whole = WorkCardChip(key("RSA 2048"))
    with places(daemons=4) as free:
        card = put_in(free[0], free[0].told, whole)
        before = len(whole.heard)
        proven(free[0].reader, free[0].told, card)
        signs = [index for index, command in enumerate(whole.heard) if command[1] == AUTHENTICATE]
        commands = signs[-1] + 3 - before  # with two parts of the signature
        free[0].remove()
        free[0].told.next(CardGone)
        assert commands > 10
        for turn in turns(commands, free):
            for command, place in turn:
                place.pull_at(before + command)
                put_in(place, place.told, WorkCardChip(key("RSA 2048")))
            for _, place in turn:
                place.reader.prove(PIN, MESSAGE)
            for _, place in turn:
                assert place.told.next(CardRefused).fault is Fault.CARD_PULLED
                place.told.next(CardGone)


def test_a_proven_card_that_is_pulled_is_gone_at_once(reader: PcscReader, slot: Slot, told: Told) -> None:
    proven(reader, told, put_in(slot, told, WorkCardChip()))
    slot.remove()
    told.next(CardGone, within=2.0)
    assert not reader.prove(PIN, MESSAGE)


def test_a_card_pulled_while_it_waits_is_gone_and_the_next_one_needs_a_pin_of_its_own(
    reader: PcscReader, slot: Slot, told: Told
) -> None:
    put_in(slot, told, WorkCardChip())
    slot.remove()
    told.next(CardGone)
    card = put_in(slot, told, WorkCardChip())
    told.nothing_for(0.3)
    proven(reader, told, card)


@pytest.mark.parametrize("at", [VERIFY, AUTHENTICATE], ids=["PIN", "signature"])
def test_a_card_that_hangs_while_its_pin_is_tried_is_silent_by_its_own_deadline_and_left_alone(
    reader: PcscReader, slot: Slot, told: Told, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr(pcsc, "TRY_SILENT", 1.5)
    chip = Strange(at, repeat(None))
    put_in(slot, told, chip)
    reader.prove(PIN, MESSAGE)
    assert told.next(CardRefused, within=3.0).fault is Fault.CARD_SILENT
    assert not reader.prove(PIN, MESSAGE)
    assert len(pins_tried(chip)) == 1
    told.nothing_for(0.7)
    slot.remove()
    told.next(CardGone)
    slot.insert(SocialCard(*WANG))
    told.next(CardArrived)
    told.next(CardRead)


class Loose(WorkCardChip):
    """Its contact breaks for a moment when it should answer a command with this instruction and data."""

    def __init__(self, instruction: int) -> None:
        super().__init__()
        self._instruction = instruction

    def answer(self, command: bytes) -> bytes | None:
        answer = super().answer(command)
        if command[1] == self._instruction and len(command) > 5:
            raise ConnectionResetError
        return answer


@pytest.mark.parametrize("at", [VERIFY, AUTHENTICATE], ids=["PIN", "signature"])
def test_a_link_that_breaks_after_the_pin_was_sent_does_not_send_it_again(
    reader: PcscReader, slot: Slot, told: Told, at: int
) -> None:
    chip = Loose(at)
    put_in(slot, told, chip)
    assert reader.prove(PIN, MESSAGE)
    assert told.next(CardRefused).fault in (Fault.CARD_SILENT, Fault.CARD_PULLED)  # where pcscd looked just then
    assert len(pins_tried(chip)) == 1


LIES = [
    pytest.param(repeat(b"\x61\x00"), id="61 00 for ever"),
    pytest.param(repeat(b"\x90"), id="one byte"),
    pytest.param([bytes(5000) + b"\x90\x00"], id="5000 bytes"),
    pytest.param([b"\x69\x82"], id="it does not sign"),
    pytest.param([b"\x90\x00"], id="nothing"),
    pytest.param([b"\x61\x04", der(0x7C, der(0x82)) + b"\x90\x00"], id="an empty signature"),
    pytest.param([b"\x61\x05", b"\x7c\x03\x82\x09x\x90\x00"], id="a length that lies"),
]


@pytest.mark.parametrize("lies", LIES)
def test_a_card_that_proves_nothing_after_a_right_pin_is_garbled_and_not_asked_again(
    reader: PcscReader, slot: Slot, told: Told, lies: Iterable[bytes]
) -> None:
    chip = Strange(AUTHENTICATE, lies)
    put_in(slot, told, chip)
    assert reader.prove(PIN, MESSAGE)
    assert told.next(CardRefused).fault is Fault.CARD_GARBLED
    assert not reader.prove(PIN, MESSAGE)
    told.nothing_for(1.2)
    assert len(pins_tried(chip)) == 1
    slot.swap(SocialCard(*WANG))
    told.next(CardGone)
    told.next(CardArrived)
    told.next(CardRead)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x53\x84\xff\xff\xff\xff", id="a length that lies"),
        pytest.param(der(0x53, der(0x70, b"no certificate"), der(0x71, b"\x00"), der(0xFE)), id="no certificate"),
        pytest.param(der(0x53, der(0x70, bytes(6000)), der(0x71, b"\x00"), der(0xFE)), id="6000 bytes"),
    ],
)
def test_a_certificate_that_breaks_the_rules_is_garbled(
    reader: PcscReader, slot: Slot, told: Told, content: bytes
) -> None:
    chip = WorkCardChip()
    chip.objects[0x5FC105] = content
    slot.insert(chip)
    told.next(CardArrived)
    assert told.next(CardRefused).fault is Fault.CARD_GARBLED


def test_a_killed_worker_or_daemon_ends_the_session(daemon: Pcscd, reader: PcscReader, slot: Slot, told: Told) -> None:
    card = put_in(slot, told, WorkCardChip())
    proven(reader, told, card)
    for end in (workers()[0].kill, daemon.kill):
        end()
        told.next(CardGone)
        told.next(ReaderLost)
        daemon.start()
        told.next(ReaderReady)
        told.next(CardArrived)
        proven(reader, told, told.next(WorkCard))


def test_a_pin_that_comes_from_the_very_call_that_tells_of_the_card_is_tried(
    daemon: Pcscd, slot: Slot, told: Told
) -> None:
    eager = PcscReader("card", socket=daemon.path)

    def try_it(event: ReaderEvent) -> None:
        told.add(event)
        if isinstance(event, WorkCard):
            eager.prove(WRONG, MESSAGE)
        elif isinstance(event, PinRefused):
            eager.prove(PIN, MESSAGE)

    eager.start(try_it)
    try:
        told.next(ReaderReady)
        put_in(slot, told, WorkCardChip())
        told.next(PinRefused)
        told.next(WorkCardProven)
    finally:
        eager.stop()


def test_a_pin_that_nobody_took_is_forgotten_with_its_card() -> None:
    box, pin = Box(), Pin(PIN, MESSAGE)
    box.put(pin, 7)
    with box.waiting(7):
        assert box.take(Pin, 0) is None  # it came before anybody waited
        box.put(pin, 8)
        assert box.take(Pin, 0) is None  # for another card
        box.put(pin, 7)
        assert box.take(Key, 0) is None  # it was no key
        assert box.take(Pin, 0) is None
        box.put(pin, 7)
        assert box.take(Pin, 0) is pin
        assert box.take(Pin, 0) is None
        held = sys.getrefcount(pin)
        box.put(pin, 7)
    assert sys.getrefcount(pin) == held
