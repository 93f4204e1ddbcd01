"""A slip through the whole driver, over each cable, to paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from devices.printer import Paper, Status
from devices.printer.cables import Cable, FileCable, NetworkCable, SerialCable
from devices.printer.escpos import EscPosPrinter
from devices.printer.profiles import NARROW, WIDE_CLONE
from devices.printer.raster import on_paper
from devices.printer.sim import ThermalPrinter
from tests.devices.printer.slips import HASTY, driver, slip


def _network(printer: ThermalPrinter) -> Cable:
    return NetworkCable("127.0.0.1", printer.port)


def _serial(printer: ThermalPrinter) -> Cable:
    return SerialCable(str(printer.path))


def _file(printer: ThermalPrinter) -> Cable:
    return FileCable(str(printer.path))


@pytest.mark.parametrize("cable", [_network, _serial, _file])
def test_a_slip_comes_out_dot_for_dot_over_every_cable(cable: Callable[[ThermalPrinter], Cable]) -> None:
    with ThermalPrinter(serial=cable is not _network) as printer:
        machine = EscPosPrinter(cable(printer), HASTY, in_doubt=False)
        assert machine.status() == Status(Paper.OK)
        machine.print(slip())
        machine.print(slip(seed=2))
        for piece, sent in zip(printer.papers(), (slip(), slip(seed=2)), strict=True):
            assert piece.dots[: len(sent.dots)] == on_paper(sent).dots
            assert not any(piece.dots[len(sent.dots) :])
            assert not piece.torn
        assert printer.errors == []


def test_a_narrow_slip_comes_out_dot_for_dot() -> None:
    with ThermalPrinter(384) as printer:
        sent = slip(384)
        driver(printer, NARROW).print(sent)
        (piece,) = printer.papers()
        assert piece.dots[: len(sent.dots)] == on_paper(sent).dots


@pytest.mark.parametrize("known", [True, False], ids=["profile says clone", "profile does not know"])
def test_a_clone_without_process_id_still_says_when_the_slip_is_out(known: bool) -> None:
    with ThermalPrinter(clone=True) as printer:
        profile = replace(HASTY, process_id=False, clears=False) if known else HASTY
        driver(printer, profile).print(slip())
        assert len(printer.papers()) == 1
        assert printer.errors == []


def test_each_job_opens_one_connection_and_closes_it() -> None:
    with ThermalPrinter() as printer:
        machine = driver(printer)
        machine.status()
        machine.print(slip())
        assert printer.connections == 2
        assert machine.status().ready
        assert printer.connections == 3


def test_a_slip_that_does_not_fit_is_refused_before_the_cable_is_opened() -> None:
    with ThermalPrinter() as printer:
        for wrong in (slip(640), slip(height=5_000), replace(slip(), dots=b"")):
            with pytest.raises(ValueError, match="slip"):
                driver(printer, WIDE_CLONE).print(wrong)
        assert printer.connections == 0
