from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.idcard.commands import MODELS
from devices.idcard.layout import holder_in
from devices.idcard.reader import SdtReader
from devices.idcard.sim import (
    ADDRESS,
    CVR_100AU,
    CVR_100D,
    READ,
    SDT,
    SELECT,
    Card,
    ForeignCard2017,
    ForeignCard2023,
    Make,
    Sam,
    Trouble,
)
from devices.reader import CardArrived, CardRead, CardRefused, Fault, ReaderEvent, ReaderLost, ReaderReady
from tests.devices.idcard.conftest import ANNA, CHAN, LI, OMAR, TODAY, WANG, Kiosk

ARRIVED = CardArrived("id", watched=False)
READY = ReaderReady("id")
LOST = ReaderLost("id", Fault.READER_GONE)
MAKES = {"sdt": SDT, "cvr-100d": CVR_100D, "cvr-100au": CVR_100AU}


def read(card: Card | ForeignCard2017 | ForeignCard2023) -> ReaderEvent:
    return CardRead("id", holder_in(card.text()))


@contextmanager
def desk(folder: Path, make: Make, model: str) -> Iterator[tuple[Sam, Kiosk]]:
    """A reader of this make, and a kiosk that was told that it is this model."""
    sam, kiosk = Sam(folder, make), Kiosk()
    reader = SdtReader("id", sam.port, lambda: TODAY, model, poll=0.02)
    reader.start(kiosk.heard.put)
    try:
        yield sam, kiosk
    finally:
        reader.stop()
        sam.unplug()


def test_there_is_a_machine_for_every_model() -> None:
    assert MAKES.keys() == MODELS.keys()


@pytest.mark.parametrize("card", [WANG, CHAN, ANNA, OMAR])
@pytest.mark.parametrize("model", ["sdt", "cvr-100d"])
def test_all_four_kinds_of_card_are_read(
    tmp_path: Path, model: str, card: Card | ForeignCard2017 | ForeignCard2023
) -> None:
    with desk(tmp_path, MAKES[model], model) as (sam, kiosk):
        sam.lay_down(card)
        kiosk.hears(READY, ARRIVED, read(card))


def test_a_slow_reader_with_commands_of_its_own_is_read_in_its_own_time(tmp_path: Path) -> None:
    with desk(tmp_path, CVR_100AU, "cvr-100au") as (sam, kiosk):
        sam.trouble(SELECT, Trouble.WRONG_CHECKSUM)
        sam.lay_down(WANG)
        kiosk.hears(READY, ARRIVED)
        assert kiosk.hears_nothing(1.0)  # 1,295 bytes at 9600 baud are 1.35 s
        assert kiosk.next() == read(WANG)


@pytest.mark.parametrize(("make", "model"), [(SDT, "cvr-100au"), (CVR_100AU, "sdt"), (CVR_100D, "cvr-100au")])
def test_a_reader_of_another_model_is_lost_and_reads_nobody(tmp_path: Path, make: Make, model: str) -> None:
    with desk(tmp_path, make, model) as (sam, kiosk):
        sam.lay_down(WANG)
        kiosk.hears(LOST)
        assert kiosk.hears_nothing(0.5)


def test_an_answer_without_fingerprints_where_they_are_due_is_garbled(tmp_path: Path) -> None:
    with desk(tmp_path, CVR_100D, "cvr-100d") as (sam, kiosk):
        sam.trouble(READ, bytes.fromhex("01000400") + WANG.text() + bytes(1024))
        sam.lay_down(WANG)
        kiosk.hears(READY, ARRIVED, CardRefused("id", Fault.CARD_GARBLED))
        sam.lay_down(LI)
        kiosk.hears(ARRIVED, read(LI))


def test_a_model_without_the_command_is_not_asked_for_the_newest_address(tmp_path: Path) -> None:
    with desk(tmp_path, CVR_100D, "cvr-100d") as (sam, kiosk):
        sam.lay_down(WANG)
        kiosk.hears(READY, ARRIVED, read(WANG))
        assert ADDRESS not in sam.asked()
