from __future__ import annotations

from dataclasses import replace
from time import monotonic

import pytest

from devices.idcard.commands import MODELS
from devices.idcard.layout import holder_in
from devices.idcard.sim import ADDRESS, READ, SELECT, Cut, Make, Sam, Trouble
from devices.idcard.sim_cards import filled
from devices.idcard.sim_trouble import Wrong
from devices.reader import CardArrived, CardRead, Fault, ReaderLost, ReaderReady
from tests.devices.idcard.conftest import ANNA, CHAN, FAST, LI, OMAR, WANG, Kiosk

ARRIVED = CardArrived("id", watched=False)
PRINTED = CardRead("id", holder_in(WANG.text()))
MOVED = replace(WANG, newest_address="无名市新路2号")
NEWEST = CardRead("id", replace(holder_in(WANG.text()), address="无名市新路2号"))
LI_READ = CardRead("id", holder_in(LI.text()))


@pytest.fixture
def make() -> Make:
    return FAST


def test_whoever_moved_lives_at_the_newest_address(kiosk: Kiosk, sam: Sam) -> None:
    sam.lay_down(MOVED)
    kiosk.hears(ARRIVED, NEWEST)


def test_the_next_card_has_its_own_address_again(kiosk: Kiosk, sam: Sam) -> None:
    for _ in range(2):
        sam.lay_down(MOVED)
        kiosk.hears(ARRIVED, NEWEST)
        sam.lay_down(WANG)
        kiosk.hears(ARRIVED, PRINTED)


@pytest.mark.parametrize(
    "wrong",
    [
        Trouble.WRONG_CHECKSUM,
        Trouble.LYING_LENGTH,
        Trouble.ONE_TOO_FEW,
        Trouble.NOISE_WITHIN,
        Trouble.CUT_SHORT,
        Trouble.CARD_PULLED,
        Cut(12),
        b"",
        filled("无名市新路2号", 34),
        filled("无名市新路2号", 36),
        filled("新\x1bp路", 35),
        filled("", 35),
        filled("\u202e", 35),
        bytes(70),
        b"\x00\xd8" * 35,
        bytes(2310),
    ],
)
def test_garbage_leaves_the_printed_address(kiosk: Kiosk, sam: Sam, wrong: Wrong) -> None:
    sam.trouble(ADDRESS, wrong)
    sam.lay_down(MOVED)
    kiosk.hears(ARRIVED, PRINTED)
    sam.lay_down(MOVED)
    kiosk.hears(ARRIVED, NEWEST)


@pytest.mark.parametrize("wrong", [Trouble.NOISE_FIRST, Trouble.NOISE_BEHIND, Trouble.BYTE_BY_BYTE])
def test_an_answer_that_can_be_understood_is_understood(kiosk: Kiosk, sam: Sam, wrong: Wrong) -> None:
    sam.trouble(ADDRESS, wrong)
    sam.lay_down(MOVED)
    kiosk.hears(ARRIVED, NEWEST)


@pytest.mark.parametrize("wrong", [Trouble.MUTE, Trouble.LATE])
def test_a_module_that_is_silent_is_not_asked_again_and_its_late_answer_is_nobodys(
    kiosk: Kiosk, sam: Sam, wrong: Wrong
) -> None:
    sam.trouble(ADDRESS, wrong)
    begun = monotonic()
    sam.lay_down(MOVED)
    kiosk.hears(ARRIVED, PRINTED)
    assert monotonic() < begun + 1.5
    for _ in range(2):
        sam.lay_down(LI)
        kiosk.hears(ARRIVED, LI_READ)
    assert sam.asked().count(ADDRESS) == 1


def test_a_cable_pulled_at_the_address_still_names_the_holder(kiosk: Kiosk, sam: Sam) -> None:
    sam.trouble(ADDRESS, Trouble.CABLE_PULLED)
    sam.lay_down(MOVED)
    kiosk.hears(ARRIVED, PRINTED, ReaderLost("id", Fault.READER_GONE))
    sam.plug_in()
    kiosk.hears(ReaderReady("id"), ARRIVED, NEWEST)


def test_only_a_card_with_an_address_is_asked(kiosk: Kiosk, sam: Sam) -> None:
    sam.asked()
    for foreigner in (ANNA, OMAR):
        sam.lay_down(foreigner)
        kiosk.hears(ARRIVED, CardRead("id", holder_in(foreigner.text())))
    sam.lay_down(CHAN)
    kiosk.hears(ARRIVED, CardRead("id", holder_in(CHAN.text())))
    assert sam.asked() == [SELECT, READ, SELECT, READ, SELECT, READ, ADDRESS]


def test_no_wait_for_the_address_is_longer_than_a_third_of_a_second() -> None:
    assert all(model.address is None or model.address.within <= 1 / 3 for model in MODELS.values())
