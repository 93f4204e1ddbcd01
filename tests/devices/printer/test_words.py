"""From a citizen's words to the wire: whatever they hold, only dots and the driver's own commands get there."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication

from devices.printer.raster import on_paper
from devices.printer.sim import ThermalPrinter
from screens.paper import TicketSlip, ticket
from screens.words import Words, same
from tests.devices.printer.slips import HASTY, driver
from tests.screens.test_paper import SLIP

EVIL = (
    "王\x1b@\x1d\x56\x00\x10\x04\x01\x10\x14\x01\x00\x01\x10\x05\x02\x1b=\x02\x1dv0\x00\xff\xff\xff\xff\x00\u202e\u0301"
    * 20
)


class Tap(ThermalPrinter):
    """A printer that also keeps what it received."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = bytearray()

    def receive(self, data: bytes) -> None:
        self.seen += data
        super().receive(data)


@pytest.fixture(autouse=True)
def _qt(qapp: QGuiApplication) -> None:
    """Fonts need Qt to be up."""


def tokens(stream: bytes) -> Counter[str]:
    """The commands in ``stream``; fails at the first byte that is not of the few that are allowed."""
    known = {
        b"\x1b@": 0,
        b"\x1dP\xcb\xcb": 0,
        b"\x1da": 1,
        b"\x1d(H\x06\x00\x30\x30": 4,
        b"\x1bJ": 1,
        b"\x1dVB": 1,
        b"\x10\x04": 1,
    }
    found: Counter[str] = Counter()
    while stream:
        if stream.startswith(b"\x1dv0\0"):
            wide, high = int.from_bytes(stream[4:6], "little"), int.from_bytes(stream[6:8], "little")
            assert wide <= 72
            payload, stream = stream[8 : 8 + wide * high], stream[8 + wide * high :]
            assert not any(pair in payload for pair in (b"\x10\x04", b"\x10\x05", b"\x10\x14"))
            found["raster"] += 1
            continue
        name = next((name for name in known if stream.startswith(name)), None)
        assert name is not None, stream[:16].hex()
        found[name.hex()] += 1
        stream = stream[len(name) + known[name] :]
    return found


def hostile() -> dict[str, TicketSlip]:
    """A slip for each field of words, that field full of commands."""
    made: dict[str, TicketSlip] = {}
    for field in fields(TicketSlip):
        evil: Any = EVIL
        match getattr(SLIP, field.name):
            case Words():
                evil = same(EVIL)
            case tuple():
                evil = (same(EVIL),) * 3
            case int():
                continue
        if field.name != "follow_url":
            made[field.name] = replace(SLIP, **{field.name: evil})
    return made


@pytest.mark.parametrize("name", [*hostile(), "nothing"])
def test_no_words_reach_the_wire_as_commands(name: str) -> None:
    drawn = ticket(hostile().get(name, SLIP), 576)
    with Tap() as printer:
        driver(printer, HASTY).print(drawn)
        assert printer.errors == []
        (piece,) = printer.papers()
        assert piece.dots.startswith(on_paper(drawn).dots)
        found = tokens(bytes(printer.seen))
    assert found["1d5642"] == 1
    assert found["1b40"] == 1


def test_a_follow_me_address_with_commands_is_refused() -> None:
    with pytest.raises(ValueError, match=r"."):
        ticket(replace(SLIP, follow_url="HTTPS://A/\x1b@"), 576)
